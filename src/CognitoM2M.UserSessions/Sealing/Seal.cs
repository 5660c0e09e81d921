using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CognitoM2M.UserSessions.Sealing;

/// <summary>Seals contents into texts for addresses and forms. A text opens only for the purpose and the app client that it was sealed for, and until it ends.</summary>
/// <param name="protector">Encrypts and authenticates.</param>
/// <param name="clientId">The app client.</param>
/// <param name="lifetime">How long a text can be opened.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class Seal(ICognitoStateProtector protector, string clientId, TimeSpan lifetime, TimeProvider timeProvider)
{
    // Addresses and forms carry the text. A longer text does not come from this library.
    private const int LongestText = 8 * 1024;

    // Each character stands for itself where JSON allows it. Escapes for HTML would make an address six times as long, and the text is encrypted.
    private static readonly SealedContents _plain =
        new(new JsonSerializerOptions(SealedContents.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, TypeInfoResolver = null });

    /// <summary>When a text ends that is sealed now.</summary>
    public DateTimeOffset GetEnd() => timeProvider.GetUtcNow() + lifetime;

    /// <param name="purpose">What the text is for.</param>
    /// <param name="content">The content.</param>
    /// <param name="expiresAt">When the text ends.</param>
    /// <param name="type">How the content is written.</param>
    /// <exception cref="InvalidOperationException">The content is too long.</exception>
    public string Close<T>(string purpose, T content, DateTimeOffset expiresAt, JsonTypeInfo<T> type)
    {
        var envelope = new Envelope(purpose, clientId, expiresAt.ToUnixTimeMilliseconds(), JsonSerializer.SerializeToElement(content, type));
        var bytes = JsonSerializer.SerializeToUtf8Bytes(envelope, _plain.Envelope);
        var text = Base64Url.EncodeToString(protector.Protect(bytes));
        return text.Length <= LongestText ? text : throw new InvalidOperationException($"The {purpose} is too long to be sealed: {text.Length} characters instead of at most {LongestText}. If the address in CallbackUrls is long, shorten it.");
    }

    /// <summary>Opens a text.</summary>
    /// <returns>Null if the text was changed, has ended, or was sealed with another key, for another purpose or for another app client.</returns>
    public T? Open<T>(string purpose, string? text, JsonTypeInfo<T> type)
        where T : class
    {
        if (text is not { Length: > 0 and <= LongestText } || !Base64Url.IsValid(text) || TryUnprotect(text) is not { } bytes)
            return null;

        try
        {
            return JsonSerializer.Deserialize(bytes, SealedContents.Default.Envelope) is { } envelope
                && envelope.Purpose == purpose
                && envelope.ClientId == clientId
                && timeProvider.GetUtcNow().ToUnixTimeMilliseconds() < envelope.ExpiresAt
                    ? envelope.Content.Deserialize(type)
                    : null;
        }
        catch (JsonException)
        {
            // The application has protected something else with the same protector.
            return null;
        }
    }

    private byte[]? TryUnprotect(string text)
    {
        try
        {
            return protector.Unprotect(Base64Url.DecodeFromChars(text));
        }
        catch (Exception)
        {
            // The text comes from a browser and may have been changed. Each protector throws another exception for a changed text.
            return null;
        }
    }
}
