using Acme.Grpc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Refit;

namespace CognitoM2M.Neighbours.Tests.Docs;

/// <summary>The programs of docs/beside-other-libraries.md, so that the compiler checks them. A test compares both.</summary>
internal static class BesideOtherLibraries
{
    public static void AddHttpClient(IHostApplicationBuilder builder)
    {
        builder.Services.AddCognitoM2MClients(builder.Configuration);
        builder.Services.AddHttpClient("reports", http => http.BaseAddress = new Uri("https://reports.example.com/")).AddCognitoM2MToken("orders");
    }

    public static void AddResilience(IHostApplicationBuilder builder)
    {
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler(options => options.Retry.ShouldHandle = arguments => ValueTask.FromResult(
                arguments.Outcome.Exception is not CognitoTokenException { IsTransient: false }
                && HttpClientResiliencePredicates.IsTransient(arguments.Outcome)));
            http.AddServiceDiscovery();
        });
        builder.Services.AddCognitoM2MClients(builder.Configuration);
    }

    public static void AddPipeline(IHostApplicationBuilder builder)
    {
        builder.Services.AddHttpClient("reports", http => http.BaseAddress = new Uri("https://reports.example.com/"))
            .AddResilienceHandler("reports", pipeline => pipeline
                .AddRetry(new HttpRetryStrategyOptions
                {
                    MaxRetryAttempts = 2,
                    BackoffType = DelayBackoffType.Exponential,
                    ShouldHandle = arguments => ValueTask.FromResult(
                        arguments.Outcome.Exception is not CognitoTokenException { IsTransient: false }
                        && HttpClientResiliencePredicates.IsTransient(arguments.Outcome)),
                })
                .AddTimeout(TimeSpan.FromSeconds(10)));
        builder.Services.AddHttpClient("reports").AddCognitoM2MToken("orders");
    }

    public static void AddGrpc(IHostApplicationBuilder builder)
    {
        builder.Services.AddCognitoM2MClients(builder.Configuration);
        builder.Services.AddGrpcClient<Orders.OrdersClient>(options => options.Address = new Uri("https://orders.example.com"))
            .AddCognitoM2MToken("orders");
    }

    public static void AddRefit(IHostApplicationBuilder builder)
    {
        builder.Services.AddCognitoM2MClients(builder.Configuration);
        builder.Services.AddRefitGeneratedClient<IOrders>()
            .ConfigureHttpClient(http => http.BaseAddress = new Uri("https://api.example.com/"))
            .AddCognitoM2MToken("orders");
    }

    public static void AddTelemetry(IHostApplicationBuilder builder)
    {
        builder.Services.AddCognitoM2MClients(builder.Configuration);
        builder.Services.AddOpenTelemetry()
            .WithTracing(traces => traces.AddSource(CognitoM2MDiagnostics.ActivitySourceName))
            .WithMetrics(metrics => metrics.AddMeter(CognitoM2MDiagnostics.MeterName));
    }
}

public interface IOrders
{
    [Get("/orders/{id}")]
    Task<string> GetAsync(string id);
}
