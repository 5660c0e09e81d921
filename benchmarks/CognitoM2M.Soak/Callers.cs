using System.Net;

namespace CognitoM2M.Soak;

/// <summary>Calls the API all the time and checks the results.</summary>
internal sealed class Callers(World world, Promises promises)
{
    private const int PerClient = 150;

    // Tolerance for slow threads: a token counts as usable from this time after its response until this time before its end.
    private static readonly TimeSpan _tolerance = TimeSpan.FromMilliseconds(500);

    // Longer than every fetch that keeps its time limits.
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(30);

    private long _calls;
    private long _rejected;
    private long _withoutToken;

    public long Calls => Interlocked.Read(ref _calls);

    /// <summary>Calls that the API rejected with 401 when it had a reason to.</summary>
    public long Rejected => Interlocked.Read(ref _rejected);

    /// <summary>Calls that failed because there was no token.</summary>
    public long WithoutToken => Interlocked.Read(ref _withoutToken);

    public Task RunAsync(CancellationToken stop) => Task.WhenAll(
        Enumerable.Range(0, PerClient).SelectMany(_ => new[] { CallAsync(World.Steady, stop), CallAsync(World.Misconfigured, stop) }));

    /// <summary>Waits until a call succeeds with a token that was issued after this method began.</summary>
    /// <returns>False if no call succeeds within the time.</returns>
    public async Task<bool> WaitForRecoveryAsync(string name, TimeSpan within)
    {
        var start = promises.Elapsed;
        var entry = world.GetEntry(name);
        // The callers have stopped. Without calls there are no renewals, so what was expected before does not hold any more.
        entry.StartAnew(start);
        using var client = world.CreateClient(name);
        while (promises.Elapsed - start < within)
        {
            try
            {
                using var response = await client.GetAsync(new Uri("orders", UriKind.Relative));
                if (response.IsSuccessStatusCode && entry.HasTokenSince(start))
                    return true;
            }
            catch (CognitoTokenException)
            {
                // Try again.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        return false;
    }

    private async Task CallAsync(string name, CancellationToken stop)
    {
        using var client = world.CreateClient(name);
        while (!stop.IsCancellationRequested)
        {
            await CallOnceAsync(client, name);
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(50, 250)), TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task CallOnceAsync(HttpClient client, string name)
    {
        Interlocked.Increment(ref _calls);
        var entry = world.GetEntry(name);
        var begin = promises.Elapsed;
        try
        {
            if (name == World.Steady)
                await TakeTokenAsync(entry);

            begin = promises.Elapsed;
            using var response = await client.GetAsync(new Uri("orders", UriKind.Relative));
            Check(response.StatusCode, name, begin);
        }
        catch (CognitoTokenException failure)
        {
            Interlocked.Increment(ref _withoutToken);
            if (entry.IsUsable(begin, promises.Elapsed, _tolerance))
                promises.Break($"a call of {name} failed with {failure.Error}, although a usable token existed.");
        }
        catch (Exception failure)
        {
            promises.Break($"a call of {name} failed with {failure.GetType().Name}: {failure.Message}");
        }
    }

    private async Task TakeTokenAsync(WatchedEntry entry)
    {
        var now = promises.Elapsed;
        var isUsable = entry.IsUsable(now, now, _tolerance);
        var token = world.Tokens.GetTokenAsync(World.Steady);
        // Checked twice: the token may have ended while this thread was paused.
        if (isUsable && !token.IsCompleted && entry.IsUsable(now, promises.Elapsed, _tolerance))
            promises.Break("a caller had to wait although a usable token existed.");
        try
        {
            await token.AsTask().WaitAsync(_longestWait, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            promises.Break($"a caller waited for a token for {_longestWait.TotalSeconds} s.");
        }
    }

    private void Check(HttpStatusCode status, string name, TimeSpan begin)
    {
        if (status == HttpStatusCode.Unauthorized && world.Api.MayAnswer401(begin))
            Interlocked.Increment(ref _rejected);
        else if (status != HttpStatusCode.OK)
            promises.Break($"the API answered {(int)status} to {name}.");
    }
}
