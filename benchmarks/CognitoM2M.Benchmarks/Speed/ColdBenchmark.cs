using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>The way from an empty container to the first call with a token, or a part of the way. The code is already compiled.</summary>
internal sealed class ColdBenchmark(string name, Action<IServiceCollection> add, Func<IServiceProvider, Task> runAsync) : Benchmark(name)
{
    public override bool SpansThreads => true;

    /// <summary>
    /// Creates benchmarks of the whole way and of its parts: to a container, to an HttpClient, to the response of a call.
    /// </summary>
    public static IEnumerable<ColdBenchmark> CreateAll(string who, Action<IServiceCollection> add, Func<IServiceProvider, Task> callAsync)
    {
        yield return new($"cold.{who}.container", add, _ => Task.CompletedTask);
        yield return new($"cold.{who}.client", add, services =>
        {
            services.GetRequiredService<IHttpClientFactory>().CreateClient(OurClient.Name).Dispose();
            return Task.CompletedTask;
        });
        yield return new($"cold.{who}", add, callAsync);
    }

    /// <summary>Creates a benchmark of the whole way on a thread of the thread pool, with the switch to that thread and back.</summary>
    public static ColdBenchmark CreateOnThreadPool(string who, Action<IServiceCollection> add, Func<IServiceProvider, Task> callAsync) =>
        new($"cold.{who}.pool", add, async services =>
        {
            await Task.Yield();
            await callAsync(services);
        });

    public override void Run(int times)
    {
        for (var i = 0; i < times; i++)
        {
            var services = new ServiceCollection();
            // Without this, timers of the client factory keep each container for two minutes, and handling all these timers would be most
            // of the measured time.
            services.ConfigureHttpClientDefaults(client => client.SetHandlerLifetime(Timeout.InfiniteTimeSpan));
            add(services);
            using var provider = services.BuildServiceProvider();
            runAsync(provider).GetAwaiter().GetResult();
        }
    }
}
