using CognitoM2M.Cache;
using CognitoM2M.Diagnostics;
using CognitoM2M.Settings;
using CognitoM2M.Testing;
using CognitoM2M.Time;
using CognitoM2M.Tokens;
using Microsoft.Extensions.Logging.Abstractions;

namespace CognitoM2M.Tests.Cache;

public sealed class TokenEntryStoreTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly TokenEntryStore _store;

    public TokenEntryStoreTests() => _store = new TokenEntryStore(new MonotonicClock(_clock), capacity: 100);

    [Fact]
    public void Store_stays_within_its_capacity_and_keeps_the_newest_entry()
    {
        for (var i = 0; i < 1000; i++)
        {
            var entry = Add($"tenant/{i}");

            Assert.Same(entry, Add($"tenant/{i}"));
            Assert.InRange(_store.Count, 1, 100);
        }
    }

    [Fact]
    public void Entry_unused_for_longer_than_any_token_lives_is_dropped()
    {
        var entry = Add("a/b");
        _clock.Advance(TimeSpan.FromHours(24));
        Assert.Same(entry, Add("a/b"));

        _clock.Advance(TimeSpan.FromHours(26));

        Assert.NotSame(entry, Add("a/b"));
    }

    [Fact]
    public void Wall_clock_jump_drops_no_entry()
    {
        var entry = Add("a/b");

        _clock.JumpWallClock(TimeSpan.FromDays(400));

        Assert.Same(entry, Add("a/b"));
    }

    [Fact]
    public void Store_that_is_not_full_keeps_every_entry()
    {
        var entries = Enumerable.Range(0, 100).Select(i => Add($"tenant/{i}")).ToList();

        Assert.Equal(100, _store.Count);
        Assert.All(entries.Index(), entry => Assert.Same(entry.Item, Add($"tenant/{entry.Index}")));
    }

    [Fact]
    public void Disposed_store_gives_no_entry_and_finds_none()
    {
        Add("a/b");

        _store.Dispose();

        Assert.Throws<ObjectDisposedException>(() => Add("c/d"));
        Assert.Empty(_store.FindAll(_ => true));
    }

    public void Dispose() => _store.Dispose();

    private TokenEntry Add(string scope) => _store.GetOrAdd(
        new TokenEntryKey(CognitoTokenRoute.OAuth2, "https://x/", CognitoClientAuthentication.ClientSecretBasic, "id", "digest", scope, ""),
        () => new TokenEntry(
            new UnusedFetcher(), TimeSpan.FromSeconds(10), new MonotonicClock(_clock), () => 0.5,
            new TokenTelemetry(new Instruments(NullLogger.Instance, null), "x", CognitoTokenRoute.OAuth2, scope)));

    private sealed class UnusedFetcher : ITokenFetcher
    {
        public Task<FetchOutcome> FetchAsync(FetchOrder order) => throw new InvalidOperationException("These tests fetch no token.");
    }
}
