using System.Diagnostics;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace CognitoM2M.UserSessions;

/// <summary>An authorization request: where to send the browser, and what the browser must bring back.</summary>
/// <remarks>
/// Put <see cref="CodeVerifier"/> into a cookie (HttpOnly, Secure, SameSite=Lax) and send the browser to <see cref="Address"/>. The cookie binds the state to this
/// browser: nobody can finish a sign-in that they began in the browser of somebody else.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class CognitoAuthorization
{
    internal CognitoAuthorization(Uri address, string codeVerifier, string nonce, DateTimeOffset expiresAt) =>
        (Address, CodeVerifier, Nonce, ExpiresAt) = (address, codeVerifier, nonce, expiresAt);

    /// <summary>The address of <c>/oauth2/authorize</c> with all parameters.</summary>
    [JsonIgnore]
    [IgnoreDataMember]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public Uri Address { get; }

    /// <summary>The code verifier (PKCE, RFC 7636): 43 characters of base64url. Give it to <see cref="CognitoUserSessions.CompleteAuthorizationAsync"/>.</summary>
    [JsonIgnore]
    [IgnoreDataMember]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string CodeVerifier { get; }

    /// <summary>The claim <c>nonce</c> that the ID token will have.</summary>
    [JsonIgnore]
    [IgnoreDataMember]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Nonce { get; }

    /// <summary>When the state ends. The cookie can end then, too.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>Describes the end. Does not contain the address, the verifier or the nonce.</summary>
    public override string ToString() => $"Authorization request, ends {ExpiresAt:O}";
}
