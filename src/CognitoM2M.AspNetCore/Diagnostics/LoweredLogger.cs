using Microsoft.Extensions.Logging;

namespace CognitoM2M.AspNetCore.Diagnostics;

/// <summary>Writes lines of the framework at level Debug instead of Information, because this package says the same in one line of its own.</summary>
internal sealed class LoweredLogger<T>(ILogger inner) : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(Lower(logLevel));

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var lowered = Lower(logLevel);
        inner.Log(lowered, eventId, state, exception, formatter);
    }

    private static LogLevel Lower(LogLevel logLevel) => logLevel == LogLevel.Information ? LogLevel.Debug : logLevel;
}

/// <summary>Creates loggers whose lines of level Information have the level Debug.</summary>
internal sealed class LoweredLoggers(ILoggerFactory inner) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new LoweredLogger<object>(inner.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    // The container owns the factory behind this one.
    public void Dispose()
    {
    }
}
