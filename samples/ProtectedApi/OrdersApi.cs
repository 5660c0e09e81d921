using System.Collections.Concurrent;

namespace ProtectedApi;

/// <summary>An API with two endpoints: reading orders needs the scope <c>orders/read</c>, adding an order needs <c>orders/write</c>.</summary>
public static class OrdersApi
{
    /// <summary>Builds the API.</summary>
    /// <param name="builder">A builder with an authentication scheme that <c>AddCognitoM2M</c> registered.</param>
    /// <param name="readScope">The scope that a caller needs to read orders.</param>
    /// <param name="writeScope">The scope that a caller needs to add an order.</param>
    public static WebApplication Build(WebApplicationBuilder builder, string readScope = "orders/read", string writeScope = "orders/write")
    {
        builder.Services.AddHealthChecks().AddCognitoM2MKeys();

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
/// <param name="Article">The article that is ordered.</param>
/// <param name="PlacedBy">The app client that placed the order, taken from its token. A value that the caller sends is ignored.</param>
public sealed record Order(string Article, string? PlacedBy = null);
