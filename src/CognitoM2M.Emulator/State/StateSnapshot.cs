using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Tokens;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.State;

/// <summary>From the user pools to what is saved of them.</summary>
internal static class StateSnapshot
{
    public static EmulatorState Of(UserPoolDirectory userPools, SealedText seals) => new()
    {
        Version = EmulatorState.CurrentVersion,
        SealingKey = seals.Key,
        LastSequence = userPools.LastSequence,
        UserPools = [.. userPools.All.Select(Of)],
    };

    private static UserPoolState Of(EmulatedUserPool pool)
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
            Domains = [.. pool.Domains.Select(Of)],
            ResourceServers = [.. pool.ResourceServers.Select(Of)],
            AppClients = [.. pool.AppClients.Select(Of)],
            Users = [.. pool.Users.All.Select(Of)],
            AccessTokenKey = accessTokenKey is null ? null : Of(accessTokenKey),
            IdTokenKey = idTokenKey is null ? null : Of(idTokenKey),
            OldKeys = [.. oldKeys.Select(Of)],
        };
    }

    private static DomainState Of(PoolDomain domain) => new()
    {
        Name = domain.Name,
        ManagedLoginVersion = domain.ManagedLoginVersion,
        CustomDomainConfig = domain.CustomDomainConfig,
        Routing = domain.Routing,
        CloudFrontDistribution = domain.CloudFrontDistribution,
        CreatedAt = domain.CreatedAt,
        LastModifiedAt = domain.LastModifiedAt,
    };

    private static ResourceServerState Of(ResourceServer server) => new()
    {
        Identifier = server.Identifier,
        Name = server.Name,
        Sequence = server.Sequence,
        Scopes = [.. server.Scopes.Select(scope => new TextPair { Name = scope.Name, Value = scope.Description })],
    };

    private static AppClientState Of(EmulatedAppClient client)
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
            AccessTokenValidity = Of(settings.AccessTokenValidity),
            IdTokenValidity = Of(settings.IdTokenValidity),
            RefreshTokenValidity = Of(settings.RefreshTokenValidity),
            Secrets = [.. settings.Secrets.Select(Of)],
            Others = settings.Others.Element,
        };
    }

    private static ValidityState Of(TokenValidity validity) => new() { Amount = validity.Amount, Unit = validity.Unit };

    private static SecretState Of(ClientSecret secret) =>
        new() { Id = secret.Id, Value = secret.Value, IsOriginal = secret.IsOriginal, CreatedAt = secret.CreatedAt };

    private static UserState Of(PoolUser user) => new()
    {
        Username = user.Username,
        Sub = user.Sub,
        Status = user.Status,
        PasswordSalt = user.Password.Salt,
        PasswordHash = user.Password.Hash,
        Attributes = [.. user.Attributes.Select(attribute => new TextPair { Name = attribute.Name, Value = attribute.Value })],
        CreatedAt = user.CreatedAt,
        LastModifiedAt = user.LastModifiedAt,
    };

    private static SigningKeyState Of(SigningKey key) => new() { KeyId = key.KeyId, Pkcs8 = key.Export() };
}
