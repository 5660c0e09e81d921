using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>Makes a call over a real socket to a server in this process, on loopback.</summary>
internal sealed class SocketBenchmark(string name, HttpMessageHandler handler, Uri api, Version version) : Benchmark(name), IDisposable
{
    private readonly HttpClient _client = new(handler)
    {
        BaseAddress = api,
        DefaultRequestVersion = version,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    public override bool SpansThreads => true;

    /// <summary>Starts a server that returns empty responses.</summary>
    public static async Task<WebApplication> StartServerAsync(HttpProtocols protocols)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        var app = builder.Build();
        app.Run(_ => Task.CompletedTask);
        await app.StartAsync();
        return app;
    }

    public override void Run(int times)
    {
        for (var i = 0; i < times; i++)
            _client.GetAsync(new Uri("orders", UriKind.Relative)).GetAwaiter().GetResult().Dispose();
    }

    public void Dispose() => _client.Dispose();
}
