using System.Collections.Frozen;
using System.Text.Json;
using CognitoM2M.Shared;
using CognitoM2M.Verification.Diagnostics;

namespace CognitoM2M.Verification.Claims;

/// <summary>Reads single claims, each of the type that it must have. A claim that is null has the wrong type.</summary>
internal static class ClaimReader
{
    /// <summary>The last second that a DateTimeOffset can express.</summary>
    public const long MaxUnixSeconds = 253_402_300_799;

    /// <summary>Reads the issuer that a payload names. Does not check whether that issuer is accepted.</summary>
    /// <returns>Why there is no issuer; null if there is one.</returns>
    public static TokenRejection? ReadIssuer(JsonElement payload, out string issuer) => ReadText(payload, "iss", out issuer);

    public static TokenRejection? ReadText(JsonElement payload, string claim, out string text)
    {
        var rejection = ReadOptionalText(payload, claim, out var value);
        text = value ?? "";
        return rejection ?? (value is null ? RejectMissing(claim) : null);
    }

    public static TokenRejection? ReadOptionalText(JsonElement payload, string claim, out string? text)
    {
        text = null;
        if (!payload.TryGetProperty(claim, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.String)
            return RejectType(claim, "a string", value);
        text = value.GetString();
        return null;
    }

    /// <summary>Reads an array of strings; empty if there is no such claim.</summary>
    public static TokenRejection? ReadTexts(JsonElement payload, string claim, out string[] texts)
    {
        texts = [];
        if (!payload.TryGetProperty(claim, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.Array || !HoldsTextsOnly(value))
            return RejectType(claim, "an array of strings", value);
        texts = [.. value.EnumerateArray().Select(item => item.GetString()!)];
        return null;
    }

    /// <summary>Reads a boolean; false if there is no such claim.</summary>
    public static TokenRejection? ReadBoolean(JsonElement payload, string claim, out bool isTrue)
    {
        isTrue = false;
        if (!payload.TryGetProperty(claim, out var value))
            return null;
        // The first version of the pre token generation trigger can set claims to strings only.
        isTrue = value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.String && value.ValueEquals("true"u8));
        return isTrue || value.ValueKind == JsonValueKind.False || (value.ValueKind == JsonValueKind.String && value.ValueEquals("false"u8))
            ? null
            : RejectType(claim, "true or false", value);
    }

    public static TokenRejection? ReadTime(JsonElement payload, string claim, out DateTimeOffset instant)
    {
        var rejection = ReadOptionalTime(payload, claim, out var value);
        instant = value ?? default;
        return rejection ?? (value is null ? RejectMissing(claim) : null);
    }

    public static TokenRejection? ReadOptionalTime(JsonElement payload, string claim, out DateTimeOffset? instant)
    {
        instant = null;
        if (!payload.TryGetProperty(claim, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.Number)
            return RejectType(claim, "an integer", value);
        if (!value.TryGetInt64(out var seconds) || seconds is < 0 or > MaxUnixSeconds)
        {
            return new TokenRejection(
                TokenRejectionReason.ClaimNotValid, $"a claim {claim} that is an integer between 0 and {MaxUnixSeconds}", SafeText.Quote(value.GetRawText()));
        }

        instant = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return null;
    }

    /// <summary>Checks the type of a claim that is a string or an array of strings, if it is there.</summary>
    public static TokenRejection? CheckTextOrTexts(JsonElement payload, string claim) =>
        !payload.TryGetProperty(claim, out var value)
        || value.ValueKind == JsonValueKind.String
        || (value.ValueKind == JsonValueKind.Array && HoldsTextsOnly(value))
            ? null
            : RejectType(claim, "a string or an array of strings", value);

    /// <summary>Checks that the token was issued to one of the app clients that are accepted.</summary>
    public static TokenRejection? CheckClient(FrozenSet<string>? accepted, string claim, string clientId) =>
        accepted is null || accepted.Contains(clientId)
            ? null
            : new TokenRejection(TokenRejectionReason.ClientNotAllowed, $"{(claim == "aud" ? "an" : "a")} {claim} among {SafeText.QuoteSome(accepted)}", SafeText.Quote(clientId)) { ClientId = clientId };

    private static bool HoldsTextsOnly(JsonElement array) => array.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String);

    private static TokenRejection RejectMissing(string claim) => new(TokenRejectionReason.ClaimNotValid, $"a claim {claim}", "none");

    private static TokenRejection RejectType(string claim, string expected, JsonElement value) =>
        new(TokenRejectionReason.ClaimNotValid, $"a claim {claim} that is {expected}", StrictJson.Kind(value));
}
