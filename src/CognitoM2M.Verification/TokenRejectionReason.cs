namespace CognitoM2M.Verification;

/// <summary>The rule that a token broke.</summary>
public enum TokenRejectionReason
{
    /// <summary>There is no token: the text is null or empty.</summary>
    Missing = 1,

    /// <summary>The token is longer than <see cref="CognitoTokenVerifierOptions.MaxTokenLength"/>.</summary>
    TooLong = 2,

    /// <summary>The token is not three parts of base64url without padding, separated by dots (RFC 7515, section 7.1).</summary>
    Malformed = 3,

    /// <summary>The header is not a JSON object, or has duplicate names or members of the wrong type.</summary>
    HeaderNotValid = 4,

    /// <summary>The header names another algorithm than RS256. Cognito signs with RS256 only.</summary>
    AlgorithmNotAllowed = 5,

    /// <summary>The header requires an extension (<c>crit</c>, RFC 7515, section 4.1.11). Cognito's tokens require none.</summary>
    CriticalHeaderNotSupported = 6,

    /// <summary>The header names no key (<c>kid</c>).</summary>
    KeyIdMissing = 7,

    /// <summary>The payload is not a JSON object, or has duplicate names.</summary>
    PayloadNotValid = 8,

    /// <summary>A claim is missing, has the wrong type, or is out of range.</summary>
    ClaimNotValid = 9,

    /// <summary>The issuer (<c>iss</c>) is not one of a trusted user pool.</summary>
    IssuerNotTrusted = 10,

    /// <summary>
    /// The key of the token is not held, and the key set cannot be downloaded at present; or
    /// <see cref="CognitoTokenVerifierOptions.FindTenant"/> failed. This says nothing about the token: a moment later the same token may be accepted.
    /// </summary>
    KeysNotAvailable = 11,

    /// <summary>
    /// The key set of the issuer does not contain the key that the header names. If other tokens named unknown keys within the last ten
    /// seconds, a key that was published since then may have been missed.
    /// </summary>
    KeyNotFound = 12,

    /// <summary>The key is in the key set, but it is not a key for RS256 signatures with at least 2,048 bits.</summary>
    KeyNotUsable = 13,

    /// <summary>The signature does not belong to the header and payload, or was not made with the key that the header names.</summary>
    SignatureNotValid = 14,

    /// <summary>The token has expired (<c>exp</c>).</summary>
    Expired = 15,

    /// <summary>The token is not valid yet (<c>nbf</c>).</summary>
    NotYetValid = 16,

    /// <summary>An access token is wanted, and the token is not an access token (<c>token_use</c>). It may be an ID token.</summary>
    NotAnAccessToken = 17,

    /// <summary>The app client (<c>client_id</c> of an access token, <c>aud</c> of an ID token) is not one of those accepted.</summary>
    ClientNotAllowed = 18,

    /// <summary>A required scope is missing.</summary>
    ScopeMissing = 19,

    /// <summary>One of the <c>Checks</c> of the options rejected the token.</summary>
    CheckFailed = 20,

    /// <summary>An ID token is wanted, and the token is none (<c>token_use</c>). It may be an access token.</summary>
    NotAnIdToken = 21,

    /// <summary>The token of a machine where users are accepted, or the reverse (<see cref="CognitoAccessTokenVerifierOptions.AcceptedCallers"/>).</summary>
    CallerNotAllowed = 22,

    /// <summary>The user is not in a required group.</summary>
    GroupMissing = 23,

    /// <summary>The ID token does not belong to the authentication request (<see cref="IdTokenBinding.Nonce"/>).</summary>
    NonceNotValid = 24,

    /// <summary>The ID token does not belong to the access token (<see cref="IdTokenBinding.AccessToken"/>).</summary>
    AccessTokenHashNotValid = 25,
}
