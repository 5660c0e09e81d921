using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>Gets a cached token from the token provider.</summary>
internal sealed class ProviderBenchmark : Benchmark, IDisposable
{
    private readonly ServiceProvider _services;
    private readonly ICognitoTokenProvider _provider;
    private readonly CognitoTokenRequest? _request;

    public ProviderBenchmark(string name, CognitoTokenRequest? request, int callers = 1)
        : base(name, callers)
    {
        var services = new ServiceCollection();
        OurClient.AddStubbed(services);
        _services = services.BuildServiceProvider();
        _provider = _services.GetRequiredService<ICognitoTokenProvider>();
        _request = request;
    }

    public override void Run(int times)
    {
        for (var i = 0; i < times; i++)
            _provider.GetTokenAsync(OurClient.Name, _request).GetAwaiter().GetResult();
    }

    public void Dispose() => _services.Dispose();
}
