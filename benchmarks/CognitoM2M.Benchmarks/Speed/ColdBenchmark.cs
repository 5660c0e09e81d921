using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>From an empty container to the first call that carries a token, or some of the way, with code that has run before.</summary>
internal sealed class ColdBenchmark(string name, Func<ServiceProvider> build, Func<ServiceProvider, Task> go) : Benchmark(name)
{
    public override bool SpansThreads => true;

    /// <summary>The whole way and its parts: to a container, to an HttpClient, to the answer of a call.</summary>
    public static IEnumerable<ColdBenchmark> Of(string who, Action<IServiceCollection> add, Func<IServiceProvider, Task> callAsync)
    {
        yield return new($"cold.{who}.container", Build, _ => Task.CompletedTask);
        yield return new($"cold.{who}.client", Build, services =>
        {
            services.GetRequiredService<IHttpClientFactory>().CreateClient(OurClient.Name).Dispose();
            return Task.CompletedTask;
        });
        yield return new($"cold.{who}", Build, callAsync);

        ServiceProvider Build()
        {
            var services = new ServiceCollection();
            add(services);
            return services.BuildServiceProvider();
        }
    }

    public override void Run(int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var services = build();
            go(services).GetAwaiter().GetResult();
        }
    }
}
