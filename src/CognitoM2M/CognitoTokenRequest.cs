using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CognitoM2M.Tokens;

namespace CognitoM2M;

/// <summary>What one call asks for instead of the app client's own settings. Immutable; make it once and use it often.</summary>
public sealed class CognitoTokenRequest
{
    private static readonly JsonWriterOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The scopes to ask for, each written <c>resource-server/scope</c>.</summary>
    /// <value><see langword="null"/> by default: those of the app client's options. Empty: every scope the app client is allowed.</value>
    /// <exception cref="ArgumentException">A scope is malformed, or there are more than 50.</exception>
    public IReadOnlyList<string>? Scopes
    {
        get;
        init
        {
            if (value is not null && ScopeSet.Error(value) is { } error)
                throw new ArgumentException($"Scopes: {error}", nameof(value));

            field = value is null ? null : [.. value];
            CanonicalScopes = field is null ? null : ScopeSet.Canonical(field);
        }
    }

    /// <summary>Passed to the user pool's pre token generation trigger (<c>aws_client_metadata</c>).</summary>
    /// <value><see langword="null"/> by default: that of the app client's options.</value>
    /// <exception cref="ArgumentException">A name is empty or a value is null.</exception>
    public IReadOnlyDictionary<string, string>? ClientMetadata
    {
        get;
        init
        {
            if (value is not null && MetadataError(value) is { } error)
                throw new ArgumentException(error, nameof(value));

            field = value is null ? null : new Dictionary<string, string>(value, StringComparer.Ordinal);
            CanonicalMetadata = field is null ? null : MetadataJson(field);
        }
    }

    /// <summary>
    /// Whether a new token is fetched even though a good one is held. Each such call costs a token request, shared with the calls
    /// made at the same time; after a 401 it is not needed, the handler replaces a rejected token by itself.
    /// </summary>
    /// <value><see langword="false"/> by default.</value>
    public bool ForceRefresh { get; init; }

    internal string? CanonicalScopes { get; private init; }

    internal string? CanonicalMetadata { get; private init; }

    /// <summary>What is wrong with this metadata, or null.</summary>
    internal static string? MetadataError(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        foreach (var (name, value) in metadata)
        {
            if (name.Length == 0 || value is null)
                return "ClientMetadata must not hold an empty name or a null value.";
        }

        return null;
    }

    /// <summary>A JSON object with its names in order, so that equal metadata is equal text; empty for none.</summary>
    internal static string MetadataJson(IEnumerable<KeyValuePair<string, string>> metadata)
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
