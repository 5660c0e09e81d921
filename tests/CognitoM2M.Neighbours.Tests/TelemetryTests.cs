using System.Collections.ObjectModel;
using System.Diagnostics;
using CognitoM2M.Neighbours.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace CognitoM2M.Neighbours.Tests;

/// <summary>OpenTelemetry with the sources that the documentation names.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Fetch_and_served_tokens_appear_in_traces_and_metrics()
    {
        var activities = new ActivityLog();
        var metrics = new List<Metric>();
        await using var service = await CallingService.StartAsync((builder, _) =>
        {
            builder.Services.AddCognitoM2MClients(builder.Configuration);
            builder.Services.AddOpenTelemetry()
                .WithTracing(traces => traces.AddSource(CognitoM2MDiagnostics.ActivitySourceName).AddHttpClientInstrumentation().AddInMemoryExporter(activities))
                .WithMetrics(meters => meters.AddMeter(CognitoM2MDiagnostics.MeterName).AddInMemoryExporter(metrics));
        });

        using var root = new Activity("test") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        using var client = service.CreateClient();
        (await client.GetAsync(new Uri("orders/1", UriKind.Relative))).Dispose();
        (await client.GetAsync(new Uri("orders/2", UriKind.Relative))).Dispose();
        service.Services.GetRequiredService<TracerProvider>().ForceFlush();
        service.Services.GetRequiredService<MeterProvider>().ForceFlush();

        var token = (await service.Provider.GetTokenAsync("orders")).Value;
        Assert.Single(activities.Take(), activity => activity.TraceId == root.TraceId && activity.Source.Name == CognitoM2MDiagnostics.ActivitySourceName);
        Assert.All(activities.Take(), activity => Assert.DoesNotContain(token, string.Join(' ', activity.TagObjects), StringComparison.Ordinal));
        Assert.Contains(metrics, metric => metric.MeterName == CognitoM2MDiagnostics.MeterName);
    }

    /// <summary>Takes activities of the whole process: other tests add theirs while this test reads.</summary>
    private sealed class ActivityLog : Collection<Activity>
    {
        private readonly Lock _gate = new();

        public Activity[] Take()
        {
            lock (_gate)
                return [.. Items];
        }

        protected override void InsertItem(int index, Activity item)
        {
            lock (_gate)
                Items.Add(item);
        }
    }
}
