using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>From an empty container to the first call that carries a token.</summary>
internal sealed class ColdBenchmark(string name, Func<ServiceProvider> build, Func<ServiceProvider, Task> call) : Benchmark(name)
{
    public override bool SpansThreads => true;

    public static ColdBenchmark Ours() => new(
        "cold.ours",
        () =>
        {
            var services = new ServiceCollection();
            OurClient.Add(services).ConfigurePrimaryHttpMessageHandler(() => new CompletedHandler());
            return services.BuildServiceProvider();
        },
        async services =>
        {
            using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient(OurClient.Name);
            await client.GetAsync(new Uri("orders", UriKind.Relative));
        });

    /// <summary>What one writes without a library: a request, its answer read, a header set.</summary>
    public static ColdBenchmark HandWritten() => new(
        "cold.handwritten",
        () =>
        {
            var services = new ServiceCollection();
            services.AddHttpClient("token").ConfigurePrimaryHttpMessageHandler(() => new StubTokenEndpoint());
            services.AddHttpClient(OurClient.Name, http => http.BaseAddress = OurClient.Api).ConfigurePrimaryHttpMessageHandler(() => new CompletedHandler());
            return services.BuildServiceProvider();
        },
        async services =>
        {
            var clients = services.GetRequiredService<IHttpClientFactory>();
            var options = OurClient.Options();
            using var request = new HttpRequestMessage(HttpMethod.Post, options.TokenEndpoint)
            {
                Content = new FormUrlEncodedContent(
                [
                    new("grant_type", "client_credentials"), new("client_id", options.ClientId), new("client_secret", options.ClientSecret),
                    new("scope", string.Join(' ', options.Scopes)),
                ]),
            };
            using var tokenClient = clients.CreateClient("token");
            using var answer = await tokenClient.SendAsync(request);
            var json = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();

            using var client = clients.CreateClient(OurClient.Name);
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", json.GetProperty("access_token").GetString());
            await client.GetAsync(new Uri("orders", UriKind.Relative));
        });

    public override void Run(int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var services = build();
            call(services).GetAwaiter().GetResult();
        }
    }
}
