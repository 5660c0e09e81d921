using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Tests.Diagnostics;

/// <summary>Counters, traces and log lines.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Requests_waits_and_rejections_are_counted_with_client_route_and_reason()
    {
        await using var service = new StubbedService();
        var counted = Listen(service);

        await service.GetTokenAsync();
        service.Clock.Advance(TimeSpan.FromMinutes(52));
        await service.GetTokenAsync();
        await service.WaitForFetchAsync();
        service.OnApiCall = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Unauthorized));
        await service.CallApiAsync();
        service.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateJson("""{"error":"invalid_client"}""", HttpStatusCode.BadRequest));
        await Assert.ThrowsAsync<CognitoTokenException>(() => service.GetTokenAsync(new CognitoTokenRequest { ForceRefresh = true }));

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
    public async Task Fetch_belongs_to_the_trace_of_its_caller_and_a_renewal_has_its_own_trace()
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
        await using var service = new StubbedService();
        using var caller = source.StartActivity("caller")!;

        await service.GetTokenAsync();
        service.Clock.Advance(TimeSpan.FromMinutes(52));
        await service.GetTokenAsync();
        await service.WaitForFetchAsync();

        var mine = stopped.Where(activity => activity.TraceId == caller.TraceId || activity.Links.Any(link => link.Context.TraceId == caller.TraceId)).ToList();
        Assert.Equal(["cold", "renewal"], mine.Select(activity => activity.GetTagItem("cognito_m2m.reason")));
        Assert.Equal(caller.SpanId, mine[0].ParentSpanId);
        Assert.NotEqual(caller.TraceId, mine[1].TraceId);
    }

    [Fact]
    public async Task Failed_renewal_is_logged_as_a_warning_and_a_failed_fetch_once_as_an_error()
    {
        var log = new LogRecorder();
        await using var service = new StubbedService(services: services => services.AddLogging(logging => logging.AddProvider(log)));
        await service.GetTokenAsync();
        service.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateStatus(HttpStatusCode.ServiceUnavailable));

        service.Clock.Advance(TimeSpan.FromMinutes(52));
        await service.GetTokenAsync();
        await service.WaitForFetchAsync();
        service.Clock.Advance(TimeSpan.FromMinutes(8));
        for (var call = 0; call < 20; call++)
            await service.FailToGetTokenAsync();

        Assert.Equal(["Warning 2", "Error 3"], log.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal) || line.StartsWith("Error", StringComparison.Ordinal))
            .Select(line => string.Join(' ', line.Split(' ')[..2])));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task End_of_an_outage_is_logged_once_with_its_duration(int failures)
    {
        var log = new LogRecorder();
        await using var service = new StubbedService(options => options.FirstFetchAttempts = 1, services => services.AddLogging(logging => logging.AddProvider(log)));
        service.OnTokenRequest = (n, _) => Task.FromResult(
            n <= failures ? StubbedResponse.CreateStatus(HttpStatusCode.ServiceUnavailable) : StubbedResponse.CreateToken($"token-{n}"));

        for (var failure = 0; failure < failures; failure++)
        {
            await service.FailToGetTokenAsync();
            service.Clock.Advance(TimeSpan.FromSeconds(20));
        }

        await service.GetTokenAsync();
        service.Clock.Advance(TimeSpan.FromHours(1));
        await service.GetTokenAsync();

        Assert.Equal(failures + 2, service.TokenRequests);
        Assert.StartsWith(
            $"Information 14 Client orders: tokens are obtained again, {TimeSpan.FromSeconds(20 * failures)} after the first failure.",
            Assert.Single(log.Find(LogLevel.Information), line => line.Contains("tokens are", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task End_of_an_outage_is_logged_after_a_corrected_secret_too()
    {
        await using var billing = new ConfiguredClient();
        billing.RefuseTokenRequests();
        await Assert.ThrowsAsync<CognitoTokenException>(() => billing.GetTokenAsync());
        billing.Service.OnTokenRequest = (n, _) => Task.FromResult(StubbedResponse.CreateToken($"token-{n}"));
        billing.Service.Clock.Advance(TimeSpan.FromMinutes(7));

        billing.Change("ClientSecret", "second1secret");
        await billing.GetTokenAsync();

        Assert.Single(billing.Log.Lines, line => line.StartsWith(
            "Information 14 Client billing: tokens are obtained again, 00:07:00 after the first failure.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Renewal_that_fails_as_its_token_ends_is_logged_as_a_warning_because_calls_ask_again_at_once()
    {
        var log = new LogRecorder();
        await using var service = new StubbedService(
            options => options.AttemptTimeout = TimeSpan.FromMinutes(5), services => services.AddLogging(logging => logging.AddProvider(log)));
        var renewal = new TaskCompletionSource<HttpResponseMessage>();
        service.OnTokenRequest = (n, _) => n == 2 ? renewal.Task : Task.FromResult(StubbedResponse.CreateToken($"token-{n}", expiresIn: 300));
        await service.GetTokenAsync();
        service.Clock.Advance(TimeSpan.FromSeconds(256));
        await service.GetTokenAsync();

        service.Clock.Advance(TimeSpan.FromSeconds(43));
        renewal.SetResult(StubbedResponse.CreateStatus(HttpStatusCode.ServiceUnavailable));
        await service.WaitForFetchAsync();
        Assert.Equal("token-3", await service.GetTokenAsync());

        Assert.StartsWith(
            "Warning 13 Client orders: renewal failed with http_error (transient: True), and meanwhile the token has ended. Calls request a token again at once.",
            Assert.Single(log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal) || line.StartsWith("Error", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_scopes_of_a_token_are_logged_as_a_warning()
    {
        var log = new LogRecorder();
        await using var service = new StubbedService(options => options.Scopes = ["a/b", "c/d"], services => services.AddLogging(logging => logging.AddProvider(log)));
        var payload = System.Buffers.Text.Base64Url.EncodeToString("""{"scope":"a/b"}"""u8);
        service.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateToken($"e30.{payload}.c2ln"));

        await service.GetTokenAsync();

        Assert.Contains(log.Lines, line => line.StartsWith("Warning 4", StringComparison.Ordinal) && line.Contains("[c/d]", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a/b c/d", "[a/b c/d]")]
    [InlineData("", "[every allowed scope]")]
    public async Task Token_that_grants_nothing_is_logged_once_although_it_is_renewed(string requested, string expected)
    {
        var log = new LogRecorder();
        await using var service = new StubbedService(
            options => options.Scopes = requested.Split(' ', StringSplitOptions.RemoveEmptyEntries), services => services.AddLogging(logging => logging.AddProvider(log)));
        service.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateToken("e30.e30.c2ln"));

        for (var hour = 0; hour < 3; hour++)
        {
            await service.GetTokenAsync();
            service.Clock.Advance(TimeSpan.FromHours(1));
        }

        var warning = Assert.Single(log.Lines, line => line.StartsWith("Warning 4", StringComparison.Ordinal));
        Assert.Contains(expected, warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ends_with_its_failure_although_the_logger_throws()
    {
        await using var service = new StubbedService(services: services => services.AddLogging(logging => logging.AddProvider(new ThrowingLogger())));
        service.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateJson("""{"error":"invalid_client"}""", HttpStatusCode.BadRequest));

        await Assert.ThrowsAsync<CognitoTokenException>(() => service.GetTokenAsync());
    }

    [Fact]
    public async Task Call_gets_its_token_although_the_logger_throws()
    {
        await using var service = new StubbedService(services: services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new ThrowingLogger())));

        Assert.Equal("token-1", await service.GetTokenAsync());
        Assert.Equal("token-1", await service.GetTokenAsync());
    }

    private static ConcurrentQueue<string> Listen(StubbedService service)
    {
        var counted = new ConcurrentQueue<string>();
        var factory = service.Services.GetRequiredService<IMeterFactory>();
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

    private sealed class ThrowingLogger : ILoggerProvider, ILogger
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
