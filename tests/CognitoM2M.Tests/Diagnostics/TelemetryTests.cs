using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Tests.Diagnostics;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Requests_waits_and_rejections_are_counted_with_client_route_and_reason()
    {
        await using var world = new World();
        var counted = Listen(world);

        await world.GetTokenAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(52));
        await world.GetTokenAsync();
        await world.SettleAsync();
        world.OnApiCall = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Unauthorized));
        await world.CallAsync();
        world.OnTokenRequest = (_, _) => Task.FromResult(World.Json("""{"error":"invalid_client"}""", HttpStatusCode.BadRequest));
        await Assert.ThrowsAsync<CognitoTokenException>(() => world.GetTokenAsync(new CognitoTokenRequest { ForceRefresh = true }));

        Assert.Equal(
            [
                "cognito_m2m.token.rejections 1 cognito_m2m.client=orders",
                "cognito_m2m.token.requests 1 cognito_m2m.client=orders cognito_m2m.route=oauth2 cognito_m2m.reason=cold",
                "cognito_m2m.token.requests 1 cognito_m2m.client=orders cognito_m2m.route=oauth2 cognito_m2m.reason=forced error.type=invalid_client",
                "cognito_m2m.token.requests 1 cognito_m2m.client=orders cognito_m2m.route=oauth2 cognito_m2m.reason=rejected",
                "cognito_m2m.token.requests 1 cognito_m2m.client=orders cognito_m2m.route=oauth2 cognito_m2m.reason=renewal",
                "cognito_m2m.token.served 1 cognito_m2m.client=orders cognito_m2m.source=cognito",
                "cognito_m2m.token.served 1 cognito_m2m.client=orders cognito_m2m.source=cognito",
                "cognito_m2m.token.served 1 cognito_m2m.client=orders cognito_m2m.source=memory",
                "cognito_m2m.token.served 1 cognito_m2m.client=orders cognito_m2m.source=memory",
                "cognito_m2m.token.waits 1 cognito_m2m.client=orders",
            ],
            counted.Where(line => !line.Contains("duration", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Caller_sees_the_fetch_it_waits_for_in_its_trace_and_a_renewal_stands_alone()
    {
        var stopped = new ConcurrentQueue<Activity>();
        using var source = new ActivitySource("test");
        using var listener = new ActivityListener
        {
            ShouldListenTo = candidate => candidate == source || candidate.Name == CognitoM2MDiagnostics.ActivitySourceName,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = stopped.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var world = new World();
        using var caller = source.StartActivity("caller")!;

        await world.GetTokenAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(52));
        await world.GetTokenAsync();
        await world.SettleAsync();

        var mine = stopped.Where(activity => activity.TraceId == caller.TraceId || activity.Links.Any(link => link.Context.TraceId == caller.TraceId)).ToList();
        Assert.Equal(["cold", "renewal"], mine.Select(activity => activity.GetTagItem("cognito_m2m.reason")));
        Assert.Equal(caller.SpanId, mine[0].ParentSpanId);
        Assert.NotEqual(caller.TraceId, mine[1].TraceId);
    }

    [Fact]
    public async Task Failed_renewal_is_a_warning_and_a_failed_fetch_an_error_once_for_all_callers()
    {
        var log = new Recorder();
        await using var world = new World(services: services => services.AddLogging(logging => logging.AddProvider(log)));
        await world.GetTokenAsync();
        world.OnTokenRequest = (_, _) => Task.FromResult(World.Status(HttpStatusCode.ServiceUnavailable));

        world.Clock.Advance(TimeSpan.FromMinutes(52));
        await world.GetTokenAsync();
        await world.SettleAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(8));
        for (var call = 0; call < 20; call++)
            await world.FailAsync();

        Assert.Equal(["Warning 2", "Error 3"], log.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal) || line.StartsWith("Error", StringComparison.Ordinal))
            .Select(line => string.Join(' ', line.Split(' ')[..2])));
    }

    [Fact]
    public async Task Token_with_fewer_scopes_than_asked_for_is_a_warning_that_names_them()
    {
        var log = new Recorder();
        await using var world = new World(options => options.Scopes = ["a/b", "c/d"], services => services.AddLogging(logging => logging.AddProvider(log)));
        var payload = System.Buffers.Text.Base64Url.EncodeToString("""{"scope":"a/b"}"""u8);
        world.OnTokenRequest = (_, _) => Task.FromResult(World.TokenAnswer($"e30.{payload}.c2ln"));

        await world.GetTokenAsync();

        Assert.Contains(log.Lines, line => line.StartsWith("Warning 4", StringComparison.Ordinal) && line.Contains("[c/d]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Logger_that_throws_leaves_no_caller_waiting()
    {
        await using var world = new World(services: services => services.AddLogging(logging => logging.AddProvider(new Throwing())));
        world.OnTokenRequest = (_, _) => Task.FromResult(World.Json("""{"error":"invalid_client"}""", HttpStatusCode.BadRequest));

        await Assert.ThrowsAsync<CognitoTokenException>(() => world.GetTokenAsync());
    }

    [Fact]
    public async Task Logger_that_throws_loses_no_token()
    {
        await using var world = new World(services: services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new Throwing())));

        Assert.Equal("token-1", await world.GetTokenAsync());
        Assert.Equal("token-1", await world.GetTokenAsync());
    }

    private static ConcurrentQueue<string> Listen(World world)
    {
        var counted = new ConcurrentQueue<string>();
        var factory = world.Services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == CognitoM2MDiagnostics.MeterName && instrument.Meter.Scope == factory)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            counted.Enqueue($"{instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}"));
        listener.Start();
        return counted;
    }

    private sealed class Throwing : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => categoryName == CognitoM2MDiagnostics.LogCategoryName ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("The disk is full.");

        public void Dispose()
        {
        }
    }
}
