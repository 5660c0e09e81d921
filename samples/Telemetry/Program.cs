using CognitoM2M;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

// Metrics and traces go to the collector whose address is in OTEL_EXPORTER_OTLP_ENDPOINT.
using var metrics = Sdk.CreateMeterProviderBuilder().AddMeter(CognitoM2MDiagnostics.MeterName).AddOtlpExporter().Build();
using var traces = Sdk.CreateTracerProviderBuilder().AddSource(CognitoM2MDiagnostics.ActivitySourceName).AddOtlpExporter().Build();

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddCognitoM2MClient("orders", builder.Configuration.GetSection("CognitoM2M:Clients:orders"));
builder.Services.AddHealthChecks().AddCognitoM2MTokens();
using var host = builder.Build();
await host.RunAsync();
