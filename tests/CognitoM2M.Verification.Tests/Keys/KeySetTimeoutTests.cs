using System.Net;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Keys;
using CognitoM2M.Verification.Tests.Support;

namespace CognitoM2M.Verification.Tests.Keys;

/// <summary>A key set download has five seconds.</summary>
public sealed class KeySetTimeoutTests : RemoteKeySetTest
{
    private const string TimedOut = "the server did not answer within 5 seconds";

    [Fact]
    public async Task Slow_server_has_five_seconds_to_answer()
    {
        Server.Hold();
        var caller = FindAsync(AccessId);
        await WaitForRequestAsync();

        Setup.Clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(caller.IsCompleted);
        Setup.Clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(TimedOut, (await caller).Problem);
        Assert.Equal(1, Server.Requests);
    }

    [Fact]
    public async Task Download_that_exceeds_the_time_limit_fails_and_is_not_repeated()
    {
        Server.Hold();
        var download = new KeySetDownload(new Uri("https://x.example/"), Server.CreateClient, Setup.Clock);
        var outcome = download.FetchAsync(mayRepeat: true, default);
        await WaitForRequestAsync();

        Setup.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(("timeout", TimedOut, false), ((await outcome).ErrorType, (await outcome).Problem, (await outcome).IsTransient));
        Assert.Equal(1, Server.Requests);
    }

    [Fact]
    public async Task Download_that_is_stopped_fails_and_is_not_repeated()
    {
        Server.Hold();
        using var stopping = new CancellationTokenSource();
        var download = new KeySetDownload(new Uri("https://x.example/"), Server.CreateClient, Setup.Clock);
        var outcome = download.FetchAsync(mayRepeat: true, stopping.Token);
        await WaitForRequestAsync();

        await stopping.CancelAsync();

        Assert.Equal(("disposed", "the verifier was disposed", false), ((await outcome).ErrorType, (await outcome).Problem, (await outcome).IsTransient));
        Assert.Equal(1, Server.Requests);
    }

    [Fact]
    public async Task Server_that_stops_in_the_middle_of_its_response_has_five_seconds()
    {
        Server.OnRequest = (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new EndlessStream(sendsSpaces: false)) });
        var caller = FindAsync(AccessId);
        await WaitForRequestAsync();

        Setup.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(TimedOut, (await caller).Problem);
    }

    [Fact]
    public async Task Both_attempts_of_the_first_download_share_a_time_limit_of_five_seconds()
    {
        var first = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.OnRequest = (_, cancellationToken) => Server.Requests == 1
            ? first.Task.WaitAsync(cancellationToken)
            : new TaskCompletionSource<HttpResponseMessage>().Task.WaitAsync(cancellationToken);
        var caller = FindAsync(AccessId);
        await WaitForRequestAsync();
        Setup.Clock.Advance(TimeSpan.FromSeconds(4));
        first.SetResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
        await WaitForRequestAsync(requests: 2);

        Setup.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(TimedOut, (await caller).Problem);
    }

    [Fact]
    public async Task Download_that_timed_out_is_not_attempted_a_second_time()
    {
        Server.OnRequest = async (_, cancellationToken) =>
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        };
        var caller = FindAsync(AccessId);
        await WaitForRequestAsync();

        Setup.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("the server answered with status 503", (await caller).Problem);
        Assert.Equal(1, Server.Requests);
    }

    [Fact]
    public async Task No_download_starts_while_a_download_that_timed_out_is_still_in_the_handler()
    {
        var (cancelled, release) = HoldWithoutRegardForCancellation();
        var caller = FindAsync(AccessId);
        await WaitForRequestAsync();

        Setup.Clock.Advance(TimeSpan.FromSeconds(5));
        await cancelled;
        Setup.Clock.Advance(TimeSpan.FromSeconds(0.9));
        var others = Enumerable.Range(0, 20).Select(_ => FindAsync(AccessId)).ToList();

        Assert.False(caller.IsCompleted);
        Assert.NotNull(KeySet.InFlight);
        release.SetResult();
        await Task.WhenAll(others.Append(caller));
        Assert.Equal(1, Server.Requests);
        Assert.Equal(1, Server.MostOpenAtOnce);
    }

    [Fact]
    public async Task Keys_that_come_within_a_second_after_the_time_limit_are_used()
    {
        var (cancelled, release) = HoldWithoutRegardForCancellation();
        var caller = FindAsync(AccessId);
        await WaitForRequestAsync();

        Setup.Clock.Advance(TimeSpan.FromSeconds(5));
        await cancelled;
        release.SetResult();

        Assert.NotNull((await caller).Key);
        Assert.Null(KeySet.Status.Problem);
    }

    [Fact]
    public async Task Handler_that_ignores_cancellation_is_abandoned_after_six_seconds()
    {
        var (cancelled, release) = HoldWithoutRegardForCancellation();
        var caller = FindAsync(AccessId);
        await WaitForRequestAsync();

        Setup.Clock.Advance(TimeSpan.FromSeconds(5));
        await cancelled;
        await WaitForRequestAsync();
        Setup.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimedOut, (await caller).Problem);
        Server.Recover();
        Setup.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.NotNull((await FindAsync(AccessId)).Key);
        release.SetResult();
    }

    /// <summary>The server answers when the source is completed, also if the request was cancelled before; the task ends with the cancellation.</summary>
    private (Task Cancelled, TaskCompletionSource Release) HoldWithoutRegardForCancellation()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.OnRequest = async (_, cancellationToken) =>
        {
            await using var registration = cancellationToken.Register(() => cancelled.TrySetResult());
            await release.Task;
            return KeySetServer.CreateResponse(Server.KeySet);
        };
        return (cancelled.Task, release);
    }
}
