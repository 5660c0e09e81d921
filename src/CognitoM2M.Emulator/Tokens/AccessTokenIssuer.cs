using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tokens;

/// <summary>Makes access tokens as Cognito does for an app client that acts on its own.</summary>
internal sealed class AccessTokenIssuer(TimeProvider timeProvider, TokenRequestCounter counter)
{
    public async Task<IssuedToken> IssueAsync(
        EmulatedAppClient client, TimeSpan validity, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        var key = await client.UserPool.SigningKeys.AccessTokenKeyAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var issuedAt = timeProvider.GetUtcNow().ToUnixTimeSeconds();
        var expiresIn = (int)validity.TotalSeconds;

        // No aud: Cognito leaves it out of these tokens.
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
        counter.TokenIssued();
        return new IssuedToken(token, expiresIn);
    }
}

// A class, not a record: a record would print the token.
internal sealed class IssuedToken(string accessToken, int expiresIn)
{
    public const string TokenType = "Bearer";

    public string AccessToken { get; } = accessToken;

    /// <summary>In seconds.</summary>
    public int ExpiresIn { get; } = expiresIn;
}
