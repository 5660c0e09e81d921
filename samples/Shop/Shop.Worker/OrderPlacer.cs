using CognitoM2M;

namespace Shop.Worker;

/// <summary>Places an order twice a second.</summary>
internal sealed partial class OrderPlacer(IServiceScopeFactory scopes, TimeProvider clock, ILogger<OrderPlacer> logger) : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_pause, clock);
        do
        {
            await PlaceAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task PlaceAsync(CancellationToken stoppingToken)
    {
        // A typed client is made for each order. Token and connections are kept elsewhere.
        await using var scope = scopes.CreateAsyncScope();
        var orders = scope.ServiceProvider.GetRequiredService<OrdersClient>();
        try
        {
            OrderPlaced(logger, await orders.PlaceAsync("book", stoppingToken));
        }
        catch (CognitoTokenException error)
        {
            NoToken(logger, error.Error, error.Hint);
        }
        catch (HttpRequestException error)
        {
            NotPlaced(logger, error.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Order {Id} placed.")]
    private static partial void OrderPlaced(ILogger logger, int id);

    [LoggerMessage(2, LogLevel.Error, "There is no token ({Error}), so the order was not sent. {Hint}")]
    private static partial void NoToken(ILogger logger, string error, string? hint);

    [LoggerMessage(3, LogLevel.Error, "The order was not placed: {Reason}")]
    private static partial void NotPlaced(ILogger logger, string reason);
}
