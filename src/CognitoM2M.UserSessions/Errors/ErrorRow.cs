using CognitoM2M.Shared;

namespace CognitoM2M.UserSessions.Errors;

/// <summary>One row of the table of errors.</summary>
/// <param name="Error">The name of the error.</param>
/// <param name="Failure">What the error means.</param>
/// <param name="UserMessage">What to tell the user.</param>
/// <param name="Hint">What an administrator looks at first.</param>
internal sealed record ErrorRow(string Error, CognitoUserSessionFailure Failure, string UserMessage, string Hint)
{
    /// <summary>A part of the message that Cognito sends with the error; null if every message fits. A row with a <see cref="Problem"/> has the first text of that problem.</summary>
    public string? Part { get => Problem is { } problem ? SignInProblems.FindText(problem) : field; init; }

    /// <summary>The meaning of messages that all packages recognize in the same way.</summary>
    public SignInProblem? Problem { get; init; }

    /// <summary>The only step that the row is for; null if the row is for all.</summary>
    public SessionStep? Step { get; init; }

    /// <summary>Whether the same request can succeed later.</summary>
    public bool IsTransient => RetryAfter is not null;

    /// <summary>How long to wait before the same request is tried again; null if a repeat cannot help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public bool Fits(JsonApiError error, SessionStep step) =>
        Error == error.Name
        && (Step is null || Step == step)
        && (Problem is { } problem ? SignInProblems.Find(error) == problem : Part is null || error.Message.Contains(Part, StringComparison.OrdinalIgnoreCase));
}
