using System.Net;
using System.Net.Sockets;
using CognitoM2M.Shared;

namespace CognitoM2M.Tokens;

/// <summary>
/// Why a fetch returned no token. Shared by all callers instead of an exception, so that each caller throws an exception of its own: one
/// exception thrown on many threads at once mixes up their stack traces.
/// </summary>
/// <param name="Error">The OAuth error code, the AWS error name, or one of <see cref="CognitoTokenErrors"/>.</param>
/// <param name="Hint">What to look at first.</param>
/// <param name="IsTransient">Whether a later attempt can succeed without anybody changing anything.</param>
internal sealed record TokenFailure(string Error, string Hint, bool IsTransient)
{
    /// <summary>The status code of Cognito's response, if there was one.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>How many token requests the fetch sent.</summary>
    public int Requests { get; init; } = 1;

    /// <summary>Whether the same request may be sent again at once, if the failure is transient.</summary>
    public bool MayRepeatAtOnce { get; init; } = true;

    /// <summary>The pause that the server asked for, if it did.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public Exception? Cause { get; init; }

    /// <summary>Whether Cognito refused the secret, so that another one may help.</summary>
    public bool IsRefusedSecret { get; init; }

    /// <summary>What the error means for the sign-in of a user; null on the routes of machines.</summary>
    public SignInProblem? Problem { get; init; }

    /// <summary>Whether another client secret would help, and the secret may be asked for every second during the back-off.</summary>
    public bool WaitsForSecret { get; init; }

    /// <summary>Whether Cognito throttles. The user pools API says so by the name of the error.</summary>
    public bool IsThrottled => StatusCode == HttpStatusCode.TooManyRequests || Error is "TooManyRequestsException" or "ThrottlingException";

    /// <summary>The provider was disposed during the fetch. This failure is not logged.</summary>
    public static readonly TokenFailure Disposed =
        new(CognitoTokenErrors.RequestFailed, "The token provider was disposed while the request was in flight.", IsTransient: false);

    /// <summary>A caller has waited for the longest allowed time. The fetch goes on.</summary>
    public static TokenFailure StillFetching(TimeSpan waited) =>
        new(CognitoTokenErrors.Timeout, $"No token came within {waited.TotalSeconds:0.#} s. The token request goes on, and a later call can use its token.", IsTransient: true);

    /// <summary>An exception that no token request should end with, such as one thrown by a handler of the user.</summary>
    public static TokenFailure Unexpected(Exception cause) =>
        new(CognitoTokenErrors.RequestFailed, $"The request ended with {cause.GetType().Name}; see the inner exception.", IsTransient: true) { Cause = cause };

    public CognitoTokenException ToException(string clientName, TimeSpan? retryAfter) => new(clientName, Error, Hint, CreateInnerException())
    {
        IsTransient = IsTransient,
        TokenEndpointStatusCode = StatusCode,
        // A later call can succeed at once if there is nothing to wait for.
        RetryAfter = retryAfter > TimeSpan.Zero ? retryAfter : null,
    };

    /// <summary>
    /// The cause. If a temporary failure contains no I/O error, an <see cref="IOException"/> is put around its cause. Only for an
    /// <see cref="IOException"/> or a <see cref="SocketException"/>, gRPC reports Unavailable, the status that its retry policies repeat.
    /// </summary>
    private Exception? CreateInnerException()
    {
        if (!IsTransient)
            return Cause;

        for (var cause = Cause; cause is not null; cause = cause.InnerException)
        {
            if (cause is IOException or SocketException)
                return Cause;
        }

        return new IOException(Hint, Cause);
    }
}
