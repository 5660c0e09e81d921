using System.Diagnostics;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace CognitoM2M.UserSessions;

/// <summary>The tokens of a user who has signed in. Immutable. <see cref="ToString"/> and serializers leave the tokens out.</summary>
/// <remarks>Keep the tokens on the server. The tokens come from Cognito over TLS, and this library does not verify their signatures.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class CognitoUserTokens
{
    /// <summary>Makes tokens, for a test or a store of your own.</summary>
    /// <param name="accessToken">The access token.</param>
    /// <param name="expiresAt">When the access token expires.</param>
    /// <param name="idToken">The ID token; null if there is none.</param>
    /// <param name="refreshToken">The refresh token; null if there is none.</param>
    /// <exception cref="ArgumentException">The access token is null or empty.</exception>
    public CognitoUserTokens(string accessToken, DateTimeOffset expiresAt, string? idToken = null, string? refreshToken = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(accessToken);

        (AccessToken, ExpiresAt, IdToken, RefreshToken) = (accessToken, expiresAt, idToken, refreshToken);
    }

    /// <summary>The access token.</summary>
    [JsonIgnore]
    [IgnoreDataMember]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string AccessToken { get; }

    /// <summary>The ID token.</summary>
    /// <value>Null after an authorization request without the scope <c>openid</c>.</value>
    [JsonIgnore]
    [IgnoreDataMember]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? IdToken { get; }

    /// <summary>The refresh token to use next. After <see cref="CognitoUserSessions.RefreshAsync"/> this is the new one if the app client rotates refresh tokens, and otherwise the one that was used.</summary>
    [JsonIgnore]
    [IgnoreDataMember]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? RefreshToken { get; }

    /// <summary>When the access token expires. Counted from the wall clock of this machine when the token was requested.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>Describes the expiry. Does not contain a token.</summary>
    public override string ToString() => $"Tokens of a user, expire {ExpiresAt:O}";
}
