using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>
/// Sends a request with an HttpClient of IHttpClientFactory. The handlers of the factory are included; a stub is the last handler.
/// </summary>
internal sealed class FactoryBenchmark : Benchmark, IDisposable
{
    private readonly ServiceProvider _services;
    private readonly HttpClient _client;

    public FactoryBenchmark(string name, Func<IServiceCollection, IHttpClientBuilder> add)
        : base(name)
    {
        var services = new ServiceCollection();
        var builder = add(services).ConfigurePrimaryHttpMessageHandler(() => new CompletedHandler());
        _services = services.BuildServiceProvider();
        _client = _services.GetRequiredService<IHttpClientFactory>().CreateClient(builder.Name);
        _client.BaseAddress ??= OurClient.Api;
    }

    public override void Run(int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "orders");
            _client.SendAsync(request).GetAwaiter().GetResult();
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _services.Dispose();
    }
}
