using CognitoM2M.Shared;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Keys;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Verification.Tests.Keys;

/// <summary>The first download, and downloads in the background when the lifetime of the keys is over.</summary>
public sealed class RemoteKeySetTests : RemoteKeySetTest
{
    [Fact]
    public async Task Many_callers_share_the_first_download()
    {
        var release = Server.Hold();

        var callers = Enumerable.Range(0, 100).Select(_ => FindAsync(AccessId)).ToList();
        release.SetResult();

        Assert.All(await Task.WhenAll(callers), lookup => Assert.NotNull(lookup.Key));
        Assert.Equal(1, Server.Requests);
    }

    [Fact]
    public async Task Cancellation_of_one_caller_does_not_end_the_shared_download()
    {
        var release = Server.Hold();
        using var cancellation = new CancellationTokenSource();
        var cancelled = FindAsync(AccessId, cancellation.Token);
        var other = FindAsync(AccessId);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        release.SetResult();
        Assert.NotNull((await other).Key);
        Assert.Equal(1, Server.Requests);
    }

    [Theory]
    [InlineData(null, null, 3600)]
    [InlineData("max-age=900", null, 900)]
    [InlineData("public, max-age=900", null, 900)]
    [InlineData("max-age=900", 300, 600)]
    [InlineData("max-age=10", null, 300)]
    [InlineData("max-age=0", null, 300)]
    [InlineData("max-age=900", 899, 300)]
    [InlineData("max-age=900", 2_000_000_000, 300)]
    [InlineData("max-age=2147483647", null, 86_400)]
    [InlineData("no-store", null, 300)]
    [InlineData("no-cache", null, 300)]
    [InlineData("no-store, max-age=900", null, 300)]
    [InlineData("max-age=soon", null, 3600)]
    [InlineData("max-age=-5", null, 3600)]
    [InlineData("max-age=99999999999999999999", null, 3600)]
    public async Task Keys_are_downloaded_again_when_their_lifetime_is_over_and_not_before(string? cacheControl, int? ageSeconds, int expectedSeconds)
    {
        var age = ageSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        Server.OnRequest = (_, _) => Task.FromResult(KeySetServer.CreateResponse(Server.KeySet, cacheControl, age));
        await FindAsync(AccessId);

        Setup.Clock.Advance(TimeSpan.FromSeconds(expectedSeconds - 1));
        Assert.True(HoldsUsualKey());
        Assert.Null(KeySet.InFlight);

        Setup.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(HoldsUsualKey());
        await WaitForDownloadAsync();
        Assert.Equal(2, Server.Requests);
    }

    [Fact]
    public async Task Lifetime_of_keys_begins_at_the_end_of_their_download()
    {
        var release = Server.Hold();
        var caller = FindAsync(AccessId);
        await WaitForRequestAsync();
        Setup.Clock.Advance(TimeSpan.FromSeconds(4));
        release.SetResult();
        await caller;

        Setup.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        Assert.True(HoldsUsualKey());
        Assert.Null(KeySet.InFlight);

        Server.Hold();
        Setup.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(HoldsUsualKey());
        Assert.NotNull(KeySet.InFlight);
    }

    [Fact]
    public async Task Nobody_waits_for_a_download_in_the_background()
    {
        await FindAsync(AccessId);
        var release = Server.Hold();
        Setup.Clock.Advance(TimeSpan.FromHours(1));

        for (var i = 0; i < 100; i++)
            Assert.True(HoldsUsualKey());

        Assert.NotNull(KeySet.InFlight);
        release.SetResult();
        await WaitForDownloadAsync();
        Assert.Equal(2, Server.Requests);
    }

    [Fact]
    public async Task Jump_of_the_wall_clock_does_not_change_the_age_of_the_keys()
    {
        await FindAsync(AccessId);

        Setup.Clock.JumpWallClock(TimeSpan.FromDays(400));

        Assert.True(HoldsUsualKey());
        Assert.Null(KeySet.InFlight);
    }

