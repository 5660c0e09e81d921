using System.Text.Json;
using CognitoM2M.Shared;
using CognitoM2M.Verification.Diagnostics;
using CognitoM2M.Verification.Issuers;

namespace CognitoM2M.Verification.Claims;

/// <summary>What a token must say once its signature is known to be good, and the times at which it may be used.</summary>
internal sealed class ClaimRules
{
    // The last second that a date can express.
    private const long LastInstant = 253_402_300_799;

    private readonly TimeSpan _tolerance;
    private readonly string[] _allOfScopes;
    private readonly string[] _anyOfScopes;
    private readonly Func<CognitoAccessTokenClaims, string?>[] _checks;

    public ClaimRules(CognitoAccessTokenVerifierOptions options)
    {
        _tolerance = options.ClockTolerance;
        _allOfScopes = [.. options.AllOfScopes];
        _anyOfScopes = [.. options.AnyOfScopes];
        _checks = [.. options.Checks];
    }

    /// <summary>The issuer that a payload names, whether or not it may.</summary>
    public static TokenRejection? ReadIssuer(JsonElement payload, out string issuer) => RequireText(payload, "iss", out issuer);

    /// <summary>Reads the claims, and checks those that do not depend on the time.</summary>
    public static TokenRejection? TryRead(JsonElement payload, TrustedIssuer issuer, out CognitoAccessTokenClaims? claims)
    {
        claims = null;
        var rejection = ReadTime(payload, "exp", out var expiresAt);
        rejection ??= expiresAt is null ? Missing("exp") : null;
        DateTimeOffset? notBefore = null, issuedAt = null;
        rejection ??= ReadTime(payload, "nbf", out notBefore);
        rejection ??= ReadTime(payload, "iat", out issuedAt);
        rejection ??= CheckText(payload, "sub") ?? CheckText(payload, "jti") ?? CheckText(payload, "scope") ?? CheckAudience(payload);
        string tokenUse = "", clientId = "";
        rejection ??= RequireText(payload, "token_use", out tokenUse);
        // Before client_id, which an ID token does not have.
        if (rejection is null && tokenUse != "access")
            rejection = new TokenRejection(TokenRejectionReason.NotAnAccessToken, "token_use 'access'", Quote.Of(tokenUse));
        rejection ??= RequireText(payload, "client_id", out clientId);
        if (rejection is not null)
            return rejection;

        if (issuer.ClientIds is { } allowed && !allowed.Contains(clientId))
            return new TokenRejection(TokenRejectionReason.ClientNotAllowed, $"a client_id among {Quote.Some(allowed)}", Quote.Of(clientId));

        var scopes = payload.TryGetProperty("scope"u8, out var scope) ? scope.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
        claims = new CognitoAccessTokenClaims(issuer.Issuer, issuer.UserPoolId, clientId, scopes, expiresAt!.Value, notBefore, issuedAt, payload);
        return null;
    }

    /// <summary>What is checked anew at every use: the time, and then whatever the user demands.</summary>
    public TokenRejection? Check(CognitoAccessTokenClaims claims, DateTimeOffset now)
    {
        if (now - _tolerance >= claims.ExpiresAt)
            return new TokenRejection(TokenRejectionReason.Expired, $"an exp after {now:O}{Tolerance()}", $"{claims.ExpiresAt:O}");
        if (now + _tolerance < claims.NotBefore)
            return new TokenRejection(TokenRejectionReason.NotYetValid, $"an nbf not after {now:O}{Tolerance()}", $"{claims.NotBefore:O}");

        return CheckScopes(claims) ?? CheckCustom(claims);
    }

    private TokenRejection? CheckScopes(CognitoAccessTokenClaims claims)
    {
        foreach (var scope in _allOfScopes)
        {
            if (!claims.HasScope(scope))
                return new TokenRejection(TokenRejectionReason.ScopeMissing, $"all scopes of {Quote.Some(_allOfScopes)}", Found(claims));
        }

        if (_anyOfScopes.Length == 0)
            return null;
        foreach (var scope in _anyOfScopes)
        {
            if (claims.HasScope(scope))
                return null;
        }

        return new TokenRejection(TokenRejectionReason.ScopeMissing, $"a scope of {Quote.Some(_anyOfScopes)}", Found(claims));
    }

    private TokenRejection? CheckCustom(CognitoAccessTokenClaims claims)
    {
        foreach (var check in _checks)
        {
            if (check(claims) is { } problem)
                return new TokenRejection(TokenRejectionReason.CheckFailed, "a token that passes the checks of this application", Quote.Of(problem));
        }

        return null;
    }

    private string Tolerance() => _tolerance == TimeSpan.Zero ? "" : $" (tolerance {_tolerance})";

    private static string Found(CognitoAccessTokenClaims claims) => claims.Scopes.Count == 0 ? "none" : Quote.Some(claims.Scopes);

    private static TokenRejection Missing(string claim) =>
        new(TokenRejectionReason.ClaimNotValid, $"a claim {claim}", "none");

    private static TokenRejection? RequireText(JsonElement payload, string claim, out string text)
    {
        text = "";
        if (!payload.TryGetProperty(claim, out var value))
            return Missing(claim);
        if (value.ValueKind != JsonValueKind.String)
            return new TokenRejection(TokenRejectionReason.ClaimNotValid, $"a claim {claim} that is a string", StrictJson.Kind(value));
        text = value.GetString()!;
        return null;
    }

    private static TokenRejection? CheckText(JsonElement payload, string claim) =>
        payload.TryGetProperty(claim, out var value) && value.ValueKind != JsonValueKind.String
            ? new TokenRejection(TokenRejectionReason.ClaimNotValid, $"a claim {claim} that is a string", StrictJson.Kind(value))
            : null;

    // Its value is not checked: Cognito's tokens for machines name no audience, and client_id says whose they are.
    private static TokenRejection? CheckAudience(JsonElement payload) =>
        !payload.TryGetProperty("aud"u8, out var audience)
        || audience.ValueKind == JsonValueKind.String
        || (audience.ValueKind == JsonValueKind.Array && audience.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
            ? null
            : new TokenRejection(TokenRejectionReason.ClaimNotValid, "a claim aud that is a string or an array of strings", StrictJson.Kind(audience));

    private static TokenRejection? ReadTime(JsonElement payload, string claim, out DateTimeOffset? instant)
    {
        instant = null;
        if (!payload.TryGetProperty(claim, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.Number)
            return new TokenRejection(TokenRejectionReason.ClaimNotValid, $"a claim {claim} that is an integer", StrictJson.Kind(value));
        if (!value.TryGetInt64(out var seconds) || seconds is < 0 or > LastInstant)
            return new TokenRejection(TokenRejectionReason.ClaimNotValid, $"a claim {claim} that is an integer between 0 and {LastInstant}", Quote.Of(value.GetRawText()));

        instant = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return null;
    }
}
