using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Pools;

namespace CognitoM2M.Emulator.Issuance;

/// <summary>The claims that Cognito writes into the access token of an app client (machine to machine).</summary>
internal static class AccessTokenClaims
{
    /// <exception cref="Protocol.RefusedException">The handler of the user pool failed or broke a rule.</exception>
    public static JsonObject Create(EmulatedTokenIssuance issuance, TimeProvider timeProvider)
    {
        var client = issuance.AppClient;
        var issuedAt = timeProvider.GetUtcNow().ToUnixTimeSeconds();

        // There is no claim aud, because Cognito leaves aud out of these tokens.
        var claims = new JsonObject
        {
            ["sub"] = client.ClientId,
            ["token_use"] = "access",
            ["auth_time"] = issuedAt,
            ["iss"] = client.UserPool.Issuer,
            ["exp"] = issuedAt + (long)client.Settings.GetLifetime(TokenKind.Access).TotalSeconds,
            ["iat"] = issuedAt,
            ["version"] = 2,
            ["jti"] = Guid.NewGuid().ToString(),
            ["client_id"] = client.ClientId,
        };
        TokenCustomization.Apply(issuance, claims);
        return claims;
    }
}
