using System.Collections.Concurrent;
using CognitoM2M.Testing.Verdicts;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Verification.Tests.Keys;

/// <summary>Key ids that are not in the key set. Anybody can send them, so they cause at most one download in ten seconds.</summary>
public sealed class UnknownKeyTests : RemoteKeySetTest
{
    [Fact]
    public async Task Flood_of_unknown_key_ids_causes_one_download_in_ten_seconds()
    {
        await FindAsync(AccessId);
        Setup.Clock.Advance(TimeSpan.FromMinutes(1));

        ConcurrentQueue<double> downloads = new();
        for (var tenth = 0; tenth < 600; tenth++)
        {
            var before = Server.Requests;
            await Task.WhenAll(Enumerable.Range(0, 20).Select(i => FindAsync($"unknown-{tenth}-{i}")));
            if (Server.Requests > before)
                downloads.Enqueue(tenth / 10.0);
            Assert.InRange(Server.Requests - before, 0, 1);
            Setup.Clock.Advance(TimeSpan.FromSeconds(0.1));
        }

        Assert.Equal([0, 10, 20, 30, 40, 50], downloads);
    }

    [Fact]
    public async Task Flood_before_the_first_download_causes_that_download_and_no_other_for_ten_seconds()
    {
        var release = Server.Hold();
        var callers = Enumerable.Range(0, 200).Select(i => Task.Run(() => FindAsync($"unknown-{i}"))).ToList();
        release.SetResult();
        await Task.WhenAll(callers);

        await FindAsync("another");

        Assert.Equal(1, Server.Requests);
        Setup.Clock.Advance(TimeSpan.FromSeconds(10));
        await FindAsync("another");
        Assert.Equal(2, Server.Requests);
    }

    [Fact]
    public async Task Unknown_key_id_counts_even_if_its_sender_cancels()
    {
        var release = Server.Hold();
        using var cancellation = new CancellationTokenSource();
        var cancelled = FindAsync("unknown", cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        release.SetResult();
        await WaitForDownloadAsync();

        await FindAsync("unknown");

        Assert.Equal(1, Server.Requests);
    }

    [Fact]
    public async Task Flood_during_an_outage_causes_one_attempt_in_ten_seconds_and_known_keys_stay_in_use()
    {
        await FindAsync(AccessId);
        Server.Fail();

        List<double> attempts = [];
        for (var second = 0; second < 30; second++)
        {
            var before = Server.Requests;
            Assert.Null((await FindAsync($"unknown-{second}")).Key);
            Assert.True(HoldsUsualKey());
            await WaitForDownloadAsync();
            if (Server.Requests > before)
                attempts.Add(second);
            Setup.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([0, 10, 20], attempts);
        Assert.Equal(4, Server.Requests);
        Assert.Single(Setup.Log.Find(LogLevel.Warning));
    }

    [Fact]
    public async Task Next_token_of_a_known_key_repeats_a_failed_download_for_an_unknown_key()
    {
        await FindAsync(AccessId);
        Server.Fail();
        await FindAsync("unknown");
        Assert.NotNull(KeySet.Status.Problem);

        Server.Recover();
        Setup.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.True(HoldsUsualKey());
        await WaitForDownloadAsync();

        Assert.Null(KeySet.Status.Problem);
    }

    [Fact]
    public async Task Key_that_was_just_published_is_found_before_the_next_refresh()
    {
        await FindAsync(AccessId);
        Server.KeySet = TestKey.CreateKeySet(TestKey.Access, TestKey.Next);

        Assert.Null(KeySet.FindHeld(TestKey.Next.Id));
        Assert.NotNull((await FindAsync(TestKey.Next.Id)).Key);

        Assert.True(HoldsUsualKey());
        Assert.Equal(2, Server.Requests);
    }

    [Fact]
    public async Task Key_that_is_missing_after_a_download_in_flight_causes_another_download()
    {
        await FindAsync(AccessId);
        Setup.Clock.Advance(TimeSpan.FromHours(1));
        var release = Server.Hold();
        KeySet.FindHeld(AccessId);
        var newcomer = FindAsync(TestKey.Next.Id);
        Server.OnRequest = (_, _) => Task.FromResult(KeySetServer.CreateResponse(TestKey.CreateKeySet(TestKey.Access, TestKey.Next)));

        release.SetResult();

        Assert.NotNull((await newcomer).Key);
        Assert.Equal(1, Server.MostOpenAtOnce);
    }
}
