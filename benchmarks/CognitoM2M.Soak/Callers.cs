using System.Net;

namespace CognitoM2M.Soak;

/// <summary>Calls the API all the time, and judges what comes back.</summary>
internal sealed class Callers(World world, FaultScript script, Promises promises)
{
    private const int PerClient = 150;

    // A token counts as there a moment after its answer came, and until a moment before it ends: threads take their time.
    private static readonly TimeSpan _moment = TimeSpan.FromMilliseconds(500);

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

    /// <summary>Waits until a call gets through.</summary>
    public async Task<bool> RecoversAsync(string name, TimeSpan within)
    {
        var start = promises.Elapsed;
        using var client = world.CreateClient(name);
        while (promises.Elapsed - start < within)
        {
            try
            {
                using var response = await client.GetAsync(new Uri("orders", UriKind.Relative));
                if (response.IsSuccessStatusCode)
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
        var begin = promises.Elapsed;
        var usableUntil = world.TokenRequests.UsableUntil(world.SteadyClient.ClientId, world.SteadyClient.ClientSecret!, out var since);
        try
        {
            using var response = await client.GetAsync(new Uri("orders", UriKind.Relative));
            Judge(response.StatusCode, name, begin);
        }
        catch (CognitoTokenException failure)
        {
            Interlocked.Increment(ref _withoutToken);
            if (name == World.Steady && begin > since + _moment && begin < usableUntil - _moment)
                promises.Break($"a call failed with {failure.Error}, although a token was usable for another {(usableUntil - begin).TotalSeconds:F1} s.");
        }
        catch (Exception failure)
        {
            promises.Break($"a call failed with {failure.GetType().Name}: {failure.Message}");
        }
    }

    private void Judge(HttpStatusCode status, string name, TimeSpan begin)
    {
        if (status == HttpStatusCode.Unauthorized && script.MayAnswer401(begin))
            Interlocked.Increment(ref _rejected);
        else if (status != HttpStatusCode.OK)
            promises.Break($"the API answered {(int)status} to {name}.");
    }
}
