using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Shop.Worker;

/// <summary>Logs each change of the health of the worker, which has no endpoint that somebody could ask.</summary>
internal sealed partial class HealthLog(ILogger<HealthLog> logger) : IHealthCheckPublisher
{
    private HealthStatus? _last;

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        if (report.Status != _last)
        {
            _last = report.Status;
            Changed(logger, report.Status, string.Join(", ", report.Entries.Select(entry => $"{entry.Key}: {entry.Value.Status} {entry.Value.Description}")));
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(1, LogLevel.Information, "The worker is {Status}. {Checks}")]
    private static partial void Changed(ILogger logger, HealthStatus status, string checks);
}
