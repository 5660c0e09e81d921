using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Benchmarks.Requests;

/// <summary>An API on loopback, over HTTP/1.1, with callers that each send one request after another.</summary>
internal sealed class KestrelApi : IAsyncDisposable
{
    private const int Callers = 8;

    private readonly WebApplication _app;
    private readonly List<LoopbackCaller> _callers = [];

    private KestrelApi(ApiProtection protection, WebApplication app) => (Name, _app) = (protection.Name, app);

    /// <summary>The name of the protection.</summary>
    public string Name { get; }

    public static async Task<KestrelApi> StartAsync(ApiProtection protection)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting();
        protection.AddServices(builder.Services);
        var app = builder.Build();
        protection.Map(app);
        var api = new KestrelApi(protection, app);
        await app.StartAsync();
        var address = new Uri(app.Urls.Single());
        for (var i = 0; i < Callers; i++)
            api._callers.Add(new LoopbackCaller(address));
        return api;
    }

    /// <summary>Lets all callers send requests, and counts the responses.</summary>
    /// <returns>Responses per second.</returns>
    public double Measure(TimeSpan duration)
    {
        var counts = new long[_callers.Count];
        var start = TimeProvider.System.GetTimestamp();
        var threads = _callers.Select((caller, i) => new Thread(() =>
        {
            while (TimeProvider.System.GetElapsedTime(start) < duration)
            {
                caller.Call();
                counts[i]++;
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return counts.Sum() / TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        _callers.ForEach(caller => caller.Dispose());
        await _app.DisposeAsync();
    }
}
