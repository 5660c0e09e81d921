using System.Text.Json;
using CognitoM2M.Shared;
using CognitoM2M.Tokens;

namespace CognitoM2M.TokenEndpoint;

/// <summary>
/// Reads which scopes a token grants. Cognito's response does not say. The token may grant fewer scopes than were asked for: Cognito leaves
/// out a scope that was deleted from its resource server, without an error.
/// </summary>
internal static class GrantedScopes
{
    /// <summary>
    /// Reads the <c>scope</c> claim of the token. A token without this claim grants no scope. Returns the requested scopes if the token is
    /// opaque. This does not verify the token.
    /// </summary>
    public static string[] Read(string token, string requested)
    {
        if (UnverifiedClaims.Read(token) is not { } claims)
            return ScopeSet.Split(requested);

        try
        {
            return ReadClaim(claims);
        }
        catch (InvalidOperationException)
        {
            // The claim is not text.
            return [];
        }
    }

    // The scopes are logged, so texts that cannot be scopes are left out.
    private static string[] ReadClaim(JsonElement claims) =>
        claims.TryGetProperty("scope", out var scope) && scope.ValueKind == JsonValueKind.String
            ? Array.FindAll(ScopeSet.Split(scope.GetString()!), CognitoNames.IsScope)
            : [];
}
