namespace CognitoM2M.Benchmarks.Speed;

/// <summary>Calculates, and neither allocates nor shares anything: what more threads gain on this machine at best.</summary>
internal sealed class CalculateBenchmark(string name, int callers = 1) : Benchmark(name, callers)
{
    // Xorshift steps that take about as long as a call with a token.
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
            throw new InvalidOperationException("Xorshift never gets to zero.");
    }
}

/// <summary>Makes requests and sends them nowhere: what more threads gain where each allocates as callers of an API do.</summary>
internal sealed class RequestBenchmark(string name, int callers = 1) : Benchmark(name, callers)
{
    public override void Run(int times)
    {
        for (var i = 0; i < times; i++)
            new HttpRequestMessage(HttpMethod.Get, OurClient.Api).Dispose();
    }
}
