using System.Net;

namespace CognitoM2M.Soak;

/// <summary>Calls the API all the time, and judges what comes back.</summary>
internal sealed class Callers(World world, Promises promises)
{
    private const int PerClient = 150;

    // A token counts as there a moment after its answer came, and until a moment before it ends: threads take their time.
    private static readonly TimeSpan _moment = TimeSpan.FromMilliseconds(500);

    // Longer than any fetch takes that is bounded at all.
    private static readonly TimeSpan _forEver = TimeSpan.FromSeconds(30);

    private long _calls;
    private long _rejected;
    private long _withoutToken;

    public long Calls => Interlocked.Read(ref _calls);

    /// <summary>Calls that the API answered with 401, with reason.</summary>
    public long Rejected => Interlocked.Read(ref _rejected);

    /// <summary>Calls that failed because no token could be had.</summary>
    public long WithoutToken => Interlocked.Read(ref _withoutToken);

    public Task RunAsync(CancellationToken stop) => Task.WhenAll(
        Enumerable.Range(0, PerClient).SelectMany(_ => new[] { CallAsync(World.Steady, stop), CallAsync(World.Misconfigured, stop) }));

    /// <summary>Waits until a call gets through with a token that is newer than now.</summary>
    public async Task<bool> RecoversAsync(string name, TimeSpan within)
    {
        var start = promises.Elapsed;
        var entry = world.EntryOf(name);
        // Nobody has called since the others stopped, so nothing was renewed in time.
        entry.StartAnew(start);
        using var client = world.CreateClient(name);
        while (promises.Elapsed - start < within)
        {
            try
            {
                using var response = await client.GetAsync(new Uri("orders", UriKind.Relative));
                if (response.IsSuccessStatusCode && entry.HasTokenFrom(start))
                    return true;
            }
            catch (CognitoTokenException)
            {
                // Not yet.
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
        var entry = world.EntryOf(name);
        var begin = promises.Elapsed;
        try
        {
            if (name == World.Steady)
                await TakeTokenAsync(entry);

            begin = promises.Elapsed;
            using var response = await client.GetAsync(new Uri("orders", UriKind.Relative));
            Judge(response.StatusCode, name, begin);
        }
        catch (CognitoTokenException failure)
        {
            Interlocked.Increment(ref _withoutToken);
            if (entry.IsUsable(begin, promises.Elapsed, _moment))
                promises.Break($"a call of {name} failed with {failure.Error}, although a token was usable.");
        }
        catch (Exception failure)
        {
            promises.Break($"a call of {name} failed with {failure.GetType().Name}: {failure.Message}");
        }
    }

    private async Task TakeTokenAsync(WatchedEntry entry)
    {
        var now = promises.Elapsed;
        var isUsable = entry.IsUsable(now, now, _moment);
        var token = world.Tokens.GetTokenAsync(World.Steady);
        // Judged only if no time has passed meanwhile in which the token may have ended.
        if (isUsable && !token.IsCompleted && entry.IsUsable(now, promises.Elapsed, _moment))
            promises.Break("a caller had to wait, although a token was usable.");
        try
        {
            await token.AsTask().WaitAsync(_forEver, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            promises.Break($"a caller has been waiting for a token for {_forEver.TotalSeconds} s.");
        }
    }

    private void Judge(HttpStatusCode status, string name, TimeSpan begin)
    {
        if (status == HttpStatusCode.Unauthorized && world.Api.MayAnswer401(begin))
            Interlocked.Increment(ref _rejected);
        else if (status != HttpStatusCode.OK)
            promises.Break($"the API answered {(int)status} to {name}.");
    }
}
