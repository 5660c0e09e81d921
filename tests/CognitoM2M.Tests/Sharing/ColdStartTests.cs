using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using CognitoM2M.Time;
using CognitoM2M.TokenEndpoint;

namespace CognitoM2M.Tests.Sharing;

/// <summary>When several processes need a token at once, one of them asks Cognito.</summary>
[Collection(QuietThreadPool.Name)]
public sealed class ColdStartTests : IAsyncDisposable
{
    private readonly StubbedFleet _fleet = new();

    [Fact]
    public async Task Twenty_processes_that_start_at_once_make_one_request()
    {
        var processes = Enumerable.Range(0, 20).Select(_ => _fleet.Start()).ToList();

        var tokens = await _fleet.RunAsync(Task.WhenAll(processes.Select(process => process.GetTokenAsync())));

        Assert.Single(tokens.Distinct(StringComparer.Ordinal));
        Assert.Equal(1, _fleet.TokenRequests);
    }

    [Fact]
    public async Task Cold_start_leaves_the_token_in_the_store_and_no_lease()
    {
        await _fleet.GetAsync(_fleet.Start());

        Assert.Single(_fleet.Store.Entries);
        Assert.Equal(["get", "get", "set", "get", "get", "set", "remove"], _fleet.Store.History);
    }

    [Fact]
    public async Task Dead_leader_is_replaced_within_three_seconds()
    {
        var dying = _fleet.Start();
        dying.OnTokenRequest = (_, _) => new TaskCompletionSource<HttpResponseMessage>().Task;
        var call = dying.GetTokenAsync();
        _fleet.RunUntilRequestIsSent();
        var lease = Assert.Single(_fleet.Store.Entries);
        await _fleet.EndAsync(dying, call);
        // A process that dies does not remove its lease.
        _fleet.Store.Entries[lease.Key] = lease.Value;
        var startedAt = _fleet.Now;

        await _fleet.GetAsync(_fleet.Start());

        Assert.InRange(_fleet.Now - startedAt, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
        Assert.Equal(1, _fleet.TokenRequests);
    }

    [Fact]
    public async Task Leader_that_is_shut_down_removes_its_lease()
    {
        var leader = _fleet.Start();
        leader.OnTokenRequest = (_, _) => new TaskCompletionSource<HttpResponseMessage>().Task;
        var call = leader.GetTokenAsync();
        _fleet.RunUntilRequestIsSent();

        await _fleet.EndAsync(leader, call);

        Assert.Empty(_fleet.Store.Entries);
    }

    [Fact]
    public async Task Leader_whose_request_failed_is_replaced_at_once()
    {
        var failing = _fleet.Start(configure: options => options.FirstFetchAttempts = 1);
        failing.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateStatus(HttpStatusCode.InternalServerError));
        var failed = Assert.ThrowsAsync<CognitoTokenException>(() => failing.GetTokenAsync());
        _fleet.RunUntilRequestIsSent();
        var waiting = _fleet.Start();
        var startedAt = _fleet.Now;

        Assert.Equal("token-1", await _fleet.GetAsync(waiting));

        await _fleet.RunAsync(failed);
        Assert.InRange(_fleet.Now - startedAt, TimeSpan.Zero, TimeSpan.FromMilliseconds(700));
    }

    [Fact]
    public async Task Process_that_wrote_its_lease_late_leads_after_a_second()
    {
        var late = _fleet.Start();
        _fleet.Store.Before = async cancelled =>
        {
            // The third operation writes the lease, after the looks for a token and for a lease. The delay passes on the clock of the test.
            if (_fleet.Store.Operations == 3)
                await Task.Delay(TimeSpan.FromMilliseconds(150), late.Clock, cancelled);
        };
        var startedAt = _fleet.Now;

        await _fleet.GetAsync(late);

        Assert.InRange(_fleet.Now - startedAt, TimeSpan.FromMilliseconds(1_100), TimeSpan.FromMilliseconds(1_700));
        Assert.Equal(1, _fleet.TokenRequests);
    }

    [Fact]
    public async Task Leader_looks_for_a_token_once_more_before_it_asks_Cognito()
    {
        await _fleet.GetAsync(_fleet.Start());
        var (name, token) = Assert.Single(_fleet.Store.Entries);
        _fleet.Store.Entries.Clear();
        var before = _fleet.Store.Operations;
        _fleet.Store.Before = _ =>
        {
            // The fourth operation finds out whether the process is the leader. Meanwhile a former leader shares its token.
            if (_fleet.Store.Operations == before + 4)
                _fleet.Store.Entries[name] = token;
            return Task.CompletedTask;
        };

        Assert.Equal("token-1", await _fleet.GetAsync(_fleet.Start()));

        Assert.Equal(1, _fleet.TokenRequests);
    }

