namespace CognitoM2M.Verification;

/// <summary>Everything that can be wrong with a token.</summary>
public enum TokenRejectionReason
{
    /// <summary>There is none: null or empty.</summary>
    Missing = 1,

    /// <summary>It is longer than <see cref="CognitoAccessTokenVerifierOptions.MaxTokenLength"/>.</summary>
    TooLong = 2,

    /// <summary>It is not three parts of base64url without padding, separated by dots (RFC 7515, section 7.1).</summary>
    Malformed = 3,

    /// <summary>Its header is not a JSON object, or has duplicate names or members of the wrong type.</summary>
    HeaderNotValid = 4,

    /// <summary>It is not signed with RS256, as Cognito's are.</summary>
    AlgorithmNotAllowed = 5,

    /// <summary>Its header demands an extension (<c>crit</c>, RFC 7515, section 4.1.11); Cognito's demand none.</summary>
    CriticalHeaderNotSupported = 6,

    /// <summary>Its header names no key.</summary>
    KeyIdMissing = 7,

    /// <summary>Its payload is not a JSON object, or has duplicate names.</summary>
    PayloadNotValid = 8,

    /// <summary>A claim is missing, of the wrong type, or out of range.</summary>
    ClaimNotValid = 9,

    /// <summary>Another user pool issued it, or nobody known.</summary>
    IssuerNotTrusted = 10,

    /// <summary>
    /// The key is not at hand, and the key set cannot be read at present: says nothing about the token. The same token may be accepted a
    /// moment later.
    /// </summary>
    KeysNotAvailable = 11,

    /// <summary>
    /// The pool's key set does not hold its key. A key that was published within the last ten seconds may not have been seen, if other
    /// tokens named unknown keys meanwhile.
    /// </summary>
    KeyNotFound = 12,

    /// <summary>Its key is in the key set, but is not one for RS256 signatures with 2,048 bits or more.</summary>
    KeyNotUsable = 13,

    /// <summary>Its signature is not its key's over its header and payload.</summary>
    SignatureNotValid = 14,

    /// <summary>Its time is over (<c>exp</c>).</summary>
    Expired = 15,

    /// <summary>Its time has not come (<c>nbf</c>).</summary>
    NotYetValid = 16,

    /// <summary>It is not an access token (<c>token_use</c>), but an ID token, say.</summary>
    NotAnAccessToken = 17,

    /// <summary>It was issued to an app client that is not among those accepted (<c>client_id</c>).</summary>
    ClientNotAllowed = 18,

    /// <summary>It lacks a scope.</summary>
    ScopeMissing = 19,

    /// <summary>One of <see cref="CognitoAccessTokenVerifierOptions.Checks"/> refused it.</summary>
    CheckFailed = 20,
}
