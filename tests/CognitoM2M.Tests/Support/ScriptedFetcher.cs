using CognitoM2M.Tokens;

namespace CognitoM2M.Tests.Support;

/// <summary>A fetcher whose fetches end when the test says so.</summary>
internal sealed class ScriptedFetcher : ITokenFetcher
{
    private readonly Lock _gate = new();
    private readonly List<Fetch> _fetches = [];
    private readonly List<(int Number, TaskCompletionSource Started)> _waiting = [];

    /// <summary>How many fetches were started.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _fetches.Count;
        }
    }

    public Task<FetchOutcome> FetchAsync(FetchOrder order)
    {
        lock (_gate)
        {
            _fetches.Add(new Fetch(order));
            foreach (var (_, started) in _waiting.Where(waiting => waiting.Number <= _fetches.Count))
                started.TrySetResult();
            return _fetches[^1].Outcome.Task;
        }
    }

    /// <summary>Waits until a fetch was started.</summary>
    /// <param name="number">The number of the fetch, from 1.</param>
    /// <returns>What the fetch was asked for.</returns>
    public async Task<FetchOrder> WaitForAsync(int number)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_fetches.Count >= number)
                return _fetches[number - 1].Order;
            _waiting.Add((number, started));
        }

        await started.Task;
        return await WaitForAsync(number);
    }

    /// <summary>Ends a fetch, once it was started.</summary>
    public async Task EndAsync(int number, FetchOutcome outcome)
    {
        await WaitForAsync(number);
        lock (_gate)
            _fetches[number - 1].Outcome.SetResult(outcome);
    }

    private sealed record Fetch(FetchOrder Order)
    {
        public TaskCompletionSource<FetchOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
