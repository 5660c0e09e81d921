using System.Net;

namespace CognitoM2M.Tokens;

/// <summary>
/// Why a fetch gave no token. Kept and shared instead of an exception, so that every caller throws one of its own: an exception
/// thrown on many threads at once mixes up their stack traces.
/// </summary>
internal sealed record TokenFailure(string Error, string Hint, bool IsTransient)
{
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>What the server asked for.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public Exception? Cause { get; init; }

    /// <summary>Whether Cognito does not accept the secret, by either route's name for that.</summary>
    public bool IsRefusedSecret => Error is "invalid_client" or "NotAuthorizedException";

    public CognitoTokenException ToException(string clientName, TimeSpan? retryAfter) =>
        new(clientName, Error, Hint, IsTransient, StatusCode, retryAfter, Cause);

    /// <summary>For a fetch that the end of the provider cut off; nobody needs to be told.</summary>
    public static readonly TokenFailure Disposed =
        new(CognitoTokenErrors.RequestFailed, "The token provider was disposed while the request was under way.", IsTransient: false);

    /// <summary>For what no request should end with, such as a handler of the caller's own that throws.</summary>
    public static TokenFailure Unexpected(Exception cause) =>
        new(CognitoTokenErrors.RequestFailed, $"The request ended with {cause.GetType().Name}; see the inner exception.", IsTransient: true) { Cause = cause };
}
