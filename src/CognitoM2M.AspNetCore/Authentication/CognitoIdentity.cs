using System.Runtime.CompilerServices;
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

    // While the verifier keeps a verified token, it returns the same claims object for this token. So the claims are read once for each token.
    private static readonly ConditionalWeakTable<CognitoTokenClaims, KnownClaims> _known = [];

    public static ClaimsPrincipal CreatePrincipal(CognitoTokenClaims token, string authenticationScheme, string nameType, string roleType) =>
        new(CreateIdentity(token, authenticationScheme, authenticationScheme, nameType, roleType));

    /// <param name="token">The claims of the token.</param>
    /// <param name="authenticationScheme">The scheme that verified the token.</param>
    /// <param name="authenticationType">The authentication type of the identity, which usually is the scheme.</param>
    /// <param name="nameType">The type of the claim that is the name of the identity.</param>
    /// <param name="roleType">The type of the claims that are the roles of the identity.</param>
    public static ClaimsIdentity CreateIdentity(
        CognitoTokenClaims token, string authenticationScheme, string authenticationType, string nameType, string roleType)
    {
        if (token is CognitoIdTokenClaims && nameType == CognitoM2MAuthenticationDefaults.ClientIdClaimType)
            nameType = CognitoM2MAuthenticationDefaults.UsernameClaimType;
        var identity = authenticationType == authenticationScheme
            ? new ClaimsIdentity(authenticationType, nameType, roleType)
            : new SchemeIdentity(authenticationScheme, authenticationType, nameType, roleType);
        if (!_known.TryGetValue(token, out var known) || known.NameType != nameType || known.RoleType != roleType)
            _known.AddOrUpdate(token, known = new KnownClaims(nameType, roleType, CreateClaims(token, nameType, roleType)));
        // The identity copies each claim, so event handlers may change the claims of a request.
        identity.AddClaims(known.Claims);
        return identity;
    }

    private static List<Claim> CreateClaims(CognitoTokenClaims token, string nameType, string roleType)
    {
        var claims = new List<Claim>();
        foreach (var claim in token.Payload.EnumerateObject())
        {
            if (ProtectedClaims.IsImitation(claim.Name) || IsImitation(claim.Name, nameType) || IsImitation(claim.Name, roleType))
                continue;
            // An ID token permits nothing. A claim scope that a trigger has put there must not count as a scope.
            if (claim.Name == CognitoM2MAuthenticationDefaults.ScopeClaimType)
                AddScopes(claims, (token as CognitoAccessTokenClaims)?.Scopes ?? [], token.Issuer);
            else if (claim.Value.ValueKind == JsonValueKind.Array)
                AddItems(claims, claim.Name, claim.Value, token.Issuer);
            else
                AddClaim(claims, CreateClaim(claim.Name, claim.Value, token.Issuer));
        }

        return claims;
    }

    // A claim whose name is protected wins, even if the options spell the name otherwise.
    private static bool IsImitation(string claim, string type) =>
        claim != type && claim.Equals(type, StringComparison.OrdinalIgnoreCase) && !ProtectedClaims.IsImitation(type);

    private static void AddScopes(List<Claim> claims, IReadOnlyList<string> scopes, string issuer)
    {
        foreach (var scope in scopes)
            claims.Add(new Claim(CognitoM2MAuthenticationDefaults.ScopeClaimType, scope, ClaimValueTypes.String, issuer));
    }

    private static void AddItems(List<Claim> claims, string name, JsonElement items, string issuer)
    {
        foreach (var item in items.EnumerateArray())
            AddClaim(claims, CreateClaim(name, item, issuer));
    }

    private static void AddClaim(List<Claim> claims, Claim? claim)
    {
        if (claim is not null)
            claims.Add(claim);
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

    /// <summary>The claims of one token.</summary>
    private sealed class KnownClaims(string nameType, string roleType, IReadOnlyList<Claim> claims)
    {
        public string NameType { get; } = nameType;

        public string RoleType { get; } = roleType;

        public IReadOnlyList<Claim> Claims { get; } = claims;
    }
}
