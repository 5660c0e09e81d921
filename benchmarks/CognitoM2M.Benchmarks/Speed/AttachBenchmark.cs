namespace CognitoM2M.Benchmarks.Speed;

/// <summary>Sends a request through handlers that end with a stub.</summary>
internal sealed class AttachBenchmark(string name, HttpMessageHandler handler, int callers = 1) : Benchmark(name, callers), IDisposable
{
    private static readonly Uri _address = new(OurClient.Api, "orders");

    private readonly HttpMessageInvoker _invoker = new(handler);

    public override void Run(int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, _address);
            _invoker.SendAsync(request, CancellationToken.None).GetAwaiter().GetResult();
        }
    }

    public void Dispose() => _invoker.Dispose();
}
