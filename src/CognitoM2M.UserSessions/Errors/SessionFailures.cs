using System.Net;
using CognitoM2M.Shared;

namespace CognitoM2M.UserSessions.Errors;

/// <summary>Turns errors into exceptions, by the table of errors.</summary>
internal static class SessionFailures
{
    // A server that asks for hours would keep users out long after it recovered.
    private static readonly TimeSpan _longestRetryAfter = TimeSpan.FromMinutes(15);

    /// <summary>The rows for errors that Cognito names, in the order in which they are tried.</summary>
    public static IReadOnlyList<ErrorRow> Table { get; } = [.. ServiceErrors.Rows, .. OAuthErrors.Rows];

    /// <summary>Creates the exception of a row.</summary>
    public static CognitoUserSessionException Create(ErrorRow row, string operation, Exception? cause = null) =>
        new(operation, row.Error, row.Failure, row.UserMessage, row.Hint, cause) { IsTransient = row.IsTransient, RetryAfter = row.RetryAfter };

    /// <summary>Creates the exception of a request that Cognito may have carried out.</summary>
    public static CognitoUserSessionException CreateForRequest(ErrorRow row, SessionStep step, string operation, Exception? cause = null) =>
        Create(CanRepeat(row, step) ? row : row with { RetryAfter = null }, operation, cause);

    /// <summary>Creates the exception of an error in an answer.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="error">The error.</param>
    /// <param name="status">The status code of the answer.</param>
    /// <param name="retryAfter">The pause that the server asked for, if it did.</param>
    public static CognitoUserSessionException Create(string operation, NamedError error, HttpStatusCode status, TimeSpan? retryAfter)
    {
        var row = Find(error) ?? OwnErrors.FindByStatus((int)status, error.FindSafeName());
        var isTransient = row.IsTransient && CanRepeat(row, error.Step);
        return new CognitoUserSessionException(operation, row.Error, row.Failure, row.UserMessage, row.Hint)
        {
            StatusCode = status,
            IsTransient = isTransient,
            RetryAfter = !isTransient ? null : retryAfter is { } asked ? Limit(asked) : row.RetryAfter,
            RequestedPause = retryAfter,
        };
    }

    /// <summary>Creates the exception of an error that came with the callback of a browser.</summary>
    public static CognitoUserSessionException CreateForCallback(string operation, string error) =>
        Create(OAuthErrors.Rows.FirstOrDefault(row => row.Fits(new JsonApiError(error, ""), SessionStep.Callback)) ?? OwnErrors.UnknownCallback, operation);

    private static ErrorRow? Find(NamedError error) =>
        Table.FirstOrDefault(row => row.Fits(error.Error, error.Step));

    // A code and the session of a challenge can be used once. If it is not known whether Cognito carried out the request, they may be used up.
    private static bool CanRepeat(ErrorRow row, SessionStep step) =>
        row.Failure != CognitoUserSessionFailure.Unavailable || step is not (SessionStep.CodeExchange or SessionStep.Challenge);

    private static TimeSpan Limit(TimeSpan asked) => asked < _longestRetryAfter ? asked : _longestRetryAfter;
}

/// <summary>An error as the server named it.</summary>
/// <param name="step">The step of the session.</param>
/// <param name="error">Name and message. The message decides between rows of the table, and is never shown.</param>
/// <param name="secrets">The secrets in the request, which no message may show.</param>
internal sealed class NamedError(SessionStep step, JsonApiError error, IReadOnlyList<string> secrets)
{
    public SessionStep Step { get; } = step;

    public JsonApiError Error { get; } = error;

    /// <summary>The name if it can be shown; null if it is no name, or holds a part of the request.</summary>
    public string? FindSafeName() =>
        ErrorName.IsSafe(Error.Name, secret: null) && secrets.All(secret => ErrorName.IsSafe(Error.Name, secret)) ? Error.Name : null;
}
