using System.Collections.Frozen;
using System.Security.Claims;
using System.Text.Json;
using CognitoM2M.Verification;

namespace CognitoM2M.AspNetCore.Authentication;

/// <summary>Turns the claims of a token into an identity: under their own names, one claim for each scope and each item of an array.</summary>
internal static class CognitoIdentity
{
    private const string Json = "JSON";

    // An identity is searched without regard to case: a claim Scope that a pre token generation trigger added would count as scope.
    private static readonly FrozenSet<string> _unmistakable = FrozenSet.ToFrozenSet(
        ["client_id", "cognito:groups", "iss", "scope", "sub", "token_use", "username"], StringComparer.OrdinalIgnoreCase);

    public static ClaimsPrincipal Principal(CognitoAccessTokenClaims token, string authenticationScheme)
    {
        var identity = new ClaimsIdentity(
            authenticationScheme, CognitoM2MAuthenticationDefaults.ClientIdClaimType, CognitoM2MAuthenticationDefaults.GroupsClaimType);
        foreach (var claim in token.Payload.EnumerateObject())
        {
            if (_unmistakable.TryGetValue(claim.Name, out var name) && name != claim.Name)
                continue;
            if (name == CognitoM2MAuthenticationDefaults.ScopeClaimType)
                Add(identity, token.Scopes, token.Issuer);
            else if (claim.Value.ValueKind == JsonValueKind.Array)
                Add(identity, claim.Name, claim.Value, token.Issuer);
            else
                Add(identity, Claim(claim.Name, claim.Value, token.Issuer));
        }

        return new ClaimsPrincipal(identity);
    }

    private static void Add(ClaimsIdentity identity, IReadOnlyList<string> scopes, string issuer)
    {
        foreach (var scope in scopes)
            identity.AddClaim(new Claim(CognitoM2MAuthenticationDefaults.ScopeClaimType, scope, ClaimValueTypes.String, issuer));
    }

    private static void Add(ClaimsIdentity identity, string name, JsonElement items, string issuer)
    {
        foreach (var item in items.EnumerateArray())
            Add(identity, Claim(name, item, issuer));
    }

    private static void Add(ClaimsIdentity identity, Claim? claim)
    {
        if (claim is not null)
            identity.AddClaim(claim);
    }

    private static Claim? Claim(string name, JsonElement value, string issuer) => value.ValueKind switch
    {
        JsonValueKind.String => new Claim(name, value.GetString()!, ClaimValueTypes.String, issuer),
        JsonValueKind.Number => new Claim(name, value.GetRawText(), value.TryGetInt64(out _) ? ClaimValueTypes.Integer64 : ClaimValueTypes.Double, issuer),
        JsonValueKind.True => new Claim(name, "true", ClaimValueTypes.Boolean, issuer),
        JsonValueKind.False => new Claim(name, "false", ClaimValueTypes.Boolean, issuer),
        JsonValueKind.Null => null,
        _ => new Claim(name, value.GetRawText(), Json, issuer),
    };
}
