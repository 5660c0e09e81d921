using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Tokens;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.Operations.Users;

/// <summary>Issues the tokens of a signed-in user, and checks them when they come back.</summary>
internal sealed class UserTokens(UserPoolDirectory userPools, SealedText seals)
{
    private const string RefreshToken = "refresh";

    private readonly TimeProvider _timeProvider = userPools.TimeProvider;

    /// <param name="client">The app client that the user signed in with.</param>
    /// <param name="user">The user.</param>
    /// <param name="refreshed">The sign-in that a refresh token continues. Null at a new sign-in: then there is a refresh token, too.</param>
    /// <param name="cancellationToken">Ends the wait for the signing keys.</param>
    public async Task<JsonObject> IssueAsync(
        EmulatedAppClient client, PoolUser user, SignIn? refreshed, CancellationToken cancellationToken)
    {
        var keys = client.UserPool.SigningKeys;
        var accessTokenKey = await keys.GetAccessTokenKeyAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var idTokenKey = await keys.GetIdTokenKeyAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var signIn = refreshed ?? new SignIn(Guid.NewGuid().ToString(), _timeProvider.GetUtcNow().ToUnixTimeSeconds());

        var access = CreateClaims(client, user, signIn, "access", TokenKind.Access);
        access["client_id"] = client.ClientId;
        access["username"] = user.Username;
        access["scope"] = "aws.cognito.signin.user.admin";
        access["version"] = 2;
        GroupMembership.AddClaims(client.UserPool, user, access, withRoles: false);

        var id = CreateClaims(client, user, signIn, "id", TokenKind.Id);
        foreach (var (name, value) in user.Attributes)
            id.TryAdd(name, name is "email_verified" or "phone_number_verified" ? value == "true" : value);
        id["aud"] = client.ClientId;
        id["cognito:username"] = user.Username;
        GroupMembership.AddClaims(client.UserPool, user, id, withRoles: true);

        var result = new JsonObject
        {
            ["AccessToken"] = SignedJwt.Create(accessTokenKey, access),
            ["ExpiresIn"] = (int)client.Settings.GetLifetime(TokenKind.Access).TotalSeconds,
            ["IdToken"] = SignedJwt.Create(idTokenKey, id),
            ["TokenType"] = IssuedToken.TokenType,
        };
        if (refreshed is null)
            result["RefreshToken"] = SealRefreshToken(client, user, signIn);
        return result;
    }

    /// <exception cref="RefusedException">
    /// The text is not a refresh token of this client, or has expired, or the user was deleted.
    /// </exception>
    public (PoolUser User, SignIn SignIn) OpenRefreshToken(EmulatedAppClient client, string token)
    {
        if (seals.Open(RefreshToken, token) is not { } content || !content.GetProperty("client").ValueEquals(client.ClientId))
            throw RefusedException.NotAuthorized("Invalid Refresh Token");
        if (content.GetProperty("expires").GetInt64() <= _timeProvider.GetUtcNow().ToUnixTimeSeconds())
            throw RefusedException.NotAuthorized("Refresh Token has expired");

        return client.UserPool.UserList.Find(content.GetProperty("username").GetString()!) is { } user
            && content.GetProperty("sub").ValueEquals(user.Sub)
            && content.TryGetProperty("auth_time", out var authTime)
            ? (user, new SignIn(content.GetProperty("origin").GetString()!, authTime.GetInt64()))
            : throw RefusedException.NotAuthorized("Invalid Refresh Token");
    }

    /// <returns>The user who owns the access token.</returns>
    /// <exception cref="RefusedException">The text is not an access token of a user, or has expired.</exception>
    public async Task<PoolUser> ReadAccessTokenAsync(string token, CancellationToken cancellationToken)
    {
        var invalid = RefusedException.NotAuthorized("Invalid Access Token");
        if (userPools.FindClient(GetText(SignedJwt.ReadUnverified(token), "client_id")) is not { UserPool: var pool })
            throw invalid;

        var keys = await pool.SigningKeys.GetPublishedKeysAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        if (SignedJwt.Read(token, keys) is not { } claims || GetText(claims, "token_use") != "access")
            throw invalid;
        if (claims.GetProperty("exp").GetInt64() <= _timeProvider.GetUtcNow().ToUnixTimeSeconds())
            throw RefusedException.NotAuthorized("Access Token has expired");
        // A machine-to-machine token has a valid signature too, but belongs to no user.
        return GetText(claims, "username") is { } username && pool.UserList.Find(username) is { } user && user.Sub == GetText(claims, "sub")
            ? user
            : throw invalid;
    }

    private JsonObject CreateClaims(EmulatedAppClient client, PoolUser user, SignIn signIn, string use, TokenKind kind)
    {
        var issuedAt = _timeProvider.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject
        {
            ["sub"] = user.Sub,
            ["iss"] = client.UserPool.Issuer,
            ["origin_jti"] = signIn.OriginJti,
            ["event_id"] = Guid.NewGuid().ToString(),
            ["token_use"] = use,
            ["auth_time"] = signIn.AuthTime,
            ["exp"] = issuedAt + (long)client.Settings.GetLifetime(kind).TotalSeconds,
            ["iat"] = issuedAt,
            ["jti"] = Guid.NewGuid().ToString(),
        };
    }

    private string SealRefreshToken(EmulatedAppClient client, PoolUser user, SignIn signIn) => seals.Seal(RefreshToken, new JsonObject
    {
        ["client"] = client.ClientId,
        ["username"] = user.Username,
        ["sub"] = user.Sub,
        ["origin"] = signIn.OriginJti,
        ["auth_time"] = signIn.AuthTime,
        ["expires"] = (_timeProvider.GetUtcNow() + client.Settings.GetLifetime(TokenKind.Refresh)).ToUnixTimeSeconds(),
    });

    private static string? GetText(JsonElement? claims, string name) =>
        claims is { } present && present.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
