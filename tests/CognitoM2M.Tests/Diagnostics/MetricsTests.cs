using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Sharing;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Tests.Diagnostics;

/// <summary>Metrics of the source and the cost of tokens, and the gauges of each client.</summary>
[Collection(QuietThreadPool.Name)]
public sealed class MetricsTests
{
    [Fact]
    public async Task Saved_requests_and_their_cost_are_counted()
    {
        await using var fleet = new StubbedFleet();
        await fleet.GetAsync(fleet.Start());
        var service = fleet.Start(configure: options => options.UsdPerTokenRequest = 0.5);
        using var listener = new MeasurementRecorder(service);

        await fleet.GetAsync(service);
        await fleet.GetAsync(service, new CognitoTokenRequest { ForceRefresh = true });

        Assert.Equal(1, listener.Sum(CognitoM2MDiagnostics.TokenSavedRequests));
        Assert.Equal(0.5, listener.Sum(CognitoM2MDiagnostics.TokenSavedCost));
        Assert.Equal(0.5, listener.Sum(CognitoM2MDiagnostics.TokenCost));
        Assert.Equal(1, listener.Sum(CognitoM2MDiagnostics.TokensServed, "source, shared_tier"));
        Assert.Equal(1, listener.Sum(CognitoM2MDiagnostics.TokensServed, "source, cognito"));
        Assert.True(listener.Sum(CognitoM2MDiagnostics.SharedTierDuration) >= 0);
    }

    [Fact]
    public async Task Replacement_from_the_shared_tier_is_counted_as_a_token_of_the_shared_tier()
    {
        await using var fleet = new StubbedFleet();
        var (first, second) = (fleet.Start(), fleet.Start());
        await fleet.GetAsync(first);
        using var listener = new MeasurementRecorder(second);
        await fleet.GetAsync(second);
        var rejected = second.Entry.State.Held!.Token;

        await fleet.GetAsync(first, new CognitoTokenRequest { ForceRefresh = true });
        var newer = await fleet.RunAsync(second.Provider.ReplaceRejectedTokenAsync("orders", rejected).AsTask());

        Assert.Equal("token-2", newer!.Value);
        Assert.Equal(2, listener.Sum(CognitoM2MDiagnostics.TokensServed, "source, shared_tier"));
    }

    [Fact]
    public async Task Duration_of_a_token_request_is_measured()
    {
        await using var service = new StubbedService();
        using var listener = new MeasurementRecorder(service);
        service.Clock.Advance(TimeSpan.FromHours(1));
        service.OnTokenRequest = (n, _) =>
        {
            service.Clock.Advance(TimeSpan.FromSeconds(2));
            return Task.FromResult(StubbedResponse.CreateToken($"token-{n}"));
        };

        await service.GetTokenAsync();

        Assert.Equal(2, listener.Sum(CognitoM2MDiagnostics.TokenRequestDuration));
    }

    [Fact]
    public async Task Gauges_show_remaining_lifetime_and_back_off()
    {
        await using var service = new StubbedService();
        using var listener = new MeasurementRecorder(service);
        await service.GetTokenAsync();
        service.Clock.Advance(TimeSpan.FromMinutes(52));
        service.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateStatus(HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(90)));
        await service.GetTokenAsync();
        await service.WaitForFetchAsync();

        listener.Observe();

