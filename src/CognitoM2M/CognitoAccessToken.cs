using System.Diagnostics;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace CognitoM2M;

/// <summary>An access token as Cognito gave it. Immutable.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class CognitoAccessToken
{
    private const string Scheme = "Bearer";

    // The token is most of what an entry weighs, and most calls want it as a header: it is kept as that, and alone once somebody asks.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private string? _value;

    /// <summary>Makes a token, for an <see cref="ICognitoTokenProvider"/> of your own, in tests for instance.</summary>
    /// <param name="value">The token itself.</param>
    /// <param name="expiresAt">When it expires.</param>
    /// <param name="scopes">The scopes it grants; none by default.</param>
    public CognitoAccessToken(string value, DateTimeOffset expiresAt, IReadOnlyList<string>? scopes = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);

        HeaderValue = $"{Scheme} {value}";
        ExpiresAt = expiresAt;
        Scopes = scopes ?? [];
    }

    /// <summary>The token itself: whoever holds it may act as the app client. Not shown by <see cref="ToString"/>, not serialized.</summary>
    [JsonIgnore]
    [IgnoreDataMember]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Value => _value ??= HeaderValue[(Scheme.Length + 1)..];

    /// <summary>How to present the token (RFC 6750): always <c>Bearer</c>.</summary>
    public string TokenType { get; } = Scheme;

    /// <summary>When the token expires, by this machine's wall clock at the time it was obtained.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>The scopes granted, as the token says; those asked for if it does not say.</summary>
    public IReadOnlyList<string> Scopes { get; }

    /// <summary>The value of the Authorization header (RFC 6750, section 2.1).</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal string HeaderValue { get; }

    /// <summary>Says what the token is good for, never what it is.</summary>
    public override string ToString() => $"Bearer token for [{string.Join(' ', Scopes)}], expires {ExpiresAt:O}";
}
