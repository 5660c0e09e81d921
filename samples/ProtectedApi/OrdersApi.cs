using System.Collections.Concurrent;

namespace ProtectedApi;

/// <summary>An API of two endpoints: <c>orders/read</c> lets a caller read the orders, <c>orders/write</c> lets it add one.</summary>
public static class OrdersApi
{
    /// <summary>Builds the API. The authentication scheme is the host's to register.</summary>
    /// <param name="builder">With <c>AddCognitoM2M</c> on it.</param>
    /// <param name="readScope">What a caller needs for reading.</param>
    /// <param name="writeScope">What a caller needs for writing.</param>
    public static WebApplication Build(WebApplicationBuilder builder, string readScope = "orders/read", string writeScope = "orders/write")
    {
        builder.Services.AddHealthChecks().AddCognitoM2MKeySets();

        var app = builder.Build();
        var orders = new ConcurrentQueue<Order>();
        app.MapGet("/orders", () => orders.ToArray()).RequireCognitoScope(readScope);
        app.MapPost("/orders", (Order order, HttpContext context) =>
        {
            orders.Enqueue(order with { PlacedBy = context.User.Identity!.Name });
            return TypedResults.NoContent();
        }).RequireCognitoScope(writeScope);
        app.MapHealthChecks("/health");
        return app;
    }
}

/// <summary>An order.</summary>
/// <param name="Article">What is ordered.</param>
/// <param name="PlacedBy">The app client that placed it, as its token says; what the caller writes here is not taken.</param>
public sealed record Order(string Article, string? PlacedBy = null);
