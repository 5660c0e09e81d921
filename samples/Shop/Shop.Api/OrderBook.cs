namespace Shop.Api;

/// <summary>The orders, in memory.</summary>
public sealed class OrderBook
{
    private readonly Lock _gate = new();
    private readonly List<Order> _orders = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];

    /// <summary>Adds an order.</summary>
    public Order Add(string article, string placedBy)
    {
        lock (_gate)
        {
            var order = new Order(_orders.Count + 1, article, placedBy);
            _orders.Add(order);
            foreach (var (_, reached) in _waiters.Where(waiter => waiter.Count <= _orders.Count))
                reached.TrySetResult();
            return order;
        }
    }

    /// <summary>All orders, oldest first.</summary>
    public Order[] List()
    {
        lock (_gate)
            return [.. _orders];
    }

    /// <summary>Waits until the book has this number of orders.</summary>
    public Task WaitForAsync(int count, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_orders.Count >= count)
                return Task.CompletedTask;

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((count, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }
}

/// <summary>What a caller sends to place an order.</summary>
public sealed record NewOrder(string Article);

/// <summary>An order.</summary>
/// <param name="Id">Counts from 1.</param>
/// <param name="Article">What is ordered.</param>
/// <param name="PlacedBy">The app client that placed the order.</param>
public sealed record Order(int Id, string Article, string PlacedBy);
