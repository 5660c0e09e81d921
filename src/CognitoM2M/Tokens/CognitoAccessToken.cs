using System.Diagnostics;
using System.Text.Json.Serialization;

namespace CognitoM2M;

/// <summary>An access token as Cognito gave it. Immutable.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class CognitoAccessToken
{
    /// <summary>Makes a token, for an <see cref="ICognitoTokenProvider"/> of your own, in tests for instance.</summary>
    /// <param name="value">The token itself.</param>
    /// <param name="expiresAt">When it expires.</param>
    /// <param name="scopes">The scopes it grants; none by default.</param>
    public CognitoAccessToken(string value, DateTimeOffset expiresAt, IReadOnlyList<string>? scopes = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);

        Value = value;
        ExpiresAt = expiresAt;
        Scopes = scopes ?? [];
    }

    /// <summary>The token itself: whoever holds it may act as the app client. Not shown by <see cref="ToString"/>, not serialized.</summary>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Value { get; }

    /// <summary>How to present the token (RFC 6750): always <c>Bearer</c>.</summary>
    public string TokenType { get; } = "Bearer";

    /// <summary>When the token expires, by this machine's wall clock at the time it was obtained.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>The scopes granted, as the token says; those asked for if it does not say.</summary>
    public IReadOnlyList<string> Scopes { get; }

    /// <summary>Says what the token is good for, never what it is.</summary>
    public override string ToString() => $"Bearer token for [{string.Join(' ', Scopes)}], expires {ExpiresAt:O}";
}