    [Fact]
    public async Task Process_waits_for_a_leader_that_never_ends_as_long_as_its_own_request_may_take()
    {
        var leader = _fleet.Start(configure: options => options.AttemptTimeout = TimeSpan.FromMinutes(5));
        leader.OnTokenRequest = (_, _) => new TaskCompletionSource<HttpResponseMessage>().Task;
        var call = leader.GetTokenAsync();
        var waiting = _fleet.Start(configure: options => options.AttemptTimeout = TimeSpan.FromSeconds(5));
        _fleet.RunUntilRequestIsSent();
        var startedAt = _fleet.Now;
        var askedAt = TimeSpan.Zero;
        waiting.OnTokenRequest = (_, _) =>
        {
            askedAt = _fleet.Now;
            return Task.FromResult(StubbedResponse.CreateToken("token-1"));
        };

        await _fleet.GetAsync(waiting);

        Assert.InRange(askedAt - startedAt, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5.5));
        await _fleet.EndAsync(leader, call);
    }

    [Fact]
    public async Task Processes_wait_for_a_leader_whose_request_waits_for_its_turn()
    {
        var leader = _fleet.Start();
        FillQueue(leader, seconds: 45);
        var first = leader.GetTokenAsync();
        _fleet.Run(TimeSpan.FromSeconds(1));
        var others = Enumerable.Range(0, 20).Select(_ => _fleet.Start()).ToList();

        var tokens = await _fleet.RunAsync(Task.WhenAll(others.Select(process => process.GetTokenAsync()).Prepend(first)));

        Assert.Single(tokens.Distinct(StringComparer.Ordinal));
        Assert.Equal(1, _fleet.TokenRequests);
        Assert.InRange(_fleet.Now, TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(46));
    }

    [Fact]
    public async Task Leader_that_gets_no_turn_within_a_minute_is_replaced()
    {
        var leader = _fleet.Start();
        FillQueue(leader, seconds: 75);
        var failed = Assert.ThrowsAsync<CognitoTokenException>(() => leader.GetTokenAsync());
        _fleet.Run(TimeSpan.FromSeconds(1));

        Assert.Equal("token-1", await _fleet.GetAsync(_fleet.Start()));

        Assert.Equal(CognitoTokenErrors.QueueTimeout, (await _fleet.RunAsync(failed)).Error);
        Assert.Equal(1, _fleet.TokenRequests);
        Assert.InRange(_fleet.Now, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(61));
    }

    [Fact]
    public async Task Waiting_process_looks_for_the_token_every_25_to_300_milliseconds()
    {
        var leader = _fleet.Start();
        leader.OnTokenRequest = (_, _) => new TaskCompletionSource<HttpResponseMessage>().Task;
        var call = leader.GetTokenAsync();
        _fleet.RunUntilRequestIsSent();
        var looks = new List<TimeSpan>();
        _fleet.Store.Before = _ =>
        {
            if (_fleet.Store.History.Last() == "get" && _fleet.SentRequests == 1)
                looks.Add(_fleet.Now);
            return Task.CompletedTask;
        };

        await _fleet.GetAsync(_fleet.Start(configure: options => options.AttemptTimeout = TimeSpan.FromSeconds(3)));

        // Each look reads the token and the lease at the same instant.
        var pauses = looks.Distinct().Zip(looks.Distinct().Skip(1), (one, next) => (next - one).TotalMilliseconds).ToList();
        // Task.Delay cuts off parts of a millisecond.
        Assert.InRange(pauses[0], 12, 37.5);
        Assert.InRange(pauses[1], 25, 75);
        Assert.All(pauses.Skip(3), pause => Assert.InRange(pause, 100, 300));
        await _fleet.EndAsync(leader, call);
    }

    [Fact]
    public async Task Lagging_replica_causes_more_token_requests_but_no_failed_call()
    {
        var replica = new LaggingStore(_fleet.Clock, TimeSpan.FromMilliseconds(500));
        var processes = Enumerable.Range(0, 5).Select(_ => _fleet.Start(configure: options => options.DistributedCache = replica)).ToList();

        var tokens = await _fleet.RunAsync(Task.WhenAll(processes.Select(process => process.GetTokenAsync())));

        Assert.All(tokens, token => Assert.StartsWith("token-", token, StringComparison.Ordinal));
        Assert.InRange(_fleet.TokenRequests, 1, 5);
        _fleet.Advance(TimeSpan.FromSeconds(1));
        var requests = _fleet.TokenRequests;
        Assert.Contains(await _fleet.GetAsync(_fleet.Start(configure: options => options.DistributedCache = replica)), tokens);
        Assert.Equal(requests, _fleet.TokenRequests);
    }

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    /// <summary>Lets other token requests of a process go first for some time.</summary>
    private static void FillQueue(StubbedService process, int seconds)
    {
        var pacer = RequestPacers.GetOfProcess(MonotonicClock.Find(process.Clock)).Find(new Uri(StubbedService.TokenEndpoint));
        pacer.AddLimit(1);
        for (var request = 0; request < seconds; request++)
            _ = pacer.WaitForTurnAsync(CancellationToken.None);
    }
}
