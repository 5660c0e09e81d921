using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Tests.Diagnostics;

/// <summary>Listeners of metrics and activities, and loggers, that throw at every event. Every call gets the answer that it gets without them.</summary>
[Collection(ProcessWideMeasurements.Name)]
public sealed class ThrowingListenerTests : IAsyncDisposable
{
    private readonly StubbedService _service = new(services: services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new ThrowingLogger())));
    private readonly MeterListener _metrics = new();
    private readonly ActivityListener _activities;
    private readonly Activity _trace;
    private int _thrown;

    public ThrowingListenerTests()
    {
        _metrics.SetMeasurementEventCallback<long>((_, _, _, _) => Throw());
        _metrics.SetMeasurementEventCallback<double>((_, _, _, _) => Throw());
        _trace = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        // Other tests have fetches too, so the listener throws for fetches of this trace only.
        _activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == CognitoM2MDiagnostics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent.TraceId == _trace.TraceId ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStarted = activity => ThrowFor(activity),
            ActivityStopped = activity => ThrowFor(activity),
        };
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Calls_get_their_tokens_although_a_listener_throws(bool withActivities)
    {
        Listen(withActivities);

        Assert.Equal("token-1", await _service.GetTokenAsync());
        Assert.Equal(HttpStatusCode.OK, await _service.CallApiAsync());
        Assert.Equal("token-2", await _service.GetTokenAsync(new CognitoTokenRequest { ForceRefresh = true }));
        _service.Clock.Advance(TimeSpan.FromMinutes(52));
        Assert.Equal("token-2", await _service.GetTokenAsync());
        await _service.WaitForFetchAsync();
        Assert.Equal("token-3", await _service.GetTokenAsync());
        using var client = _service.CreateHttpClient();
        using var response = client.Send(new HttpRequestMessage(HttpMethod.Get, "orders"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(_thrown > 0);
    }

    [Fact]
    public async Task Rejected_token_is_replaced_although_a_listener_throws()
    {
        Listen(withActivities: false);
        _service.OnApiCall = request => Task.FromResult(new HttpResponseMessage(
            request.Headers.Authorization!.Parameter == "token-1" ? HttpStatusCode.Unauthorized : HttpStatusCode.OK));

        Assert.Equal(HttpStatusCode.OK, await _service.CallApiAsync());
        Assert.Equal(["Bearer token-1", "Bearer token-2"], _service.ApiCalls);
    }

    [Fact]
    public async Task Failure_reaches_the_caller_although_a_listener_throws()
    {
        Listen(withActivities: false);
        _service.OnTokenRequest = (_, _) => Task.FromResult(ConfiguredClient.CreateRefusal());

        var failure = await _service.FailToGetTokenAsync();

        Assert.Equal(("invalid_client", 1), (failure.Error, _service.TokenRequests));
    }

    [Fact]
    public async Task Call_succeeds_although_a_listener_throws_when_an_instrument_is_published()
    {
        using var atPublication = new MeterListener { InstrumentPublished = (instrument, _) => ThrowFor(instrument) };
        atPublication.Start();

        Assert.Equal("token-1", await _service.GetTokenAsync());
        Assert.True(_thrown > 0);
    }

    [Fact]
    public async Task Histograms_of_seconds_advise_buckets_that_fit_them()
    {
        var histograms = new List<Histogram<double>>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (IsOurs(instrument) && instrument is Histogram<double> histogram)
                    histograms.Add(histogram);
            },
        };
        listener.Start();
        await _service.GetTokenAsync();

        Assert.NotEmpty(histograms);
        Assert.All(histograms, histogram =>
        {
            Assert.Equal("s", histogram.Unit);
            var boundaries = histogram.Advice!.HistogramBucketBoundaries!;
            Assert.InRange(boundaries[0], 0.0001, 0.01);
            Assert.InRange(boundaries[^1], 1, 60);
            Assert.Equal(boundaries.Order(), boundaries);
        });
    }

    public async ValueTask DisposeAsync()
    {
        _metrics.Dispose();
        _activities.Dispose();
        _trace.Dispose();
        await _service.DisposeAsync();
    }

    private void Listen(bool withActivities)
    {
        if (withActivities)
            ActivitySource.AddActivityListener(_activities);
        _metrics.InstrumentPublished = (instrument, listener) =>
        {
            if (IsOurs(instrument))
                listener.EnableMeasurementEvents(instrument);
        };
        _metrics.Start();
    }

    private bool IsOurs(Instrument instrument) =>
        instrument.Meter.Name == CognitoM2MDiagnostics.MeterName && ReferenceEquals(instrument.Meter.Scope, _service.Services.GetRequiredService<IMeterFactory>());

    private void ThrowFor(Instrument instrument)
    {
        if (IsOurs(instrument))
            Throw();
    }

    private void ThrowFor(Activity activity)
    {
        if (activity.TraceId == _trace.TraceId)
            Throw();
    }

    private void Throw()
    {
        Interlocked.Increment(ref _thrown);
        throw new InvalidOperationException("A listener that throws.");
    }

    private sealed class ThrowingLogger : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => categoryName == CognitoM2MDiagnostics.LogCategoryName ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("A logger that throws.");

        public void Dispose()
        {
        }
    }
}
