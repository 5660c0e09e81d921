using System.Security.Claims;
using System.Text.Json;
using CognitoM2M.Shared;
using CognitoM2M.Verification;

namespace CognitoM2M.AspNetCore.Authentication;

/// <summary>
/// Creates an identity from the claims of a token. Claims keep their names. There is one claim for each scope, and one for each item of an
/// array.
/// </summary>
internal static class CognitoIdentity
{
    private const string JsonValueType = "JSON";

    public static ClaimsPrincipal CreatePrincipal(CognitoAccessTokenClaims token, string authenticationScheme, string nameType, string roleType) =>
        new(CreateIdentity(token, authenticationScheme, authenticationScheme, nameType, roleType));

    /// <param name="token">The claims of the token.</param>
    /// <param name="authenticationScheme">The scheme that verified the token.</param>
    /// <param name="authenticationType">The authentication type of the identity, which usually is the scheme.</param>
    /// <param name="nameType">The type of the claim that is the name of the identity.</param>
    /// <param name="roleType">The type of the claims that are the roles of the identity.</param>
    public static ClaimsIdentity CreateIdentity(
        CognitoAccessTokenClaims token, string authenticationScheme, string authenticationType, string nameType, string roleType)
    {
        var identity = authenticationType == authenticationScheme
            ? new ClaimsIdentity(authenticationType, nameType, roleType)
            : new SchemeIdentity(authenticationScheme, authenticationType, nameType, roleType);
        foreach (var claim in token.Payload.EnumerateObject())
        {
            if (ProtectedClaims.IsImitation(claim.Name) || IsImitation(claim.Name, nameType) || IsImitation(claim.Name, roleType))
                continue;
            if (claim.Name == CognitoM2MAuthenticationDefaults.ScopeClaimType)
                AddScopes(identity, token.Scopes, token.Issuer);
            else if (claim.Value.ValueKind == JsonValueKind.Array)
                AddItems(identity, claim.Name, claim.Value, token.Issuer);
            else
                AddClaim(identity, CreateClaim(claim.Name, claim.Value, token.Issuer));
        }

        return identity;
    }

    // A claim whose name is protected wins, even if the options spell the name otherwise.
    private static bool IsImitation(string claim, string type) =>
        claim != type && claim.Equals(type, StringComparison.OrdinalIgnoreCase) && !ProtectedClaims.IsImitation(type);

    private static void AddScopes(ClaimsIdentity identity, IReadOnlyList<string> scopes, string issuer)
    {
        foreach (var scope in scopes)
            identity.AddClaim(new Claim(CognitoM2MAuthenticationDefaults.ScopeClaimType, scope, ClaimValueTypes.String, issuer));
    }

    private static void AddItems(ClaimsIdentity identity, string name, JsonElement items, string issuer)
    {
        foreach (var item in items.EnumerateArray())
            AddClaim(identity, CreateClaim(name, item, issuer));
    }

    private static void AddClaim(ClaimsIdentity identity, Claim? claim)
    {
        if (claim is not null)
            identity.AddClaim(claim);
    }

    private static Claim? CreateClaim(string name, JsonElement value, string issuer) => value.ValueKind switch
    {
        JsonValueKind.String => new Claim(name, value.GetString()!, ClaimValueTypes.String, issuer),
        JsonValueKind.Number => new Claim(name, value.GetRawText(), value.TryGetInt64(out _) ? ClaimValueTypes.Integer64 : ClaimValueTypes.Double, issuer),
        JsonValueKind.True => new Claim(name, "true", ClaimValueTypes.Boolean, issuer),
        JsonValueKind.False => new Claim(name, "false", ClaimValueTypes.Boolean, issuer),
        JsonValueKind.Null => null,
        _ => new Claim(name, value.GetRawText(), JsonValueType, issuer),
    };
}
