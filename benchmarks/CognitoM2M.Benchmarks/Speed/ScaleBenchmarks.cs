namespace CognitoM2M.Benchmarks.Speed;

/// <summary>Calculates without allocations and shared data. Shows the best possible gain of more threads on this machine.</summary>
internal sealed class CalculateBenchmark(string name, int callers = 1) : Benchmark(name, callers)
{
    // This many xorshift steps take about as long as a call with a token.
    private const int Steps = 20;

    public override void Run(int times)
    {
        var state = (ulong)Environment.CurrentManagedThreadId;
        for (var i = 0; i < times * Steps; i++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
        }

        if (state == 0)
            throw new InvalidOperationException("Xorshift never reaches zero.");
    }
}

/// <summary>
/// Creates requests without sending them. Shows the gain of more threads when each allocates as much as a caller of an API does.
/// </summary>
internal sealed class RequestBenchmark(string name, int callers = 1) : Benchmark(name, callers)
{
    public override void Run(int times)
    {
        for (var i = 0; i < times; i++)
            new HttpRequestMessage(HttpMethod.Get, OurClient.Api).Dispose();
    }
}
