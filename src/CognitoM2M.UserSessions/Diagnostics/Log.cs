using Microsoft.Extensions.Logging;

namespace CognitoM2M.UserSessions.Diagnostics;

/// <summary>Every message that this library logs. No message takes a password, a code, a token, a state, a user name, or text chosen by a server.</summary>
internal static partial class Log
{
    /// <summary>Logs a failure at the level of its meaning: wrong passwords are part of every day, and a wrong setting is not.</summary>
    public static void OperationFailed(ILogger logger, CognitoUserSessionException failure)
    {
        var level = failure.Failure switch
        {
            CognitoUserSessionFailure.Configuration or CognitoUserSessionFailure.Unknown => LogLevel.Error,
            CognitoUserSessionFailure.Throttled or CognitoUserSessionFailure.Unavailable or CognitoUserSessionFailure.Blocked => LogLevel.Warning,
            _ => LogLevel.Information,
        };
        OperationFailed(logger, level, failure.InnerException, failure.Operation, failure.Error, failure.Failure, failure.Hint);
    }

    /// <summary>
    /// The level is Information for failures of users, such as a wrong password; Warning for transient failures; Error if a setting is wrong. The hint says
    /// what to do.
    /// </summary>
    [LoggerMessage(EventId = 1, Message = "{Operation} failed: {Error} ({Failure}). {Hint}")]
    private static partial void OperationFailed(
        ILogger logger, LogLevel level, Exception? cause, string operation, string error, CognitoUserSessionFailure failure, string hint);
}
