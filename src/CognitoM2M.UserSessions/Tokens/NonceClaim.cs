using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CognitoM2M.UserSessions.Tokens;

/// <summary>The claim <c>nonce</c> of an ID token that came from the token endpoint over TLS (OpenID Connect Core, section 3.1.3.7). Verifies no signature.</summary>
internal static class NonceClaim
{
    /// <summary>Whether the token has this nonce.</summary>
    public static bool Has(string idToken, string nonce)
    {
        var parts = idToken.Split('.');
        if (parts.Length != 3 || !Base64Url.IsValid(parts[1]))
            return false;

        try
        {
            var claims = JsonElement.Parse(Base64Url.DecodeFromChars(parts[1]));
            return claims.ValueKind == JsonValueKind.Object
                && claims.TryGetProperty("nonce", out var claim)
                && claim.ValueKind == JsonValueKind.String
                && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(claim.GetString()!), Encoding.UTF8.GetBytes(nonce));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // An InvalidOperationException is thrown for a text with half of a surrogate pair.
            return false;
        }
    }
}
