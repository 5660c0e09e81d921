using System.Buffers;
using System.Text;
using System.Text.Json;
using CognitoM2M.Shared;
using CognitoM2M.Verification.Diagnostics;

namespace CognitoM2M.Verification.Parsing;

/// <summary>
/// Splits a token into its parts (RFC 7515, compact serialization). The parser is strict: text that Cognito never writes is rejected.
/// </summary>
internal static class TokenParser
{
    /// <summary>Parses a token.</summary>
    /// <returns>Why the text is not a token; null if it was parsed.</returns>
    public static TokenRejection? Parse(ReadOnlySpan<char> token, int maxLength, out UnverifiedToken? parsed)
    {
        parsed = null;
        if (token.IsEmpty)
            return new TokenRejection(TokenRejectionReason.Missing, "a token", "none");
        if (token.Length > maxLength)
            return new TokenRejection(TokenRejectionReason.TooLong, $"at most {maxLength} characters", $"{token.Length}");

        var parts = token.Count('.') + 1;
        if (parts != 3)
            return new TokenRejection(TokenRejectionReason.Malformed, "three parts separated by dots", $"{parts}{(parts == 5 ? ", as in an encrypted token" : "")}");

        var headerEnd = token.IndexOf('.');
        var payloadEnd = token.LastIndexOf('.');
        var header = token[..headerEnd];
        var payload = token[(headerEnd + 1)..payloadEnd];
        var signature = token[(payloadEnd + 1)..];

        if (FindMalformedPart(header, payload, signature) is { } part)
            return new TokenRejection(TokenRejectionReason.Malformed, "base64url without padding in each part", $"other text in the {part}");

        if (ParseJson(header, out var headerJson) is { } headerProblem)
            return new TokenRejection(TokenRejectionReason.HeaderNotValid, "a header that is a JSON object with unique names", headerProblem);
        if (CheckHeader(headerJson, out var keyId) is { } rejection)
            return rejection;
        if (ParseJson(payload, out var payloadJson) is { } payloadProblem)
            return new TokenRejection(TokenRejectionReason.PayloadNotValid, "a payload that is a JSON object with unique names", payloadProblem);

        var signedBytes = new byte[payloadEnd];
        Encoding.ASCII.GetBytes(token[..payloadEnd], signedBytes);
        var signatureBytes = new byte[StrictBase64Url.CountBytes(signature.Length)];
        StrictBase64Url.Decode(signature, signatureBytes);
        parsed = new UnverifiedToken
        {
            KeyId = keyId,
            Payload = payloadJson,
            SignedBytes = signedBytes,
            Signature = signatureBytes,
        };
        return null;
    }

    private static string? FindMalformedPart(ReadOnlySpan<char> header, ReadOnlySpan<char> payload, ReadOnlySpan<char> signature) =>
        !StrictBase64Url.IsWellFormed(header) ? "header"
        : !StrictBase64Url.IsWellFormed(payload) ? "payload"
        : !StrictBase64Url.IsWellFormed(signature) ? "signature"
        : null;

    private static string? ParseJson(ReadOnlySpan<char> part, out JsonElement json)
    {
        var length = StrictBase64Url.CountBytes(part.Length);
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var utf8 = rented.AsSpan(0, length);
            StrictBase64Url.Decode(part, utf8);
            return StrictJson.TryParseObject(utf8, out json);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    // The members jwk, jku, x5u and x5c are ignored: a token must not choose the key that verifies it (RFC 8725, section 3.10).
    private static TokenRejection? CheckHeader(JsonElement header, out string keyId)
    {
        keyId = "";
        if (!header.TryGetProperty("alg"u8, out var algorithm))
            return new TokenRejection(TokenRejectionReason.AlgorithmNotAllowed, "alg 'RS256'", "no alg");
        if (algorithm.ValueKind != JsonValueKind.String)
            return new TokenRejection(TokenRejectionReason.HeaderNotValid, "an alg that is a string", StrictJson.Kind(algorithm));
        if (!algorithm.ValueEquals("RS256"u8))
            return new TokenRejection(TokenRejectionReason.AlgorithmNotAllowed, "alg 'RS256'", SafeText.Quote(algorithm.GetString()!));

        if (header.TryGetProperty("crit"u8, out _))
            return new TokenRejection(TokenRejectionReason.CriticalHeaderNotSupported, "a header without crit", "a header with crit");

        if (!header.TryGetProperty("kid"u8, out var kid))
            return new TokenRejection(TokenRejectionReason.KeyIdMissing, "a kid", "none");
        if (kid.ValueKind != JsonValueKind.String)
            return new TokenRejection(TokenRejectionReason.HeaderNotValid, "a kid that is a string", StrictJson.Kind(kid));
        keyId = kid.GetString()!;
        return keyId.Length == 0 ? new TokenRejection(TokenRejectionReason.KeyIdMissing, "a kid", "an empty one") : null;
    }
}
