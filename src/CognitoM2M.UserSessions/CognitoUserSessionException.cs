using System.Net;

namespace CognitoM2M.UserSessions;

/// <summary>An operation of a user session failed. Says what Cognito said, what to tell the user, and whether to try again.</summary>
/// <remarks>No property and no inner exception of this library holds a password, a code, a token or a state.</remarks>
/// <param name="operation">The operation; see <see cref="Operation"/>.</param>
/// <param name="error">What happened; see <see cref="Error"/>.</param>
/// <param name="failure">What the error means.</param>
/// <param name="userMessage">What to tell the user.</param>
/// <param name="hint">What an administrator looks at first.</param>
/// <param name="innerException">The cause; null if there is none.</param>
public sealed class CognitoUserSessionException(
    string operation, string error, CognitoUserSessionFailure failure, string userMessage, string hint, Exception? innerException = null)
    : Exception(message: null, innerException)
{
    /// <summary>The operation of the API that failed, such as <c>InitiateAuth</c>; <c>token</c> for the token endpoint; <c>authorize</c> for callbacks.</summary>
    public string Operation { get; } = operation;

    /// <summary>
    /// What happened: the AWS error name (<c>NotAuthorizedException</c>, ...), the OAuth 2.0 error code (<c>invalid_grant</c>, ...), or one of
    /// <see cref="CognitoUserSessionErrors"/>. For logs. Do not show it: it can say whether a user exists.
    /// </summary>
    public string Error { get; } = error;

    /// <summary>What the error means for the application.</summary>
    public CognitoUserSessionFailure Failure { get; } = failure;

    /// <summary>What to tell the user, in English. Says the same for an unknown user, a wrong password and a locked user.</summary>
    public string UserMessage { get; } = userMessage;

    /// <summary>What an administrator looks at first.</summary>
    public string Hint { get; } = hint;

    /// <summary>The status code of Cognito's response; <see langword="null"/> if there was no response.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>Whether the same operation with the same input can succeed later without anybody changing anything. This library never repeats a request by itself.</summary>
    /// <value>
    /// <see langword="false"/> by default. False if the input may be used up: after an outage during the exchange of a code or the answer to a challenge, which work once, the user
    /// begins again. True after an outage during a refresh: if the refresh token was rotated meanwhile, the repeat ends with <see cref="CognitoUserSessionFailure.SessionEnded"/>. A
    /// repeated sign-in can count as one more attempt of the user.
    /// </value>
    public bool IsTransient { get; init; }

    /// <summary>How long to wait before the same request is tried again.</summary>
    /// <value><see langword="null"/> if it can be tried at once, or if only a change can help.</value>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The pause that the server itself asked for; null if it asked for none.</summary>
    internal TimeSpan? RequestedPause { get; init; }

    /// <summary>The failure in words: operation, error, status and hint.</summary>
    public override string Message => StatusCode is { } status
        ? $"{Operation} failed: {Error} (status {(int)status}). {Hint}"
        : $"{Operation} failed: {Error}. {Hint}";
}
