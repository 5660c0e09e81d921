using CognitoM2M;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Http.Resilience;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Shop.Worker;

/// <summary>What the worker consists of.</summary>
public static class OrderWorker
{
    /// <summary>Adds the worker. The settings of its app client are read from <c>CognitoM2M:Clients:worker</c>.</summary>
    public static void Add(IHostApplicationBuilder builder)
    {
        // Outside the token handler, so that each attempt takes the token that is current then. A refused app client is not repeated: only a change helps.
        builder.Services.ConfigureHttpClientDefaults(http => http.AddStandardResilienceHandler(options =>
        {
            options.Retry.Delay = TimeSpan.FromMilliseconds(200);
            options.Retry.ShouldHandle = arguments => ValueTask.FromResult(
                arguments.Outcome.Exception is not CognitoTokenException { IsTransient: false }
                && HttpClientResiliencePredicates.IsTransient(arguments.Outcome));
        }));

        builder.Services.AddCognitoM2MClient("worker", builder.Configuration.GetSection("CognitoM2M:Clients:worker")).AddTypedClient<OrdersClient>();
        builder.Services.AddHealthChecks().AddCognitoM2MTokens();
        builder.Services.AddSingleton<IHealthCheckPublisher, HealthLog>();

        // The console shows each fetch of a token at once, and the metrics every minute and when the host stops. In production, take AddOtlpExporter().
        builder.Services.AddOpenTelemetry()
            .WithTracing(traces => traces.AddSource(CognitoM2MDiagnostics.ActivitySourceName).AddConsoleExporter())
            .WithMetrics(metrics => metrics.AddMeter(CognitoM2MDiagnostics.MeterName).AddConsoleExporter());

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHostedService<OrderPlacer>();
    }
}
