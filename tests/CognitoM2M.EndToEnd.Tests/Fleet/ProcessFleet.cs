using System.Globalization;

namespace CognitoM2M.EndToEnd.Tests.Fleet;

/// <summary>
/// Twenty real processes that share a Redis and a token endpoint. All tests use the same processes, because starting them takes far more
/// processor time than everything they do afterwards.
/// </summary>
public sealed class ProcessFleet : IAsyncLifetime
{
    public const int Size = 20;

    // If all processes started at once, each would wait for a processor, and the client of Redis would give up.
    private const int StartedAtOnce = 4;

    private readonly List<FleetProcess> _processes = [];
    private int _clients;

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>Starts the processes if they do not run yet, connects them to a store, and lets each of them run all its code once.</summary>
    internal async Task ConnectAsync(RedisServer redis, CountingTokenEndpoint cognito)
    {
        // The processes are started at their first use: where Redis is missing, all tests are skipped.
        while (_processes.Count < Size)
        {
            var started = Enumerable.Range(0, StartedAtOnce).Select(_ => new FleetProcess()).ToList();
            _processes.AddRange(started);
            foreach (var process in started)
                await process.ExpectAsync("started");
        }

        await OrderAsync($"connect {redis.Socket} {cognito.WarmUpAddress}", "connected");
    }

    /// <summary>Gives each process a new client, which neither has a token nor finds one in the store.</summary>
    /// <param name="cognito">The token endpoint.</param>
    /// <param name="storeTimeout">How long the store may take for a fetch.</param>
    internal Task PrepareAsync(CountingTokenEndpoint cognito, TimeSpan storeTimeout)
    {
        var timeout = storeTimeout.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
        return OrderAsync($"prepare {cognito.Address} fleet{++_clients} {timeout}", "prepared");
    }

    /// <summary>Lets all processes call at once and go on calling. Returns when each of them has got its first token.</summary>
    internal Task CallAsync() => OrderAsync("call", "called");

    /// <summary>Forgets the slowest call of each process.</summary>
    internal Task MeasureAgainAsync() => OrderAsync("measure", "measuring");

    /// <summary>Lets the processes stop calling, and collects their reports.</summary>
    internal async Task<IReadOnlyList<FleetReport>> StopAsync()
    {
        var reports = new List<FleetReport>();
        foreach (var process in _processes)
            await process.SendAsync("stop");
        foreach (var process in _processes)
            reports.Add(FleetReport.Parse(await process.ReceiveAsync()));
        return reports;
    }

    public async Task DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
    }

    private async Task OrderAsync(string order, string answer)
    {
        foreach (var process in _processes)
            await process.SendAsync(order);
        foreach (var process in _processes)
            await process.ExpectAsync(answer);
    }
}

/// <summary>What a process reports when it stops calling.</summary>
/// <param name="Calls">How many calls it made.</param>
/// <param name="Failures">How many of the calls got no token.</param>
/// <param name="Slowest">How long the slowest call waited for its token.</param>
internal sealed record FleetReport(int Calls, int Failures, TimeSpan Slowest)
{
    public static FleetReport Parse(string line)
    {
        var numbers = line.Split(' ').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToList();
        return new FleetReport(numbers[0], numbers[1], TimeSpan.FromMilliseconds(numbers[2]));
    }
}
