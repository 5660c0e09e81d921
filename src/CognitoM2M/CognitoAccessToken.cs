using System.Diagnostics;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace CognitoM2M;

/// <summary>An access token that Cognito issued. Immutable.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class CognitoAccessToken
{
    private const string Scheme = "Bearer";

    // The token takes most of the memory of a cache entry, and most calls need it as a header. So only the header is kept, and this text from its first use on.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private string? _value;

    /// <summary>Makes a token, for an <see cref="ICognitoTokenProvider"/> of your own, such as one in a test.</summary>
    /// <param name="value">The text of the token, without <c>Bearer</c>.</param>
    /// <param name="expiresAt">When the token expires.</param>
    /// <param name="scopes">The scopes that the token grants; none by default.</param>
    /// <exception cref="ArgumentException">The text is null or empty.</exception>
    public CognitoAccessToken(string value, DateTimeOffset expiresAt, IReadOnlyList<string>? scopes = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);

        HeaderValue = $"{Scheme} {value}";
        ExpiresAt = expiresAt;
        Scopes = scopes ?? [];
    }

    /// <summary>The text of the token. Keep it secret: with it, any program can act as the app client. <see cref="ToString"/> and serializers leave it out.</summary>
    [JsonIgnore]
    [IgnoreDataMember]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Value => _value ??= HeaderValue[(Scheme.Length + 1)..];

    /// <summary>The authentication scheme to send the token with (RFC 6750): always <c>Bearer</c>.</summary>
    public string TokenType { get; } = Scheme;

    /// <summary>When the token expires. Counted from the wall clock of this machine when the token was requested.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>The granted scopes, read from the <c>scope</c> claim of the token. Without this claim, none. If the token cannot be read, the requested scopes.</summary>
    public IReadOnlyList<string> Scopes { get; }

    /// <summary>The value of the Authorization header (RFC 6750, section 2.1).</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal string HeaderValue { get; }

    /// <summary>Describes scopes and expiry. Does not contain the token.</summary>
    public override string ToString() => $"Bearer token for [{string.Join(' ', Scopes)}], expires {ExpiresAt:O}";
}
