using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.SignIns;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.Operations.Users;

/// <summary>The operations that take an access token of a user, and those that revoke tokens of users.</summary>
internal sealed class SignOutOperations(UserPoolDirectory userPools, RefreshTokens refreshTokens)
{
    private readonly AccessTokenCheck _accessTokens = new(userPools);

    public IEnumerable<JsonApiOperation> All =>
    [
        new("GetUser", SignInShapes.AccessToken, GetUserAsync),
        new("GlobalSignOut", SignInShapes.AccessToken, SignOutAsync),
        new("AdminUserGlobalSignOut", UserLookup.ByName, SignOutAsAdmin),
        new("RevokeToken", SignInShapes.RevokeToken, Revoke),
    ];

    private async ValueTask<JsonObject?> GetUserAsync(JsonApiInput input, CancellationToken cancellationToken)
    {
        var (client, user, _) = await CheckAsync(input, cancellationToken).ConfigureAwait(false);
        var readable = UserClaims.ListAttributes(client, user, []).Select(attribute => attribute.Name).Append(PoolUser.SubAttribute);
        return new JsonObject
        {
            ["Username"] = user.Username,
            ["UserAttributes"] = user.AttributesToJson(readable.ToHashSet(StringComparer.Ordinal)),
        };
    }

    private async ValueTask<JsonObject?> SignOutAsync(JsonApiInput input, CancellationToken cancellationToken)
    {
        var (client, user, _) = await CheckAsync(input, cancellationToken).ConfigureAwait(false);
        client.UserPool.SignIns.RevokeAll(user.Sub);
        return [];
    }

    private JsonObject SignOutAsAdmin(JsonApiInput input)
    {
        var (pool, user) = userPools.RequireUser(input);
        pool.SignIns.RevokeAll(user.Sub);
        return [];
    }

    private JsonObject Revoke(JsonApiInput input)
    {
        var client = userPools.RequireClient(input);
        if (!client.Settings.Secrets.IsEmpty && !client.Settings.HasSecret(input.GetText("ClientSecret")))
            throw new RefusedException("UnauthorizedException", "Invalid client or secret");
        if (!client.Settings.CanRevokeTokens())
            throw new RefusedException("UnsupportedOperationException", "Token revocation is not enabled for this client");
        if (!refreshTokens.Revoke(client, input.GetRequiredText("Token")))
            throw new RefusedException("UnsupportedTokenTypeException", "Unsupported token type");
        return [];
    }

    private async Task<CheckedAccessToken> CheckAsync(JsonApiInput input, CancellationToken cancellationToken)
    {
        var token = await _accessTokens.CheckAsync(input.GetRequiredText("AccessToken"), cancellationToken).ConfigureAwait(false);
        return token.HasScope(UserTokens.AccountScope)
            ? token
            : throw RefusedException.NotAuthorized("Access Token does not have required scopes");
    }
}
