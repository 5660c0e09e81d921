using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using CognitoM2M.Tests.Sharing;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CognitoM2M.Tests.Diagnostics;

/// <summary>Where tokens came from, what they cost, and how the clients stand.</summary>
public sealed class FleetTelemetryTests
{
    [Fact]
    public async Task Saved_requests_and_their_price_are_counted()
    {
        await using var fleet = new SharedWorlds();
        await fleet.GetAsync(fleet.Start());
        var world = fleet.Start(configure: options => options.UsdPerTokenRequest = 0.5);
        using var listener = new Measured(world);

        await fleet.GetAsync(world);
        await fleet.GetAsync(world, new CognitoTokenRequest { ForceRefresh = true });

        Assert.Equal(1, listener.Sum(CognitoM2MDiagnostics.TokenSavedRequests));
        Assert.Equal(0.5, listener.Sum(CognitoM2MDiagnostics.TokenSavedCost));
        Assert.Equal(0.5, listener.Sum(CognitoM2MDiagnostics.TokenCost));
        Assert.Equal(1, listener.Sum(CognitoM2MDiagnostics.TokensServed, "source, shared_tier"));
        Assert.Equal(1, listener.Sum(CognitoM2MDiagnostics.TokensServed, "source, cognito"));
        Assert.True(listener.Sum(CognitoM2MDiagnostics.SharedTierDuration) >= 0);
    }

    [Fact]
    public async Task Gauges_show_remaining_lifetime_and_back_off()
    {
        await using var world = new World();
        using var listener = new Measured(world);
        await world.GetTokenAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(52));
        world.OnTokenRequest = (_, _) => Task.FromResult(World.Status(HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(90)));
        await world.GetTokenAsync();
        await world.SettleAsync();

        listener.Observe();

        Assert.Equal(480, listener.Sum(CognitoM2MDiagnostics.TokenRemaining));
        Assert.Equal(90, listener.Sum(CognitoM2MDiagnostics.TokenBackOff));
    }

    [Fact]
    public async Task Calls_from_memory_are_counted_while_somebody_listens()
    {
        await using var world = new World();
        using var listener = new Measured(world);
        await world.GetTokenAsync();

        await world.GetTokenAsync();
        await world.CallAsync();

        Assert.Equal(2, listener.Sum(CognitoM2MDiagnostics.TokensServed, "source, memory"));
    }

    [Fact]
    public async Task Health_follows_the_clients()
    {
        await using var world = new World(services: services => services.AddHealthChecks().AddCognitoM2MTokens());
        var health = world.Services.GetRequiredService<HealthCheckService>();
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync()).Status);

        await world.GetTokenAsync();
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync()).Status);

        world.OnTokenRequest = (_, _) => Task.FromResult(World.Status(HttpStatusCode.ServiceUnavailable));
        world.Clock.Advance(TimeSpan.FromMinutes(52));
        await world.GetTokenAsync();
        await world.SettleAsync();
        Assert.Equal(HealthStatus.Degraded, (await health.CheckHealthAsync()).Status);

        world.Clock.Advance(TimeSpan.FromMinutes(8));
        await world.FailAsync();
        var report = await health.CheckHealthAsync();
        Assert.Equal(HealthStatus.Unhealthy, report.Status);
        Assert.Contains("orders (http_error)", report.Entries["cognito-tokens"].Description, StringComparison.Ordinal);
    }

    /// <summary>Adds up what one world measures.</summary>
    private sealed class Measured : IDisposable
    {
        private readonly MeterListener _listener;
        private readonly ConcurrentQueue<(string Instrument, double Value, string Tags)> _values = new();

        public Measured(World world)
        {
            var factory = world.Services.GetRequiredService<IMeterFactory>();
            // The meter is made with the provider.
            _ = world.Clients;
            _listener = new MeterListener
            {
                InstrumentPublished = (instrument, self) =>
                {
                    if (instrument.Meter.Name == CognitoM2MDiagnostics.MeterName && instrument.Meter.Scope == factory)
                        self.EnableMeasurementEvents(instrument);
                },
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
            _listener.Start();
        }

        public void Observe() => _listener.RecordObservableInstruments();

        public double Sum(string instrument, string tag = "") =>
            _values.Where(value => value.Instrument == instrument && value.Tags.Contains(tag, StringComparison.Ordinal)).Sum(value => value.Value);

        public void Dispose() => _listener.Dispose();

        private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            _values.Enqueue((instrument.Name, value, string.Join(' ', tags.ToArray())));
    }
}
