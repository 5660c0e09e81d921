using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CognitoM2M.Tokens;

namespace CognitoM2M;

/// <summary>What one call requests instead of the app client's own settings. Immutable: make it once and reuse it.</summary>
public sealed class CognitoTokenRequest
{
    private static readonly JsonWriterOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The scopes to request, each written <c>resource-server/scope</c>.</summary>
    /// <value><see langword="null"/> by default: the scopes of the app client's options. Empty: every scope that the app client is allowed. At most 50.</value>
    /// <exception cref="ArgumentException">A scope is malformed, or there are more than 50.</exception>
    public IReadOnlyList<string>? Scopes
    {
        get;
        init
        {
            if (value is not null && ScopeSet.FindError(value) is { } error)
                throw new ArgumentException($"Scopes: {error}", nameof(value));

            field = value is null ? null : [.. value];
            CanonicalScopes = field is null ? null : ScopeSet.Join(field);
        }
    }

    /// <summary>Names and values that Cognito passes to the pre token generation trigger of the user pool (<c>aws_client_metadata</c>).</summary>
    /// <value><see langword="null"/> by default: the metadata of the app client's options.</value>
    /// <exception cref="ArgumentException">A name is empty or a value is null.</exception>
    public IReadOnlyDictionary<string, string>? ClientMetadata
    {
        get;
        init
        {
            if (value is not null && FindMetadataError(value) is { } error)
                throw new ArgumentException(error, nameof(value));

            field = value is null ? null : new Dictionary<string, string>(value, StringComparer.Ordinal);
            CanonicalMetadata = field is null ? null : WriteMetadata(field);
        }
    }

    /// <summary>
    /// Whether a new token is fetched although a usable token is held. Each call with <c>ForceRefresh</c> costs a token request; calls at the same
    /// time share one request. After a 401, <c>ForceRefresh</c> is not needed: HttpClients replace a rejected token by themselves, and other callers use
    /// <see cref="ICognitoTokenProvider.ReplaceRejectedTokenAsync"/>.
    /// </summary>
    /// <value><see langword="false"/> by default.</value>
    public bool ForceRefresh { get; init; }

    /// <summary>
    /// How long the token must still be valid. The longer of this and <see cref="CognitoM2MClientOptions.MinimumRemainingLifetime"/> counts.
    /// Requests that differ in nothing else share one token.
    /// </summary>
    /// <value>Zero by default; up to 12 hours. At most half of the lifetime of a token counts.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, or more than 12 hours.</exception>
    public TimeSpan MinimumRemainingLifetime
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromHours(12));
            field = value;
        }
    }

    internal string? CanonicalScopes { get; private init; }

    internal string? CanonicalMetadata { get; private init; }

    /// <summary>Finds what is wrong with the metadata; null if nothing is.</summary>
    internal static string? FindMetadataError(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        foreach (var (name, value) in metadata)
        {
            if (name.Length == 0 || value is null)
                return "ClientMetadata must not hold an empty name or a null value.";
        }

        return null;
    }

    /// <summary>Writes a JSON object with its names in order, so that equal metadata always gives the same text. Empty if there is no metadata.</summary>
    internal static string WriteMetadata(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        List<KeyValuePair<string, string>> pairs = [.. metadata];
        if (pairs.Count == 0)
            return "";

        pairs.Sort(static (one, other) => string.CompareOrdinal(one.Key, other.Key));
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, _json))
        {
            json.WriteStartObject();
            foreach (var (name, value) in pairs)
                json.WriteString(name, value);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
