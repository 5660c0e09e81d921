using static CognitoM2M.UserSessions.CognitoUserSessionFailure;

namespace CognitoM2M.UserSessions.Errors;

/// <summary>The errors that this library names itself.</summary>
internal static class OwnErrors
{
    private static readonly TimeSpan _shortPause = TimeSpan.FromSeconds(5);

    public static ErrorRow RequestFailed { get; } = new(CognitoUserSessionErrors.RequestFailed, Unavailable, UserMessages.TryLater,
        "No response came. Check that this host can reach Cognito (name, firewall, proxy). See the inner exception.")
    { RetryAfter = _shortPause };

    public static ErrorRow Timeout { get; } = new(CognitoUserSessionErrors.Timeout, Unavailable, UserMessages.TryLater,
        "No response came in time. Cognito may have carried out the request.")
    { RetryAfter = _shortPause };

    public static ErrorRow QueueTimeout { get; } = new(CognitoUserSessionErrors.QueueTimeout, Throttled, UserMessages.WaitShortly,
        "The request was not sent: other requests of this process went first. MaxSignInRequestsPerSecond limits them, and they are slower while Cognito throttles.")
    { RetryAfter = _shortPause };

    public static ErrorRow InvalidResponse { get; } = new(CognitoUserSessionErrors.InvalidResponse, Unavailable, UserMessages.TryLater,
        "The response is not a valid answer to the request. Check that the address belongs to Cognito, and that no proxy responds in its place.");

    public static ErrorRow InvalidInput { get; } = new(CognitoUserSessionErrors.InvalidInput, CognitoUserSessionFailure.InvalidInput, UserMessages.CheckInput,
        "Something that the user entered is missing or too long. Nothing was sent.");

    public static ErrorRow InvalidState { get; } = new(CognitoUserSessionErrors.InvalidState, SignInExpired, UserMessages.BeginAgain,
        "The state was changed, has expired, was made for another app client, or comes from another browser: the code verifier does not fit it. No code was sent.");

    public static ErrorRow InvalidReturnUrl { get; } = new(CognitoUserSessionErrors.InvalidReturnUrl, CognitoUserSessionFailure.InvalidInput, UserMessages.CheckInput,
        "The return address is neither a path that begins with one slash nor an address of ReturnOrigins.");

    public static ErrorRow InvalidChallenge { get; } = new(CognitoUserSessionErrors.InvalidChallenge, SignInExpired, UserMessages.BeginAgain,
        "The sealed challenge was changed, has expired or was made for another app client.");

    public static ErrorRow InvalidNonce { get; } = new(CognitoUserSessionErrors.InvalidNonce, SignInExpired, UserMessages.BeginAgain,
        "The answer has no ID token although openid was requested, or the ID token does not have the nonce of the authorization request. The code may be of another sign-in.");

    public static ErrorRow UnknownCallback { get; } = new(CognitoUserSessionErrors.UnknownCallbackError, Unknown, UserMessages.NotPossible,
        "The callback has an error that this library does not know.");

    /// <summary>The rows that do not depend on a status code.</summary>
    public static IReadOnlyList<ErrorRow> Rows { get; } =
        [RequestFailed, Timeout, QueueTimeout, InvalidResponse, InvalidInput, InvalidState, InvalidReturnUrl, InvalidChallenge, InvalidNonce, UnknownCallback];

    /// <summary>Finds the row for an answer whose error the table does not know.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="name">The name of the error; null if the answer names none.</param>
    public static ErrorRow FindByStatus(int status, string? name = null)
    {
        var error = name ?? CognitoUserSessionErrors.HttpError;
        return status switch
        {
            429 => new(error, Throttled, UserMessages.WaitShortly, "The server throttles.") { RetryAfter = _shortPause },
            408 or >= 500 => new(error, Unavailable, UserMessages.TryLater, "The server returned a server error.") { RetryAfter = _shortPause },
            _ when name is not null => new(error, Unknown, UserMessages.NotPossible, "This library does not know the error."),
            403 => new(error, Blocked, UserMessages.NotPossible, "The request was blocked. The most likely cause is an AWS WAF web ACL or a proxy."),
            _ => new(error, Configuration, UserMessages.NotPossible, "The server refused the request without naming an error, or redirected it. Check Region, Domain and the addresses."),
        };
    }
}
