using System.Buffers.Text;
using System.Text.Json;
using CognitoM2M.Tokens;

namespace CognitoM2M.TokenEndpoint;

/// <summary>
/// Reads which scopes a token grants. Cognito's answer does not say, and it may grant fewer than were asked for: a scope that was
/// deleted from its resource server is left out without a word.
/// </summary>
internal static class GrantedScopes
{
    /// <summary>What the token's <c>scope</c> claim says; what was asked for, if the token is opaque. Not a verification.</summary>
    public static string[] Of(string token, string requested)
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
                    // They are logged, so only what can be a scope counts.
                    return ScopeSet.AreWellFormed(granted) ? granted : ScopeSet.Split(requested);
                }
            }
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            // A caller need not understand a token to use it.
        }

        return ScopeSet.Split(requested);
    }
}
