using System.Diagnostics.Metrics;
using CognitoM2M.Benchmarks.Speed;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Benchmarks.Requests;

/// <summary>Sends requests with a token to an API in this process, without a network.</summary>
internal sealed class ApiBenchmark : Benchmark, IDisposable
{
    private readonly WebApplication _app;
    private readonly MemoryServer _server = new();
    private readonly string[] _headers;
    private readonly MeterListener? _listener;
    private int _next;

    private ApiBenchmark(string name, ApiProtection protection, IReadOnlyList<string> tokens, bool isMetered)
        : base(name)
    {
        _headers = [.. tokens.Select(token => $"Bearer {token}")];
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRouting().AddSingleton<IServer>(_server);
        protection.AddServices(builder.Services);
        _app = builder.Build();
        protection.Map(_app);
        _listener = isMetered ? Listen(_app.Services.GetRequiredService<IMeterFactory>()) : null;
    }

    /// <summary>Creates a benchmark in which one token is used again and again.</summary>
    public static Task<ApiBenchmark> CreateAsync(ApiProtection protection) =>
        StartAsync(new($"request.{protection.Name}", protection, [SampleToken.Value], isMetered: false));

    /// <summary>Creates the same benchmark with a listener that counts verdicts and cache hits, as an exporter of metrics does.</summary>
    public static Task<ApiBenchmark> CreateMeteredAsync(ApiProtection protection) =>
        StartAsync(new($"request.{protection.Name}.metered", protection, [SampleToken.Value], isMetered: true));

    /// <summary>Creates a benchmark in which each request has another token.</summary>
    public static Task<ApiBenchmark> CreateForNewTokensAsync(ApiProtection protection, IReadOnlyList<string> tokens) =>
        StartAsync(new($"request.{protection.Name}.first", protection, tokens, isMetered: false));

    public override void Run(int times)
    {
        for (var i = 0; i < times; i++)
        {
            // The server runs in memory, without a network. So the task is already complete.
            if (_server.GetAsync(ApiProtection.Path, _headers[_next]).GetAwaiter().GetResult() is not 200 and var status)
                throw new InvalidOperationException($"{Name}: the API answered {status}.");
            _next = (_next + 1) % _headers.Length;
        }
    }

    public void Dispose()
    {
        _listener?.Dispose();
        ((IDisposable)_app).Dispose();
    }

    private static async Task<ApiBenchmark> StartAsync(ApiBenchmark benchmark)
    {
        await benchmark._app.StartAsync();
        return benchmark;
    }

    private static MeterListener Listen(IMeterFactory factory)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == CognitoVerificationDiagnostics.MeterName && ReferenceEquals(instrument.Meter.Scope, factory))
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
        listener.Start();
        return listener;
    }
}
