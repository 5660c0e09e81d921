using BenchmarkDotNet.Attributes;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>The benchmarks with one caller, in the form of BenchmarkDotNet.</summary>
[MemoryDiagnoser]
public class DotNetBenchmarks
{
    private const int Times = 16;

    private Suite _suite = null!;
    private Benchmark _benchmark = null!;

    /// <summary>The name of the benchmark.</summary>
    [Params(
        "attach.none", "attach.constant", "attach.object", "attach.ours", "attach.msal", "azure.pipeline", "azure.bearer",
        "factory.none", "factory.constant", "factory.ours", "provider.ours", "provider.scopes",
        "request.none", "request.accepting", "request.stock", "request.bridge", "request.ours",
        "verify.rsa", "verify.rsa.json", "verify.first", "verify.repeat", "verify.identitymodel")]
    public string Name { get; set; } = "";

    [GlobalSetup]
    public async Task StartAsync()
    {
        _suite = await Suite.CreateAsync();
        _benchmark = _suite.Benchmarks.Single(benchmark => benchmark.Name == Name);
    }

    [GlobalCleanup]
    public async Task StopAsync() => await _suite.DisposeAsync();

    [Benchmark(OperationsPerInvoke = Times)]
    public void Run() => _benchmark.Run(Times);
}
