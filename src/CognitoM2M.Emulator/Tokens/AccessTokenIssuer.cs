using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Tokens;

/// <summary>
/// Issues the access tokens that app clients get for themselves (machine to machine), with the claims that Cognito writes.
/// </summary>
internal sealed class AccessTokenIssuer(TimeProvider timeProvider, TokenRequestCounter counter)
{
    /// <param name="client">The app client.</param>
    /// <param name="scopes">The scopes that were granted.</param>
    /// <param name="clientMetadata">What the caller sent for the trigger.</param>
    /// <param name="cancellationToken">Ends the wait for the signing key.</param>
    /// <exception cref="RefusedException">The handler of the user pool failed or broke a rule.</exception>
    public async Task<IssuedToken> IssueAsync(
        EmulatedAppClient client,
        IReadOnlyList<string> scopes,
        IReadOnlyDictionary<string, string> clientMetadata,
        CancellationToken cancellationToken)
    {
        var key = await client.UserPool.SigningKeys.GetAccessTokenKeyAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var issuedAt = timeProvider.GetUtcNow().ToUnixTimeSeconds();
        var expiresIn = (int)client.Settings.GetLifetime(TokenKind.Access).TotalSeconds;

        // No claim aud: Cognito leaves it out of these tokens.
        var claims = new JsonObject
        {
            ["sub"] = client.ClientId,
            ["token_use"] = "access",
            ["auth_time"] = issuedAt,
            ["iss"] = client.UserPool.Issuer,
            ["exp"] = issuedAt + expiresIn,
            ["iat"] = issuedAt,
            ["version"] = 2,
            ["jti"] = Guid.NewGuid().ToString(),
            ["client_id"] = client.ClientId,
        };
        TokenCustomization.Apply(new EmulatedTokenIssuance(client, scopes, clientMetadata), claims);
        var token = SignedJwt.Create(key, claims);
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
