using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Testing;

/// <summary>
/// Keeps every log line with its level, event id, values and exception, and every scope. Compiled into test projects that set
/// <c>UsesLogRecorder</c> to true.
/// </summary>
internal sealed class LogRecorder : ILoggerFactory, ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>The lines of one level.</summary>
    public IReadOnlyList<string> Find(LogLevel level) => [.. Lines.Where(line => line.StartsWith($"{level} ", StringComparison.Ordinal))];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        Lines.Enqueue($"Scope {state}");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(", ", pairs) : "";
        Lines.Enqueue($"{logLevel} {eventId.Id} {formatter(state, exception)} {values} {exception}");
    }

    public void Dispose()
    {
    }
}
