using Microsoft.Extensions.Logging;

namespace LambdaAuthorizer;

/// <summary>Writes log messages to the standard output, which Lambda sends to CloudWatch Logs.</summary>
internal sealed class StandardOutputLog : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Console.WriteLine($"{logLevel} {formatter(state, exception)}");

    public void Dispose()
    {
    }
}
