using CognitoM2M.Cache;
using CognitoM2M.Diagnostics;
using CognitoM2M.Testing;
using CognitoM2M.Time;
using CognitoM2M.Tokens;
using Microsoft.Extensions.Logging.Abstractions;

namespace CognitoM2M.Tests.Cache;

/// <summary>Many threads get, refresh, replace and cancel at one entry while the clock runs.</summary>
public sealed class TokenEntryStressTests
{
    [Fact]
    public async Task Concurrent_callers_never_cause_two_fetches_at_once_and_never_get_an_unusable_token()
    {
        var clock = new ManualClock();
        var monotonic = new MonotonicClock(clock);
        var fetcher = new SometimesFailingFetcher(clock);
        var entry = new TokenEntry(
            fetcher, TimeSpan.FromSeconds(10), monotonic, Random.Shared.NextDouble, new TokenTelemetry(new Instruments(NullLogger.Instance, null), "x", CognitoTokenRoute.OAuth2, ""));
        var answers = 0;

        await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(async () =>
        {
            var random = new Random(worker);
            for (var i = 0; i < 500; i++)
            {
                using var cancellation = new CancellationTokenSource();
                if (random.Next(10) == 0)
                    await cancellation.CancelAsync();
                if (random.Next(20) == 0)
                    clock.Advance(TimeSpan.FromMilliseconds(random.Next(2_000)));

                try
                {
                    var before = monotonic.Now;
                    var caller = new Caller("x", Blocks: false, Minimum: TimeSpan.Zero, cancellation.Token);
                    var token = random.Next(50) == 0 ? await entry.RefreshAsync(caller) : await entry.GetAsync(caller);
                    Assert.True(before < token.EndsAt);
                    if (random.Next(30) == 0)
                        await entry.ReplaceAsync(token.Token, "api", caller);
                }
                catch (Exception error) when (error is CognitoTokenException or OperationCanceledException)
                {
                }

                Interlocked.Increment(ref answers);
            }
        })));

        Assert.Equal(8_000, answers);
        Assert.Equal(1, fetcher.MostConcurrentFetches);
        Assert.True(fetcher.Fetches > 10);
    }

    private sealed class SometimesFailingFetcher(ManualClock clock) : ITokenFetcher
    {
        private int _running;

        public int MostConcurrentFetches { get; private set; }

        public int Fetches { get; private set; }

        public async Task<FetchOutcome> FetchAsync(FetchOrder order)
        {
            MostConcurrentFetches = Math.Max(MostConcurrentFetches, Interlocked.Increment(ref _running));
            Fetches++;
            await Task.Yield();
            Interlocked.Decrement(ref _running);
            return Fetches % 3 == 0
                ? new TokenFailure("http_error", "down", IsTransient: true)
                : new IssuedToken(new CognitoAccessToken($"token-{Fetches}", clock.GetUtcNow()), clock.GetElapsedTime(0), TimeSpan.FromHours(1));
        }
    }
}
