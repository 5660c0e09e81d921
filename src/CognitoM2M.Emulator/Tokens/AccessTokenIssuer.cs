using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tokens;

/// <summary>
/// Issues the access tokens that app clients get for themselves (machine to machine), with the claims that Cognito writes.
/// </summary>
internal sealed class AccessTokenIssuer(TimeProvider timeProvider, TokenRequestCounter counter)
{
    public async Task<IssuedToken> IssueAsync(
        EmulatedAppClient client, TimeSpan validity, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        var key = await client.UserPool.SigningKeys.GetAccessTokenKeyAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var issuedAt = timeProvider.GetUtcNow().ToUnixTimeSeconds();
        var expiresIn = (int)validity.TotalSeconds;

        // No claim aud: Cognito leaves it out of these tokens.
        var token = SignedJwt.Create(key, new JsonObject
        {
            ["sub"] = client.ClientId,
            ["token_use"] = "access",
            ["scope"] = string.Join(' ', scopes),
            ["auth_time"] = issuedAt,
            ["iss"] = client.UserPool.Issuer,
            ["exp"] = issuedAt + expiresIn,
            ["iat"] = issuedAt,
            ["version"] = 2,
            ["jti"] = Guid.NewGuid().ToString(),
            ["client_id"] = client.ClientId,
        });
        counter.CountIssuedToken();
        return new IssuedToken(token, expiresIn);
    }
}

/// <summary>A token and its lifetime.</summary>
/// <remarks>A class and not a record, because the text of a record would show the token.</remarks>
internal sealed class IssuedToken(string accessToken, int expiresIn)
{
    public const string TokenType = "Bearer";

    public string AccessToken { get; } = accessToken;

    /// <summary>The lifetime in seconds.</summary>
    public int ExpiresIn { get; } = expiresIn;
}
