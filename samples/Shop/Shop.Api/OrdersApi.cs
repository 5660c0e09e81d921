using CognitoM2M.Verification;
using OpenTelemetry.Metrics;

namespace Shop.Api;

/// <summary>An API that services call with Cognito tokens: <c>orders/read</c> lists orders, <c>orders/write</c> places them.</summary>
public static class OrdersApi
{
    /// <summary>Builds the API. The settings are read from <c>Authentication:Schemes:CognitoM2M</c>.</summary>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<OrderBook>();
        builder.Services.AddAuthentication().AddCognitoM2M();
        builder.Services.AddProblemDetails();
        builder.Services.AddHealthChecks().AddCognitoM2MKeys();

        // The console shows the metrics every minute and when the host stops. In production, take AddOtlpExporter().
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(CognitoVerificationDiagnostics.MeterName).AddConsoleExporter());

        var app = builder.Build();
        app.MapGet("/orders", (OrderBook orders) => orders.List()).RequireCognitoScope("orders/read");
        app.MapPost("/orders", (NewOrder order, HttpContext context, OrderBook orders) =>
        {
            // The name of the identity is the calling app client. It comes from the token, so a caller cannot choose it.
            var placed = orders.Add(order.Article, context.User.Identity!.Name!);
            return TypedResults.Created($"/orders/{placed.Id}", placed);
        }).RequireCognitoScope("orders/write");
        app.MapHealthChecks("/health");
        return app;
    }
}
