using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>From an empty container to the first call that carries a token, or some of the way, with code that has run before.</summary>
internal sealed class ColdBenchmark(string name, Action<IServiceCollection> add, Func<IServiceProvider, Task> goAsync) : Benchmark(name)
{
    public override bool SpansThreads => true;

    /// <summary>The whole way and its parts: to a container, to an HttpClient, to the answer of a call.</summary>
    public static IEnumerable<ColdBenchmark> Of(string who, Action<IServiceCollection> add, Func<IServiceProvider, Task> callAsync)
    {
        yield return new($"cold.{who}.container", add, _ => Task.CompletedTask);
        yield return new($"cold.{who}.client", add, services =>
        {
            services.GetRequiredService<IHttpClientFactory>().CreateClient(OurClient.Name).Dispose();
            return Task.CompletedTask;
        });
        yield return new($"cold.{who}", add, callAsync);
    }

    /// <summary>The whole way, for which a thread of the pool is woken, and then the one that waits.</summary>
    public static ColdBenchmark OnThePool(string who, Action<IServiceCollection> add, Func<IServiceProvider, Task> callAsync) =>
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
            // The factory's timers would keep each container for two minutes, and going round them all would be most of what is measured.
            services.ConfigureHttpClientDefaults(client => client.SetHandlerLifetime(Timeout.InfiniteTimeSpan));
            add(services);
            using var provider = services.BuildServiceProvider();
            goAsync(provider).GetAwaiter().GetResult();
        }
    }
}
