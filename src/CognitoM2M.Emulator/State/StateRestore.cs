using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.SignIns;
using CognitoM2M.Emulator.Tokens;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.State;

/// <summary>Creates the user pools that a state file describes.</summary>
internal static class StateRestore
{
    public static void Restore(UserPoolDirectory userPools, EmulatorState state)
    {
        userPools.ContinueSequenceAfter(state.LastSequence);
        foreach (var saved in state.UserPools)
            CreatePool(userPools, saved);
    }

    private static void CreatePool(UserPoolDirectory userPools, UserPoolState saved)
    {
        var settings = new UserPoolSettings
        {
            Name = saved.Name,
            Members = WireSettings.Create(saved.Members),
            MfaDetails = WireSettings.Create(saved.MfaDetails),
            LastModifiedAt = saved.LastModifiedAt,
        };
        var oldKeys = saved.OldKeys.Select(CreateKey).OfType<SigningKey>();
        var keys = new SigningKeySet(userPools.KeySource, saved.Id, CreateKey(saved.AccessTokenKey), CreateKey(saved.IdTokenKey), oldKeys);
        var pool = userPools.Add(new EmulatedUserPool(userPools, saved.Id, settings, saved.Sequence, keys)
        {
            CreatedAt = saved.CreatedAt,
            NeedsDomain = saved.NeedsDomain,
        });

        foreach (var domain in saved.Domains)
            pool.Add(CreateDomain(domain));
        foreach (var server in saved.ResourceServers)
        {
            pool.Add(new ResourceServer(
                server.Identifier,
                server.Name,
                [.. server.Scopes.Select(scope => new ResourceServerScope(scope.Name, scope.Value))],
                server.Sequence));
        }

        foreach (var client in saved.AppClients)
            pool.Add(new EmulatedAppClient(pool, client.ClientId, CreateSettings(client), client.Sequence) { CreatedAt = client.CreatedAt });
        foreach (var user in saved.Users)
            pool.UserList.Set(CreateUser(user, userPools));
        foreach (var group in saved.Groups)
            pool.GroupList.Add(CreateEntry(group));
        foreach (var provider in saved.IdentityProviders)
            pool.IdentityProviders.Add(CreateEntry(provider));
        foreach (var signIn in saved.SignIns)
            pool.SignIns.Set(CreateSignIn(signIn));
    }

    private static PoolDomain CreateDomain(DomainState saved) => new()
    {
        Name = saved.Name,
        ManagedLoginVersion = saved.ManagedLoginVersion,
        CustomDomainConfig = saved.CustomDomainConfig,
        Routing = saved.Routing,
        CloudFrontDistribution = saved.CloudFrontDistribution,
        CreatedAt = saved.CreatedAt,
        LastModifiedAt = saved.LastModifiedAt,
    };

    private static AppClientSettings CreateSettings(AppClientState saved) => new()
    {
        ClientName = saved.ClientName,
        AllowedOAuthFlowsUserPoolClient = saved.AllowedOAuthFlowsUserPoolClient,
        AllowedOAuthFlows = [.. saved.AllowedOAuthFlows],
        AllowedOAuthScopes = [.. saved.AllowedOAuthScopes],
        ExplicitAuthFlows = [.. saved.ExplicitAuthFlows],
        AccessTokenValidity = CreateValidity(saved.AccessTokenValidity),
        IdTokenValidity = CreateValidity(saved.IdTokenValidity),
        RefreshTokenValidity = CreateValidity(saved.RefreshTokenValidity),
        Secrets =
        [
            .. saved.Secrets.Select(secret => new ClientSecret(secret.Value)
            {
                Id = secret.Id,
                CreatedAt = secret.CreatedAt,
                IsOriginal = secret.IsOriginal,
            }),
        ],
        Others = WireSettings.Create(saved.Others),
        AccessTokenClaims = saved.AccessTokenClaims is { } claims ? WireSettings.Create(claims) : null,
        LastModifiedAt = saved.LastModifiedAt,
    };

    private static TokenValidity CreateValidity(ValidityState saved) => new(saved.Amount, saved.Unit);

    private static PoolUser CreateUser(UserState saved, UserPoolDirectory userPools) => new()
    {
        Username = saved.Username,
        Sub = saved.Sub,
        Sequence = saved.Sequence == 0 ? userPools.TakeSequence() : saved.Sequence,
        Status = saved.Status,
        IsEnabled = !saved.IsDisabled,
        Password = new PasswordHash(saved.PasswordSalt, saved.PasswordHash),
        PasswordSetAt = saved.PasswordSetAt ?? saved.LastModifiedAt,
        FormerPasswords = [.. saved.FormerPasswords.Select(former => new PasswordHash(former.Salt, former.Hash))],
        Attributes = [.. saved.Attributes.Select(attribute => new UserAttribute(attribute.Name, attribute.Value))],
        Lockout = new Lockout(saved.FailedAttempts, saved.LastFailedAt, saved.LastAttemptAt),
        Groups = [.. saved.Groups],
        CreatedAt = saved.CreatedAt,
        LastModifiedAt = saved.LastModifiedAt,
    };

    private static SignIn CreateSignIn(SignInState saved) => new()
    {
        EventId = saved.EventId,
        OriginJti = saved.OriginJti,
        ClientId = saved.ClientId,
        Sub = saved.Sub,
        Scopes = [.. saved.Scopes],
        SignedInAt = saved.SignedInAt,
        ExpiresAt = saved.ExpiresAt,
        Rotations = saved.Rotations,
        LastRotatedAt = saved.LastRotatedAt,
        IsRevoked = saved.IsRevoked,
    };

    private static NamedSettings CreateEntry(NamedSettingsState saved) =>
        new(saved.Name, saved.Sequence, WireSettings.Create(saved.Members), saved.CreatedAt);

    private static SigningKey? CreateKey(SigningKeyState? saved) => saved is null ? null : SigningKey.Import(saved.KeyId, saved.Pkcs8);
}
