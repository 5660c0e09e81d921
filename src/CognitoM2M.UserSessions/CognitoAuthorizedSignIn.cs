namespace CognitoM2M.UserSessions;

/// <summary>A sign-in by an authorization code that is complete.</summary>
public sealed class CognitoAuthorizedSignIn
{
    /// <summary>Makes a complete sign-in, for a test of your own.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="returnUrl">The address to send the browser to.</param>
    /// <param name="nonce">The nonce of the authorization request.</param>
    public CognitoAuthorizedSignIn(CognitoUserTokens tokens, string returnUrl, string nonce)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentException.ThrowIfNullOrEmpty(returnUrl);
        ArgumentException.ThrowIfNullOrEmpty(nonce);

        (Tokens, ReturnUrl, Nonce) = (tokens, returnUrl, nonce);
    }

    /// <summary>The tokens of the user.</summary>
    public CognitoUserTokens Tokens { get; }

    /// <summary>The address to send the browser to: the one of the authorization request. Checked once more.</summary>
    public string ReturnUrl { get; }

    /// <summary>The nonce of the authorization request. The claim of the ID token was compared with it. A verifier of ID tokens takes it, too.</summary>
    public string Nonce { get; }
}
