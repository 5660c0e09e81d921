namespace CognitoM2M.Benchmarks.Requests;

/// <summary>Measures how many requests per second an API on Kestrel answers, unprotected and with each protection.</summary>
internal static class Throughput
{
    private const int Rounds = 25;

    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _turn = TimeSpan.FromMilliseconds(400);

    /// <summary>Measures for a minute.</summary>
    /// <returns>For each round, the requests per second of each protection.</returns>
    public static async Task<IReadOnlyList<IReadOnlyDictionary<string, double>>> MeasureAsync()
    {
        var apis = new List<KestrelApi>();
        try
        {
            foreach (var protection in (ApiProtection[])[ApiProtection.None, ApiProtection.Accepting, ApiProtection.Stock, ApiProtection.Bridge, ApiProtection.Ours])
                apis.Add(await KestrelApi.StartAsync(protection));
            apis.ForEach(api => api.Measure(_warmUp));
            var random = new Random(1);
            return [.. Enumerable.Range(0, Rounds).Select(_ => MeasureRound([.. apis], random))];
        }
        finally
        {
            foreach (var api in apis)
                await api.DisposeAsync();
        }
    }

    // Each API has a turn in each round, in a random order, so that a slow phase of the machine affects all alike.
    private static Dictionary<string, double> MeasureRound(KestrelApi[] turns, Random random)
    {
        random.Shuffle(turns);
        return turns.ToDictionary(api => api.Name, api => api.Measure(_turn), StringComparer.Ordinal);
    }
}
