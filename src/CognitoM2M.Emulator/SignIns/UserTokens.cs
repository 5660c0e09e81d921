using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Issuance;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Tokens;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.SignIns;

/// <summary>Issues the tokens of users who sign in or refresh a sign-in.</summary>
internal sealed class UserTokens(UserPoolDirectory userPools, RefreshTokens refreshTokens)
{
    /// <summary>The scope of tokens that were issued without OAuth. It lets users read and change their own account.</summary>
    public const string AccountScope = "aws.cognito.signin.user.admin";

    private readonly TimeProvider _timeProvider = userPools.TimeProvider;

    /// <summary>Signs a user in.</summary>
    /// <exception cref="RefusedException">The handler of the user pool failed or broke a rule.</exception>
    public async Task<UserTokenSet> SignInAsync(UserTokenRequest request, CancellationToken cancellationToken)
    {
        var now = _timeProvider.GetUtcNow();
        var client = request.Client;
        var signIn = new SignIn
        {
            EventId = Guid.NewGuid().ToString(),
            OriginJti = Guid.NewGuid().ToString(),
            ClientId = client.ClientId,
            Sub = request.User.Sub,
            Scopes = [.. request.Scopes],
            SignedInAt = request.AuthenticatedAt ?? now,
            ExpiresAt = now + client.Settings.GetLifetime(TokenKind.Refresh),
        };
        var tokens = await IssueAsync(request, signIn, refreshTokens.Create(signIn), cancellationToken).ConfigureAwait(false);
        client.UserPool.SignIns.Set(signIn);
        return tokens;
    }

    /// <summary>Uses a refresh token. The scopes are those of the sign-in.</summary>
    /// <exception cref="RefusedException">The refresh token cannot be used, or the handler of the user pool failed or broke a rule.</exception>
    public Task<UserTokenSet> RefreshAsync(
        EmulatedAppClient client, string refreshToken, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        var refreshed = refreshTokens.Use(client, refreshToken);
        var request = new UserTokenRequest(client, refreshed.User, "TokenGeneration_RefreshTokens")
        {
            Scopes = refreshed.SignIn.Scopes,
            ClientMetadata = metadata,
        };
        return IssueAsync(request, refreshed.SignIn, refreshed.RefreshToken, cancellationToken);
    }

    private async Task<UserTokenSet> IssueAsync(
        UserTokenRequest request, SignIn signIn, string? refreshToken, CancellationToken cancellationToken)
    {
        var (client, user) = (request.Client, request.User);
        var keys = client.UserPool.SigningKeys;
        var accessTokenKey = await keys.GetAccessTokenKeyAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var idTokenKey = await keys.GetIdTokenKeyAsync().WaitAsync(cancellationToken).ConfigureAwait(false);

        var access = CreateClaims(client, signIn, "access", TokenKind.Access);
        access["jti"] = Guid.NewGuid().ToString();
        access["client_id"] = client.ClientId;
        access["username"] = user.Username;
        access["version"] = 2;
        GroupMembership.AddClaims(client.UserPool, user, access, withRoles: false);
        TokenCustomization.Apply(
            new EmulatedTokenIssuance(client, request.TriggerSource, user.Username, request.Scopes, request.ClientMetadata), access);
        var accessToken = SignedJwt.Create(accessTokenKey, access);

        var id = CreateClaims(client, signIn, "id", TokenKind.Id);
        UserClaims.AddAttributes(client, user, request.Scopes, id);
        id["aud"] = client.ClientId;
        id["cognito:username"] = user.Username;
        if (client.Settings.CanRevokeTokens())
            id["jti"] = Guid.NewGuid().ToString();
        if (request.Nonce is not null)
            id["nonce"] = request.Nonce;
        if (request.Scopes.Contains(UserClaims.OpenId, StringComparer.Ordinal))
            id["at_hash"] = HashAccessToken(accessToken);
        GroupMembership.AddClaims(client.UserPool, user, id, withRoles: true);

        return new UserTokenSet
        {
            AccessToken = accessToken,
            ExpiresIn = (int)client.Settings.GetLifetime(TokenKind.Access).TotalSeconds,
            IdToken = SignedJwt.Create(idTokenKey, id),
            RefreshToken = refreshToken,
            Scopes = signIn.Scopes,
        };
    }

    // OpenID Connect Core, section 3.1.3.6: the left half of the hash.
    private static string HashAccessToken(string accessToken) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)).AsSpan(..(SHA256.HashSizeInBytes / 2)));

    private JsonObject CreateClaims(EmulatedAppClient client, SignIn signIn, string use, TokenKind kind)
    {
        var issuedAt = _timeProvider.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["sub"] = signIn.Sub,
            ["iss"] = client.UserPool.Issuer,
            [AccessTokenCheck.SignInClaim] = signIn.EventId,
            ["token_use"] = use,
            ["auth_time"] = signIn.SignedInAt.ToUnixTimeSeconds(),
            ["exp"] = issuedAt + (long)client.Settings.GetLifetime(kind).TotalSeconds,
            ["iat"] = issuedAt,
        };
        if (client.Settings.CanRevokeTokens())
            claims["origin_jti"] = signIn.OriginJti;
        return claims;
    }
}

/// <summary>What the tokens of a user are made from.</summary>
/// <param name="Client">The app client that the user signs in with.</param>
/// <param name="User">The user.</param>
/// <param name="TriggerSource">Why the tokens are issued, in Cognito's words.</param>
internal sealed record UserTokenRequest(EmulatedAppClient Client, PoolUser User, string TriggerSource)
{
    public IReadOnlyList<string> Scopes { get; init; } = [UserTokens.AccountScope];

    /// <summary>When the user gave the password; null for now.</summary>
    public DateTimeOffset? AuthenticatedAt { get; init; }

    /// <summary>The claim <c>nonce</c> of the ID token; null for none.</summary>
    public string? Nonce { get; init; }

    /// <summary>What the caller sent for the trigger.</summary>
    public IReadOnlyDictionary<string, string> ClientMetadata { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>The tokens of a user.</summary>
/// <remarks>A class and not a record, because the text of a record would show the tokens.</remarks>
internal sealed class UserTokenSet
{
    public required string AccessToken { get; init; }

    /// <summary>The lifetime of the access token in seconds.</summary>
    public required int ExpiresIn { get; init; }

    public required string IdToken { get; init; }

    /// <summary>Null if the caller keeps the refresh token it has.</summary>
    public required string? RefreshToken { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }
}
