using System.Buffers;
using System.Text.Json;
using CognitoM2M.Shared;

namespace CognitoM2M.Verification.Parsing;

/// <summary>
/// Reads single claims of a token that nobody has verified, to choose who verifies the token. The first claim of a name counts. The verifier that is chosen
/// rejects a token that has the name twice.
/// </summary>
internal static class UnverifiedClaims
{
    private delegate string? ReadText(ref Utf8JsonReader value);

    /// <summary>Reads <c>token_use</c>, without allocation.</summary>
    /// <returns><c>access</c> or <c>id</c>; null for every other text.</returns>
    public static string? ReadTokenUse(ReadOnlySpan<char> token) => Read(token, "token_use"u8, static (ref value) =>
        value.ValueTextEquals("access"u8) ? "access"
        : value.ValueTextEquals("id"u8) ? "id"
        : null);

    /// <summary>Reads <c>iss</c>, also of a token that is signed in a way that this library does not accept.</summary>
    /// <returns>The issuer; null if it is not an address, and for every text that is not a token.</returns>
    public static string? ReadIssuer(ReadOnlySpan<char> token) =>
        Read(token, "iss"u8, static (ref value) => value.GetString()) is { } issuer && IsIssuer(issuer) ? issuer : null;

    /// <summary>Whether the text can be an issuer: an http or https address of printable ASCII characters that is not too long.</summary>
    public static bool IsIssuer(string text) =>
        text.Length <= VerificationLimits.MaxIssuerLength
        && !text.AsSpan().ContainsAnyExceptInRange('!', '~')
        && Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);

    private static string? Read(ReadOnlySpan<char> token, ReadOnlySpan<byte> claim, ReadText read)
    {
        var headerEnd = token.IndexOf('.');
        var payloadEnd = token.LastIndexOf('.');
        if (payloadEnd <= headerEnd || token.Length > VerificationLimits.MaxTokenLength || !StrictBase64Url.IsWellFormed(token[(headerEnd + 1)..payloadEnd]))
            return null;

        var payload = token[(headerEnd + 1)..payloadEnd];
        var length = StrictBase64Url.CountBytes(payload.Length);
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var utf8 = rented.AsSpan(0, length);
            StrictBase64Url.Decode(payload, utf8);
            return ReadFrom(utf8, claim, read);
        }
        // The second exception reports half of a surrogate pair.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static string? ReadFrom(ReadOnlySpan<byte> utf8, ReadOnlySpan<byte> claim, ReadText read)
    {
        var reader = new Utf8JsonReader(utf8);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isWanted = reader.ValueTextEquals(claim);
            reader.Read();
            if (isWanted)
                return reader.TokenType == JsonTokenType.String ? read(ref reader) : null;

            reader.Skip();
        }

        return null;
    }
}
