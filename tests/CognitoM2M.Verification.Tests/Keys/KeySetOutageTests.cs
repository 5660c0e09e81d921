using System.Net;
using CognitoM2M.Testing.Verdicts;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Verification.Tests.Keys;

/// <summary>Downloads that fail: which keys stay in use, how often the download is tried again, and what is logged.</summary>
public sealed class KeySetOutageTests : RemoteKeySetTest
{
    [Fact]
    public async Task Held_keys_stay_in_use_through_an_outage_that_is_logged_once_and_tried_again_every_ten_seconds()
    {
        await FindAsync(AccessId);
        Server.Fail();
        Setup.Clock.Advance(TimeSpan.FromHours(1));

        List<double> attempts = [];
        for (var second = 0; second < 60; second++)
        {
            var before = Server.Requests;
            Assert.True(HoldsUsualKey());
            await WaitForDownloadAsync();
            if (Server.Requests > before)
                attempts.Add(second);
            Setup.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([0, 10, 20, 30, 40, 50], attempts);
        var line = Assert.Single(Setup.Log.Find(LogLevel.Warning));
        Assert.Contains(
            "Key set https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123/.well-known/jwks.json could not be downloaded again: the server answered with status 503. The 1 keys",
            line,
            StringComparison.Ordinal);
        Assert.Equal("the server answered with status 503", KeySet.Status.Problem);
        Assert.Equal(1, KeySet.Status.UsableKeys);
    }

    [Fact]
    public async Task End_of_an_outage_is_logged_and_the_next_outage_is_logged_again()
    {
        await FindAsync(AccessId);
        for (var outage = 0; outage < 2; outage++)
        {
            Server.Fail();
            Setup.Clock.Advance(TimeSpan.FromHours(1));
            KeySet.FindHeld(AccessId);
            await WaitForDownloadAsync();
            Assert.NotNull(KeySet.Status.Problem);

            Server.Recover();
            Setup.Clock.Advance(TimeSpan.FromSeconds(10));
            KeySet.FindHeld(AccessId);
            await WaitForDownloadAsync();
            Assert.Null(KeySet.Status.Problem);
            Assert.Equal(Setup.Clock.GetUtcNow(), KeySet.Status.FetchedAt);
        }

        Assert.Equal(2, Setup.Log.Find(LogLevel.Warning).Count);
        Assert.Equal(2, Setup.Log.Find(LogLevel.Information).Count(line => line.Contains("the download works again", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Download_that_succeeds_as_usual_is_not_logged_again()
    {
        await FindAsync(AccessId);
        Setup.Clock.Advance(TimeSpan.FromHours(1));
        KeySet.FindHeld(AccessId);
        await WaitForDownloadAsync();

        Assert.Equal(2, Server.Requests);
        Assert.Contains("1 keys can verify tokens now", Assert.Single(Setup.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_of_three_days_ago_stay_in_use_if_the_download_fails()
    {
        await FindAsync(AccessId);
        Server.Fail();
        Setup.Clock.Advance(TimeSpan.FromDays(3));

        Assert.NotNull((await FindAsync(AccessId)).Key);
        Assert.True(HoldsUsualKey());
        Assert.NotNull(KeySet.Current);
    }

    [Fact]
    public async Task Pauses_between_attempts_without_keys_grow_from_one_to_ten_seconds_and_one_error_is_logged()
    {
        Server.Fail(HttpStatusCode.NotFound);

        List<double> attempts = [];
        for (var second = 0; second < 40; second++)
        {
            var before = Server.Requests;
            var lookup = await FindAsync(AccessId);
            Assert.Null(lookup.Keys);
            Assert.StartsWith("the server answered with status 404", lookup.Problem, StringComparison.Ordinal);
            if (Server.Requests > before)
                attempts.Add(second);
            Setup.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([0, 1, 3, 7, 15, 25, 35], attempts);
        Assert.Contains("Next attempt in 00:00:01 at the earliest", Assert.Single(Setup.Log.Find(LogLevel.Error)), StringComparison.Ordinal);
        Assert.Empty(Setup.Log.Find(LogLevel.Warning));
    }

    [Fact]
    public async Task Between_two_attempts_without_keys_callers_do_not_wait()
    {
        Server.Fail(HttpStatusCode.NotFound);
        await FindAsync(AccessId);

        Assert.StartsWith("the server answered with status 404", KeySet.FindHeld(AccessId)!.Value.Problem, StringComparison.Ordinal);

        Assert.Equal(1, Server.Requests);
    }

    [Fact]
    public async Task Keys_are_found_after_the_pause_that_follows_a_failed_first_download()
    {
        Server.Fail();
        await FindAsync(AccessId);
        Server.Recover();

        Assert.Null((await FindAsync(AccessId)).Key);
        Setup.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.NotNull((await FindAsync(AccessId)).Key);
    }

    [Fact]
    public async Task Loading_keys_also_respects_the_pause_after_a_failure()
    {
        Server.Fail(HttpStatusCode.NotFound);
        Assert.False(await KeySet.LoadAsync(default));
        Assert.False(await KeySet.LoadAsync(default));
        Assert.Equal(1, Server.Requests);

        Server.Recover();
        Setup.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await KeySet.LoadAsync(default));
        Assert.True(await KeySet.LoadAsync(default));
        Assert.Equal(2, Server.Requests);
    }

    [Fact]
    public async Task Transient_error_of_the_first_download_is_followed_by_a_second_attempt_at_once()
    {
        Server.OnRequest = (_, _) => Server.Requests == 1
            ? throw new HttpRequestException("connection reset")
            : Task.FromResult(KeySetServer.CreateResponse(Server.KeySet));

        Assert.NotNull((await FindAsync(AccessId)).Key);

        Assert.Equal(2, Server.Requests);
        Assert.Empty(Setup.Log.Find(LogLevel.Error));
    }

    [Theory]
    [InlineData(429, 2)]
    [InlineData(499, 1)]
    [InlineData(500, 2)]
    [InlineData(503, 2)]
    [InlineData(404, 1)]
    [InlineData(302, 1)]
    public async Task Only_a_transient_error_status_is_followed_by_a_second_attempt_at_once(int status, int expectedRequests)
    {
        Server.Fail((HttpStatusCode)status);

        await FindAsync(AccessId);

        Assert.Equal(expectedRequests, Server.Requests);
    }

    [Fact]
    public async Task Later_downloads_are_not_repeated_at_once()
    {
        Server.Fail();
        await FindAsync(AccessId);
        Assert.Equal(2, Server.Requests);

        Setup.Clock.Advance(TimeSpan.FromSeconds(1));
        await FindAsync(AccessId);

        Assert.Equal(3, Server.Requests);
    }

    [Fact]
    public async Task Refresh_that_falls_due_during_a_failing_download_waits_for_the_pause()
    {
        await FindAsync(AccessId);
        Setup.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        var release = new TaskCompletionSource();
        Server.OnRequest = async (_, cancellationToken) =>
        {
            await release.Task.WaitAsync(cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        };
        var unknown = FindAsync("unknown");
        Setup.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(HoldsUsualKey());
        release.SetResult();
        await unknown;

        Assert.True(HoldsUsualKey());
        Assert.Null(KeySet.InFlight);
        Setup.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.True(HoldsUsualKey());
        await WaitForDownloadAsync();

        Assert.Equal(3, Server.Requests);
    }
}
