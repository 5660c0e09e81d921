using System.Buffers.Text;
using System.Text.Json;
using CognitoM2M.Tokens;

namespace CognitoM2M.TokenEndpoint;

/// <summary>
/// Reads which scopes a token grants. Cognito's response does not name them. The token may grant fewer scopes than were asked for: Cognito leaves
/// out a scope that was deleted from its resource server, without an error.
/// </summary>
internal static class GrantedScopes
{
    /// <summary>Reads the <c>scope</c> claim of the token; returns the requested scopes if the token is opaque. This does not verify the token.</summary>
    public static string[] Read(string token, string requested)
    {
        try
        {
            var parts = token.Split('.');
            if (parts.Length == 3)
            {
                using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
                if (claims.RootElement.ValueKind == JsonValueKind.Object
                    && claims.RootElement.TryGetProperty("scope", out var scope)
                    && scope.ValueKind == JsonValueKind.String)
                {
                    var granted = ScopeSet.Split(scope.GetString()!);
                    // The scopes are logged, so texts that cannot be scopes are not used.
                    return ScopeSet.AreWellFormed(granted) ? granted : ScopeSet.Split(requested);
                }
            }
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            // The token is opaque to this reader, and usable all the same.
        }

        return ScopeSet.Split(requested);
    }
}
