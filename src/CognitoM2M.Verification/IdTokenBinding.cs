namespace CognitoM2M.Verification;

/// <summary>What an ID token has to belong to: the authentication request, and the access token that was issued together with it.</summary>
public sealed class IdTokenBinding
{
    /// <summary>The value that the application sent with the authentication request. The claim <c>nonce</c> must be equal to it.</summary>
    /// <value>Null by default: <c>nonce</c> is not checked. Must not be empty.</value>
    public string? Nonce
    {
        get;
        init
        {
            ThrowIfEmpty(value);
            field = value;
        }
    }

    /// <summary>
    /// The access token that came with the ID token. The claim <c>at_hash</c> must be its hash (OpenID Connect Core, section 3.1.3.6). The access token itself
    /// is not verified.
    /// </summary>
    /// <value>
    /// Null by default: <c>at_hash</c> is not checked. Must not be empty. The tokens of <c>InitiateAuth</c> have no <c>at_hash</c>, so they are rejected if an
    /// access token is given.
    /// </value>
    public string? AccessToken
    {
        get;
        init
        {
            ThrowIfEmpty(value);
            field = value;
        }
    }

    // An empty text would come from a session that has lost the value. It must not mean that nothing is checked.
    private static void ThrowIfEmpty(string? value)
    {
        if (value is { Length: 0 })
            throw new ArgumentException("The value is empty. Pass null if it must not be checked.", nameof(value));
    }
}
