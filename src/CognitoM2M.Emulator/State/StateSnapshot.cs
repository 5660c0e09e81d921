using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.SignIns;
using CognitoM2M.Emulator.Tokens;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.State;

/// <summary>Copies the user pools into the form of the state file.</summary>
internal static class StateSnapshot
{
    public static EmulatorState Take(UserPoolDirectory userPools, SealedText seals) => new()
    {
        Version = EmulatorState.CurrentVersion,
        SealingKey = seals.Key,
        LastSequence = userPools.LastSequence,
        UserPools = [.. userPools.All.Select(Copy)],
    };

    private static UserPoolState Copy(EmulatedUserPool pool)
    {
        var (accessTokenKey, idTokenKey, oldKeys) = pool.SigningKeys.Export();
        return new UserPoolState
        {
            Id = pool.Id,
            Name = pool.Name,
            Sequence = pool.Sequence,
            NeedsDomain = pool.NeedsDomain,
            CreatedAt = pool.CreatedAt,
            LastModifiedAt = pool.Settings.LastModifiedAt,
            Members = pool.Settings.Members.Element,
            MfaDetails = pool.Settings.MfaDetails.Element,
            Domains = [.. pool.Domains.Select(Copy)],
            ResourceServers = [.. pool.ResourceServers.Select(Copy)],
            AppClients = [.. pool.AppClients.Select(Copy)],
            Users = [.. pool.UserList.All.Select(Copy)],
            Groups = [.. pool.GroupList.All.Select(Copy)],
            IdentityProviders = [.. pool.IdentityProviders.All.Select(Copy)],
            SignIns = [.. pool.SignIns.All.Select(Copy)],
            AccessTokenKey = accessTokenKey is null ? null : Copy(accessTokenKey),
            IdTokenKey = idTokenKey is null ? null : Copy(idTokenKey),
            OldKeys = [.. oldKeys.Select(Copy)],
        };
    }

    private static DomainState Copy(PoolDomain domain) => new()
    {
        Name = domain.Name,
        ManagedLoginVersion = domain.ManagedLoginVersion,
        CustomDomainConfig = domain.CustomDomainConfig,
        Routing = domain.Routing,
        CloudFrontDistribution = domain.CloudFrontDistribution,
        CreatedAt = domain.CreatedAt,
        LastModifiedAt = domain.LastModifiedAt,
    };

    private static ResourceServerState Copy(ResourceServer server) => new()
    {
        Identifier = server.Identifier,
        Name = server.Name,
        Sequence = server.Sequence,
        Scopes = [.. server.Scopes.Select(scope => new TextPair { Name = scope.Name, Value = scope.Description })],
    };

    private static AppClientState Copy(EmulatedAppClient client)
    {
        var settings = client.Settings;
        return new AppClientState
        {
            ClientId = client.ClientId,
            ClientName = settings.ClientName,
            Sequence = client.Sequence,
            CreatedAt = client.CreatedAt,
            LastModifiedAt = settings.LastModifiedAt,
            AllowedOAuthFlowsUserPoolClient = settings.AllowedOAuthFlowsUserPoolClient,
            AllowedOAuthFlows = settings.AllowedOAuthFlows,
            AllowedOAuthScopes = settings.AllowedOAuthScopes,
            ExplicitAuthFlows = settings.ExplicitAuthFlows,
            AccessTokenValidity = Copy(settings.AccessTokenValidity),
            IdTokenValidity = Copy(settings.IdTokenValidity),
            RefreshTokenValidity = Copy(settings.RefreshTokenValidity),
            Secrets = [.. settings.Secrets.Select(Copy)],
            Others = settings.Others.Element,
            AccessTokenClaims = settings.AccessTokenClaims?.Element,
        };
    }

    private static ValidityState Copy(TokenValidity validity) => new() { Amount = validity.Amount, Unit = validity.Unit };

    private static SecretState Copy(ClientSecret secret) =>
        new() { Id = secret.Id, Value = secret.Value, IsOriginal = secret.IsOriginal, CreatedAt = secret.CreatedAt };

    private static UserState Copy(PoolUser user) => new()
    {
        Username = user.Username,
        Sub = user.Sub,
        Sequence = user.Sequence,
        Status = user.Status,
        IsDisabled = !user.IsEnabled,
        PasswordSalt = user.Password.Salt,
        PasswordHash = user.Password.Hash,
        PasswordSetAt = user.PasswordSetAt,
        FormerPasswords = [.. user.FormerPasswords.Select(former => new PasswordState { Salt = former.Salt, Hash = former.Hash })],
        Attributes = [.. user.Attributes.Select(attribute => new TextPair { Name = attribute.Name, Value = attribute.Value })],
        FailedAttempts = user.Lockout.FailedAttempts,
        LastFailedAt = user.Lockout.LastFailedAt,
        LastAttemptAt = user.Lockout.LastAttemptAt,
        Groups = user.Groups,
        CreatedAt = user.CreatedAt,
        LastModifiedAt = user.LastModifiedAt,
    };

    private static NamedSettingsState Copy(NamedSettings entry) =>
        new() { Name = entry.Name, Sequence = entry.Sequence, Members = entry.Members.Element, CreatedAt = entry.CreatedAt };

    private static SignInState Copy(SignIn signIn) => new()
    {
        EventId = signIn.EventId,
        OriginJti = signIn.OriginJti,
        ClientId = signIn.ClientId,
        Sub = signIn.Sub,
        Scopes = signIn.Scopes,
        SignedInAt = signIn.SignedInAt,
        ExpiresAt = signIn.ExpiresAt,
        Rotations = signIn.Rotations,
        LastRotatedAt = signIn.LastRotatedAt,
        IsRevoked = signIn.IsRevoked,
    };

    private static SigningKeyState Copy(SigningKey key) => new() { KeyId = key.KeyId, Pkcs8 = key.Export() };
}
