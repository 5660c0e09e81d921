using System.Text.Json;
using CognitoM2M.Shared;
using CognitoM2M.Verification.Diagnostics;
using CognitoM2M.Verification.Issuers;

namespace CognitoM2M.Verification.Claims;

/// <summary>Reads the claims of a token, and checks everything about them that does not depend on the time: types, token use, app client.</summary>
internal static class ClaimReader
{
    /// <summary>The last second that a DateTimeOffset can express.</summary>
    public const long MaxUnixSeconds = 253_402_300_799;

    /// <summary>Reads the issuer that a payload names. Does not check whether that issuer is accepted.</summary>
    /// <returns>Why there is no issuer; null if there is one.</returns>
    public static TokenRejection? ReadIssuer(JsonElement payload, out string issuer) => ReadText(payload, "iss", out issuer);

    /// <summary>Reads the claims of a payload whose signature was verified.</summary>
    /// <returns>Why the claims are not accepted; null if they are.</returns>
    public static TokenRejection? Read(JsonElement payload, TrustedIssuer issuer, out CognitoAccessTokenClaims? claims)
    {
        claims = null;
        var rejection = ReadTime(payload, "exp", out var expiresAt);
        rejection ??= expiresAt is null ? RejectMissing("exp") : null;
        DateTimeOffset? notBefore = null, issuedAt = null;
        rejection ??= ReadTime(payload, "nbf", out notBefore);
        rejection ??= ReadTime(payload, "iat", out issuedAt);
        string? subject = null, tokenId = null, scope = null;
        rejection ??= ReadOptionalText(payload, "sub", out subject);
        rejection ??= ReadOptionalText(payload, "jti", out tokenId);
        rejection ??= ReadOptionalText(payload, "scope", out scope);
        rejection ??= CheckAudience(payload);
        string tokenUse = "", clientId = "";
        rejection ??= ReadText(payload, "token_use", out tokenUse);
        // Checked before client_id: an ID token has no client_id, and "not an access token" is the better explanation.
        if (rejection is null && tokenUse != "access")
            rejection = new TokenRejection(TokenRejectionReason.NotAnAccessToken, "token_use 'access'", SafeText.Quote(tokenUse));
        rejection ??= ReadText(payload, "client_id", out clientId);
        if (rejection is not null)
            return rejection;

        if (issuer.ClientIds is { } allowed && !allowed.Contains(clientId))
            return new TokenRejection(TokenRejectionReason.ClientNotAllowed, $"a client_id among {SafeText.QuoteSome(allowed)}", SafeText.Quote(clientId)) { ClientId = clientId };

        claims = new CognitoAccessTokenClaims
        {
            Issuer = issuer.Issuer,
            UserPoolId = issuer.UserPoolId,
            ClientId = clientId,
            Subject = subject,
            Scopes = scope?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
            ExpiresAt = expiresAt!.Value,
            NotBefore = notBefore,
            IssuedAt = issuedAt,
            TokenId = tokenId,
            Payload = payload,
        };
        return null;
    }

    private static TokenRejection RejectMissing(string claim) => new(TokenRejectionReason.ClaimNotValid, $"a claim {claim}", "none");

    private static TokenRejection? ReadText(JsonElement payload, string claim, out string text)
    {
        var rejection = ReadOptionalText(payload, claim, out var value);
        text = value ?? "";
        return rejection ?? (value is null ? RejectMissing(claim) : null);
    }

    private static TokenRejection? ReadOptionalText(JsonElement payload, string claim, out string? text)
    {
        text = null;
        if (!payload.TryGetProperty(claim, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.String)
            return new TokenRejection(TokenRejectionReason.ClaimNotValid, $"a claim {claim} that is a string", StrictJson.Kind(value));
        text = value.GetString();
        return null;
    }

    // Only the type is checked. Cognito's tokens for machines normally have no aud; client_id says whom the token was issued to.
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
        if (!value.TryGetInt64(out var seconds) || seconds is < 0 or > MaxUnixSeconds)
        {
            return new TokenRejection(
                TokenRejectionReason.ClaimNotValid, $"a claim {claim} that is an integer between 0 and {MaxUnixSeconds}", SafeText.Quote(value.GetRawText()));
        }

        instant = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return null;
    }
}