        Assert.Equal(480, listener.Sum(CognitoM2MDiagnostics.TokenRemaining));
        Assert.Equal(90, listener.Sum(CognitoM2MDiagnostics.TokenBackOff));
    }

    [Fact]
    public async Task Gauges_show_http_clients_with_scopes_of_their_own_beside_their_client()
    {
        await using var service = new StubbedService(services: services => services
            .AddHttpClient("writer").AddCognitoM2MToken("orders", new CognitoTokenRequest { Scopes = ["orders/write"] })
            .ConfigurePrimaryHttpMessageHandler(() => new InlineHandler((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)))));
        using var listener = new MeasurementRecorder(service);
        await service.GetTokenAsync();
        service.Clock.Advance(TimeSpan.FromMinutes(10));
        for (var handler = 0; handler < 3; handler++)
        {
            using var http = new HttpMessageInvoker(service.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("writer"));
            using var response = await http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "https://api.example.com/orders"), CancellationToken.None);
        }

        listener.Observe();

        Assert.Equal(3000, listener.Sum(CognitoM2MDiagnostics.TokenRemaining) - listener.Sum(CognitoM2MDiagnostics.TokenRemaining, "cognito_m2m.scopes, orders/write"));
        Assert.Equal(3600, listener.Sum(CognitoM2MDiagnostics.TokenRemaining, "cognito_m2m.scopes, orders/write"));
    }

    [Fact]
    public async Task Gauges_show_the_worst_of_tokens_with_equal_tags()
    {
        await using var service = new StubbedService(services: services => services
            .AddHttpClient("tenant").AddCognitoM2MToken("orders", new CognitoTokenRequest { ClientMetadata = new Dictionary<string, string> { ["tenant"] = "acme" } })
            .ConfigurePrimaryHttpMessageHandler(() => new InlineHandler((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)))));
        using var listener = new MeasurementRecorder(service);
        using var http = service.Services.GetRequiredService<IHttpClientFactory>().CreateClient("tenant");
        using var response = await http.GetAsync(new Uri("orders", UriKind.Relative));
        service.Clock.Advance(TimeSpan.FromMinutes(10));
        await service.GetTokenAsync();

        listener.Observe();

        Assert.Equal([3000, 0], listener.Find(CognitoM2MDiagnostics.TokenRemaining, CognitoM2MDiagnostics.TokenBackOff));
    }

    [Fact]
    public async Task Gauges_are_never_negative()
    {
        await using var service = new StubbedService();
        await service.GetTokenAsync();
        service.Clock.Advance(TimeSpan.FromMinutes(52));
        service.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateStatus(HttpStatusCode.ServiceUnavailable));
        await service.GetTokenAsync();
        await service.WaitForFetchAsync();
        using var duringUse = new MeasurementRecorder(service);
        using var afterEnd = new MeasurementRecorder(service);

        // The back-off ends while the token is usable, and the wall clock jumps past the end of the token.
        service.Clock.Advance(TimeSpan.FromSeconds(10));
        service.Clock.JumpWallClock(TimeSpan.FromDays(1));
        duringUse.Observe();
        service.Clock.Advance(TimeSpan.FromHours(2));
        afterEnd.Observe();

        Assert.Equal([0, 0], duringUse.Find(CognitoM2MDiagnostics.TokenRemaining, CognitoM2MDiagnostics.TokenBackOff));
        Assert.Equal([0, 0], afterEnd.Find(CognitoM2MDiagnostics.TokenRemaining, CognitoM2MDiagnostics.TokenBackOff));
    }

    [Fact]
    public async Task Calls_served_from_memory_are_counted_while_a_listener_exists()
    {
        await using var service = new StubbedService();
        using var listener = new MeasurementRecorder(service);
        await service.GetTokenAsync();

        await service.GetTokenAsync();
        await service.CallApiAsync();

        Assert.Equal(2, listener.Sum(CognitoM2MDiagnostics.TokensServed, "source, memory"));
    }

    /// <summary>Adds up the measurements of one service.</summary>
    private sealed class MeasurementRecorder : IDisposable
    {
        private readonly MeterListener _listener;
        private readonly ConcurrentQueue<(string Instrument, double Value, string Tags)> _values = new();

        public MeasurementRecorder(StubbedService service)
        {
            var factory = service.Services.GetRequiredService<IMeterFactory>();
            // The provider creates the meter.
            _ = service.Clients;
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

        public IEnumerable<double> Find(params string[] instruments) => _values.Where(value => instruments.Contains(value.Instrument)).Select(value => value.Value);

        public void Dispose() => _listener.Dispose();

        private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            _values.Enqueue((instrument.Name, value, string.Join(' ', tags.ToArray())));
    }
}
