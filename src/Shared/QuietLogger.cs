using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CognitoM2M.Shared;

/// <summary>A logger that never throws. A log provider of the user may throw, and no answer may be lost because of it.</summary>
internal sealed class QuietLogger(ILogger inner) : ILogger
{
    /// <summary>Makes the logger of a category. Without a factory, or if the factory throws, the logger logs nothing.</summary>
    public static QuietLogger Create(ILoggerFactory? factory, string category)
    {
        try
        {
            return new QuietLogger(factory?.CreateLogger(category) ?? NullLogger.Instance);
        }
        catch (Exception)
        {
            return new QuietLogger(NullLogger.Instance);
        }
    }

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return inner.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            return false;
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // There is no other place to report this failure.
        }
    }

    // This library opens no scopes.
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}
