using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Tokens;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.State;

/// <summary>From what was saved back to the user pools.</summary>
internal static class StateRestore
{
    public static void Into(UserPoolDirectory userPools, EmulatorState state)
    {
        userPools.ContinueAfter(state.LastSequence);
        foreach (var saved in state.UserPools)
            Restore(userPools, saved);
    }

    private static void Restore(UserPoolDirectory userPools, UserPoolState saved)
    {
        var settings = new UserPoolSettings
        {
            Name = saved.Name,
            Members = SettingsBag.Of(saved.Members),
            MfaDetails = SettingsBag.Of(saved.MfaDetails),
            LastModifiedAt = saved.LastModifiedAt,
        };
        var keys = new SigningKeySet(Key(saved.AccessTokenKey), Key(saved.IdTokenKey), saved.OldKeys.Select(Key).OfType<SigningKey>());
        var pool = userPools.Add(new EmulatedUserPool(userPools, saved.Id, settings, saved.Sequence, keys)
        {
            CreatedAt = saved.CreatedAt,
            NeedsDomain = saved.NeedsDomain,
        });

        foreach (var domain in saved.Domains)
            pool.Add(Domain(domain));
        foreach (var server in saved.ResourceServers)
        {
            pool.Add(new ResourceServer(
                server.Identifier,
                server.Name,
                [.. server.Scopes.Select(scope => new ResourceServerScope(scope.Name, scope.Value))],
                server.Sequence));
        }

        foreach (var client in saved.AppClients)
            pool.Add(new EmulatedAppClient(pool, client.ClientId, Settings(client), client.Sequence) { CreatedAt = client.CreatedAt });
        foreach (var user in saved.Users)
            pool.Users.Set(User(user));
    }

    private static PoolDomain Domain(DomainState saved) => new()
    {
        Name = saved.Name,
        ManagedLoginVersion = saved.ManagedLoginVersion,
        CustomDomainConfig = saved.CustomDomainConfig,
        Routing = saved.Routing,
        CloudFrontDistribution = saved.CloudFrontDistribution,
        CreatedAt = saved.CreatedAt,
        LastModifiedAt = saved.LastModifiedAt,
    };

    private static AppClientSettings Settings(AppClientState saved) => new()
    {
        ClientName = saved.ClientName,
        AllowedOAuthFlowsUserPoolClient = saved.AllowedOAuthFlowsUserPoolClient,
        AllowedOAuthFlows = [.. saved.AllowedOAuthFlows],
        AllowedOAuthScopes = [.. saved.AllowedOAuthScopes],
        ExplicitAuthFlows = [.. saved.ExplicitAuthFlows],
        AccessTokenValidity = Validity(saved.AccessTokenValidity),
        IdTokenValidity = Validity(saved.IdTokenValidity),
        RefreshTokenValidity = Validity(saved.RefreshTokenValidity),
        Secrets =
        [
            .. saved.Secrets.Select(secret => new ClientSecret(secret.Value)
            {
                Id = secret.Id,
                CreatedAt = secret.CreatedAt,
                IsOriginal = secret.IsOriginal,
            }),
        ],
        Others = SettingsBag.Of(saved.Others),
        LastModifiedAt = saved.LastModifiedAt,
    };

    private static TokenValidity Validity(ValidityState saved) => new(saved.Amount, saved.Unit);

    private static PoolUser User(UserState saved) => new()
    {
        Username = saved.Username,
        Sub = saved.Sub,
        Status = saved.Status,
        Password = new PasswordHash(saved.PasswordSalt, saved.PasswordHash),
        Attributes = [.. saved.Attributes.Select(attribute => new UserAttribute(attribute.Name, attribute.Value))],
        CreatedAt = saved.CreatedAt,
        LastModifiedAt = saved.LastModifiedAt,
    };

    private static SigningKey? Key(SigningKeyState? saved) => saved is null ? null : SigningKey.Import(saved.KeyId, saved.Pkcs8);
}
