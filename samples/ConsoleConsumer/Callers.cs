namespace ConsoleConsumer;

/// <summary>Calls the API: many calls at the same time, or calls that go on until a condition is true.</summary>
internal sealed class Callers(Report report, Func<HttpClient> createClient)
{
    private const int ParallelCallers = 16;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(10);

    public async Task BurstAsync(int calls)
    {
        using var client = createClient();
        await Task.WhenAll(Enumerable.Range(0, calls).Select(_ => CallAsync(client)));
    }

    /// <summary>Calls until the condition is true or the time has passed. Returns whether the condition is true.</summary>
    public async Task<bool> CallUntilAsync(Func<bool> condition, TimeSpan atMost)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var client = createClient();

        await Task.WhenAll(Enumerable.Range(0, ParallelCallers).Select(async _ =>
        {
            while (!condition() && TimeProvider.System.GetElapsedTime(start) < atMost)
            {
                await CallAsync(client);
                await Task.Delay(_pause, TimeProvider.System);
            }
        }));
        return condition();
    }

    private async Task CallAsync(HttpClient client)
    {
        var succeeded = false;
        try
        {
            using var response = await client.GetAsync(new Uri("orders", UriKind.Relative));
            succeeded = response.IsSuccessStatusCode;
        }
        catch (Exception e)
        {
            Report.Say($"    A call failed: {e.Message}");
        }

        lock (report)
        {
            report.ApiCalls++;
            report.ApiFailures += succeeded ? 0 : 1;
        }
    }
}
