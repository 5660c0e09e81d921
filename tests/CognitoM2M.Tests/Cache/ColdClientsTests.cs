using System.Diagnostics.Metrics;
using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using CognitoM2M.Time;
using CognitoM2M.TokenEndpoint;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Tests.Cache;

/// <summary>Many app clients of one process that need their first tokens at the same moment, from one host.</summary>
[Collection(ProcessWideMeasurements.Name)]
public sealed class ColdClientsTests
{
    private static readonly Uri _endpoint = new(StubbedService.TokenEndpoint);

    // As many as Cognito allows for an AWS account.
    private const int AllowedInOneSecond = 150;

    [Fact]
    public async Task Four_hundred_clients_get_their_tokens_from_an_endpoint_that_allows_150_requests_in_a_second()
    {
        var clock = new ManualClock();
        var endpoint = new LimitedEndpoint(clock);
        var clients = Enumerable.Range(0, 400).Select(tenant => new CognitoM2MClient(
            new() { TokenEndpoint = _endpoint, ClientId = $"tenant{tenant}", ClientSecret = StubbedService.Secret },
            tokenEndpointHandler: new ForwardingHandler(endpoint), timeProvider: clock)).ToList();

        // All clients of the process share it.
        var pacer = RequestPacers.GetOfProcess(new MonotonicClock(clock)).Find(_endpoint);
        var calls = clients.Select(client => client.GetTokenAsync().AsTask()).ToList();
        while (!calls.TrueForAll(call => call.IsCompleted))
        {
            // Advance the clock only when each client has sent its request or waits for its turn.
            while (endpoint.Requests + pacer.Waiting < calls.Count)
                await Task.Yield();
            if (pacer.Waiting > 0)
                clock.Advance(clock.NextTimerIn);
            await Task.Yield();
        }

        var tokens = await Task.WhenAll(calls);
        Assert.Equal(400, tokens.Select(token => token.Value).Distinct().Count());
        Assert.Equal((400, 0), (endpoint.Requests, endpoint.Throttled));
        Assert.InRange(clock.GetElapsedTime(0), TimeSpan.FromSeconds(3.1), TimeSpan.FromSeconds(3.3));
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Calls_wait_for_their_turn_longer_than_for_an_answer_and_a_metric_shows_it()
    {
        await using var service = new StubbedService(options => options.MaxTokenRequestsPerSecond = 1);
        // Time counts from when the provider is made.
        _ = service.Clients;
        service.Clock.Advance(TimeSpan.FromHours(1));
        var waits = new List<double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == CognitoM2MDiagnostics.TokenRequestTimeInQueue
                    && ReferenceEquals(instrument.Meter.Scope, service.Services.GetRequiredService<IMeterFactory>()))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, _, _) =>
        {
            lock (waits)
                waits.Add(seconds);
        });
        listener.Start();

        var pacer = RequestPacers.GetOfProcess(new MonotonicClock(service.Clock)).Find(_endpoint);
        var calls = Enumerable.Range(0, 30).Select(tenant => service.GetTokenAsync(new CognitoTokenRequest { Scopes = [$"tenants/{tenant}"] })).ToList();
        while (!calls.TrueForAll(call => call.IsCompleted))
        {
            // Advance the clock only when each call has its token or waits for its turn.
            while (calls.Count(call => call.IsCompleted) + pacer.Waiting < calls.Count)
                await Task.Yield();
            if (pacer.Waiting > 0)
                service.Clock.Advance(service.Clock.NextTimerIn);
        }

        await Task.WhenAll(calls);
        Assert.Equal(30, service.TokenRequests);
        Assert.Equal(29, waits.Count);
        Assert.InRange(service.Clock.GetElapsedTime(0) - TimeSpan.FromHours(1), TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(60));
        Assert.All(waits, seconds => Assert.InRange(seconds, 0.001, 60));
    }

    [Fact]
    public async Task Request_that_has_waited_a_minute_for_its_turn_fails_and_says_why()
    {
        await using var service = new StubbedService(options => options.MaxTokenRequestsPerSecond = 1);
        var pacer = RequestPacers.GetOfProcess(MonotonicClock.Find(service.Clock)).Find(_endpoint);
        var calls = Enumerable.Range(0, 100).Select(tenant => service.GetTokenAsync(new CognitoTokenRequest { Scopes = [$"tenants/{tenant}"] })).ToList();

        while (!calls.TrueForAll(call => call.IsCompleted))
        {
            while (calls.Count(call => call.IsCompleted) + pacer.Waiting < calls.Count)
                await Task.Yield();
            if (pacer.Waiting > 0)
                service.Clock.Advance(service.Clock.NextTimerIn);
        }

        Assert.Equal(TimeSpan.FromMinutes(1), service.Clock.GetElapsedTime(0));
        Assert.InRange(service.TokenRequests, 60, 61);
        Assert.Equal(service.TokenRequests, calls.Count(call => call.IsCompletedSuccessfully));
        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => calls.First(call => !call.IsCompletedSuccessfully));
        Assert.Equal(CognitoTokenErrors.QueueTimeout, failure.Error);
        Assert.True(failure.IsTransient);
        Assert.InRange(failure.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.5));
        Assert.StartsWith(
            "The token request was not sent: for 60 s other token requests of this process to acme-m2m.auth.eu-west-1.amazoncognito.com went first.", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Throttled_client_slows_the_other_clients_of_its_host()
    {
        await using var service = new StubbedService(options => options.FirstFetchAttempts = 1);
        service.OnTokenRequest = (n, _) => Task.FromResult(
            n == 1 ? StubbedResponse.CreateStatus(HttpStatusCode.TooManyRequests) : StubbedResponse.CreateToken($"token-{n}"));
        await service.FailToGetTokenAsync();

        var call = service.GetTokenAsync(new CognitoTokenRequest { Scopes = ["orders/write"] });

        Assert.Equal("token-2", await service.Clock.RunAsync(call, skip: TimeSpan.FromSeconds(1)));
        Assert.InRange(service.Clock.GetElapsedTime(0), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.1));
    }

    /// <summary>Answers 429 to the 151st request within one second.</summary>
    private sealed class LimitedEndpoint(ManualClock clock) : HttpMessageHandler
    {
        private readonly Lock _gate = new();
        private readonly List<TimeSpan> _requests = [];

        public int Requests
        {
            get
            {
                lock (_gate)
                    return _requests.Count;
            }
        }

        public int Throttled { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (_gate)
            {
                var now = clock.GetElapsedTime(0);
                _requests.Add(now);
                if (_requests.Count(at => at > now - TimeSpan.FromSeconds(1)) <= AllowedInOneSecond)
                    return Task.FromResult(StubbedResponse.CreateToken($"token-{_requests.Count}"));

                Throttled++;
                return Task.FromResult(StubbedResponse.CreateStatus(HttpStatusCode.TooManyRequests));
            }
        }
    }

    private sealed class ForwardingHandler(HttpMessageHandler inner) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _inner = new(inner, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _inner.SendAsync(request, cancellationToken);
    }
}
