using System.Buffers;
using System.Text.Json;

namespace CognitoM2M.Verification.Parsing;

/// <summary>Reads the claim <c>token_use</c> of a token that nobody has verified, to choose who verifies it.</summary>
internal static class UnverifiedTokenUse
{
    private const int MaxLength = 1_048_576;

    /// <summary>Reads the first claim of that name. The verifier that is chosen rejects a token that has it twice.</summary>
    /// <returns><c>access</c> or <c>id</c>; null for every other text.</returns>
    public static string? Read(ReadOnlySpan<char> token)
    {
        var headerEnd = token.IndexOf('.');
        var payloadEnd = token.LastIndexOf('.');
        if (payloadEnd <= headerEnd || token.Length > MaxLength || !StrictBase64Url.IsWellFormed(token[(headerEnd + 1)..payloadEnd]))
            return null;

        var payload = token[(headerEnd + 1)..payloadEnd];
        var length = StrictBase64Url.CountBytes(payload.Length);
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var utf8 = rented.AsSpan(0, length);
            StrictBase64Url.Decode(payload, utf8);
            return ReadFrom(utf8);
        }
        // The second exception is about half a surrogate pair.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static string? ReadFrom(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isUse = reader.ValueTextEquals("token_use"u8);
            reader.Read();
            if (isUse)
            {
                return reader.TokenType != JsonTokenType.String ? null
                    : reader.ValueTextEquals("access"u8) ? "access"
                    : reader.ValueTextEquals("id"u8) ? "id"
                    : null;
            }

            reader.Skip();
        }

        return null;
    }
}
