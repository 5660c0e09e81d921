using Microsoft.Extensions.Logging;

namespace CognitoM2M.UserSessions.Diagnostics;

/// <summary>Logs every failure once, where it leaves a public method.</summary>
internal sealed class FailureLog(ILogger logger)
{
    /// <summary>Runs an operation and logs its failure.</summary>
    public async Task<T> WatchAsync<T>(Func<Task<T>> operation)
    {
        try
        {
            return await operation().ConfigureAwait(false);
        }
        catch (CognitoUserSessionException failure)
        {
            Log.OperationFailed(logger, failure);
            throw;
        }
    }

    /// <summary>Runs an operation that sends no request, and logs a failure of the operation.</summary>
    public T Watch<T>(Func<T> operation)
    {
        try
        {
            return operation();
        }
        catch (CognitoUserSessionException failure)
        {
            Log.OperationFailed(logger, failure);
            throw;
        }
    }
}