    [Fact]
    public async Task Token_waits_for_a_download_if_the_keys_were_not_downloaded_for_25_hours()
    {
        await FindAsync(AccessId);
        Server.KeySet = TestKey.CreateKeySet(TestKey.Next);
        var release = Server.Hold();
        Setup.Clock.Advance(TimeSpan.FromHours(25));

        Assert.Null(KeySet.FindHeld(AccessId));
        Assert.Null(KeySet.Current);
        release.SetResult();
        Assert.Null((await FindAsync(AccessId)).Key);
    }

    [Fact]
    public async Task Loading_keys_waits_for_a_download_if_the_keys_were_not_downloaded_for_25_hours()
    {
        await KeySet.LoadAsync(default);
        Setup.Clock.Advance(TimeSpan.FromHours(25));

        Assert.True(await KeySet.LoadAsync(default));

        Assert.NotNull(KeySet.Current);
        Assert.Equal(2, Server.Requests);
    }

    [Fact]
    public async Task Loading_keys_joins_a_download_in_flight()
    {
        var release = Server.Hold();
        var caller = FindAsync(AccessId);

        var loading = KeySet.LoadAsync(default).AsTask();
        release.SetResult();

        Assert.True(await loading);
        await caller;
        Assert.Equal(1, Server.Requests);
    }

    [Fact]
    public async Task Same_keys_in_another_order_keep_the_same_snapshot()
    {
        Server.KeySet = TestKey.CreateKeySet(TestKey.Access, TestKey.Next);
        await FindAsync(AccessId);
        var before = KeySet.Current;
        Server.KeySet = TestKey.CreateKeySet(TestKey.Next.Jwk.With("note", "1"), TestKey.Access);
        Setup.Clock.Advance(TimeSpan.FromHours(1));
        KeySet.FindHeld(AccessId);
        await WaitForDownloadAsync();

        Assert.Same(before, KeySet.Current);
        Assert.Equal(2, Server.Requests);
        Assert.Single(Setup.Log.Find(LogLevel.Information));
    }

    [Fact]
    public async Task Changed_or_withdrawn_key_makes_a_new_snapshot()
    {
        await FindAsync(AccessId);
        var before = KeySet.Current;
        string[] keySets =
        [
            TestKey.CreateKeySet(TestKey.Access.Jwk.WithText("e", "Aw")),
            TestKey.CreateKeySet(TestKey.Attacker.Jwk.WithText("kid", AccessId)),
            TestKey.CreateKeySet(TestKey.Attacker.Jwk.WithText("kid", AccessId).WithText("use", "enc"), TestKey.Next),
            TestKey.CreateKeySet(TestKey.Next),
            TestKey.CreateKeySet(TestKey.Next, TestKey.Access),
            TestKey.CreateKeySet(TestKey.Next, TestKey.Access.Jwk.WithText("kid", "renamed")),
        ];
        foreach (var keySet in keySets)
        {
            Server.KeySet = keySet;
            Setup.Clock.Advance(TimeSpan.FromHours(1));
            _ = KeySet.Current;
            await WaitForDownloadAsync();

            Assert.NotSame(before, KeySet.Current);
            before = KeySet.Current;
        }

        Assert.Null((await FindAsync(AccessId)).Key);
        Assert.Equal(1 + keySets.Length, Setup.Log.Find(LogLevel.Information).Count);
    }

    [Fact]
    public async Task Failing_logger_delays_no_caller()
    {
        var keys = new RemoteKeySet(
            new KeySetDownload(new Uri("https://x.example/"), Server.CreateClient, Setup.Clock), isUsual: true, Setup.Clock, new QuietLogger(new FailingLogger()), default);

        Assert.NotNull((await keys.FindAsync(AccessId, default)).Key);
    }

    [Fact]
    public async Task Disposal_of_the_verifier_ends_a_download_in_flight()
    {
        using var stopping = new CancellationTokenSource();
        var keys = Setup.CreateKeySet(stopping.Token);
        Server.Hold();
        var caller = keys.FindAsync(AccessId, default).AsTask();

        await stopping.CancelAsync();

        var lookup = await caller;
        Assert.Null(lookup.Keys);
        Assert.Equal("the verifier was disposed", lookup.Problem);
        Assert.Empty(Setup.Log.Lines);
    }

    private sealed class FailingLogger : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("The disk is full.");
    }
}
