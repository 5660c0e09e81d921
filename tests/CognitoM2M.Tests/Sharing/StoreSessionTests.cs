using CognitoM2M.Sharing;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Tests.Sharing;

/// <summary>How long a fetch waits for the store.</summary>
public sealed class StoreSessionTests : IDisposable
{
    private static readonly TimeSpan _timeout = TimeSpan.FromMilliseconds(250);

    private readonly StoreBench _bench = new();

    [Fact]
    public async Task Operations_read_write_and_remove()
    {
        var session = _bench.CreateStore().StartSession(_timeout);

        await session.SetAsync("name", [1, 2], TimeSpan.FromSeconds(30));
        Assert.Equal([1, 2], await session.GetAsync("name"));
        Assert.Equal(TimeSpan.FromSeconds(30), _bench.Cache.Entries["name"].ExpiresAt);
        await session.RemoveAsync("name");
        Assert.Null(await session.GetAsync("name"));
        Assert.False(session.IsOver);
    }

    [Fact]
    public async Task Operations_share_one_time_out()
    {
        var session = _bench.CreateUsedStore().StartSession(_timeout);
        await GetAfterAsync(session, 100);
        await GetAfterAsync(session, 100);

        _bench.Delay("get", TimeSpan.FromHours(1));
        var frozen = _bench.Run(() => session.GetAsync("name"));

        _bench.Advance(49);
        Assert.False(frozen.IsCompleted);
        _bench.Advance(1);
        Assert.Null(await frozen);
        Assert.True(session.IsOver);
    }

    [Fact]
    public async Task Session_ends_after_the_time_out_without_counting_as_a_failure_of_the_store()
    {
        var session = _bench.CreateUsedStore().StartSession(_timeout);
        await GetAfterAsync(session, 100);
        await GetAfterAsync(session, 150);
        _bench.Cache.History.Clear();
        Assert.False(session.IsOver);

        Assert.Null(await _bench.Run(() => session.GetAsync("name")));

        Assert.True(session.IsOver);
        Assert.Empty(_bench.Cache.History);
        Assert.Empty(_bench.Log.Find(LogLevel.Warning));
    }

    [Fact]
    public async Task Restart_grants_the_whole_time_out_again()
    {
        var session = _bench.CreateUsedStore().StartSession(_timeout);
        await GetAfterAsync(session, 200);

        session.RestartTimeout();

        await GetAfterAsync(session, 249);
        Assert.False(session.IsOver);
    }

    [Fact]
    public async Task First_operation_of_a_process_may_take_two_seconds()
    {
        var session = _bench.CreateStore().StartSession(_timeout);
        _bench.Delay("get", TimeSpan.FromHours(1));
        var frozen = _bench.Run(() => session.GetAsync("name"));

        _bench.Advance(1999);
        Assert.False(frozen.IsCompleted);
        _bench.Advance(1);
        Assert.Null(await frozen);
        Assert.True(session.IsOver);
    }

    [Fact]
    public async Task First_operation_does_not_count_towards_the_time_out()
    {
        var session = _bench.CreateStore().StartSession(_timeout);

        await GetAfterAsync(session, 1900);
        await GetAfterAsync(session, 249);

        Assert.False(session.IsOver);
    }

    [Fact]
    public async Task First_operations_of_several_fetches_may_all_take_two_seconds()
    {
        var store = _bench.CreateStore();
        // The delay passes on the clock of the test.
        _bench.Cache.Before = cancelled => Task.Delay(TimeSpan.FromMilliseconds(1900), _bench.Clock, cancelled);
        var one = store.StartSession(_timeout);
        var another = store.StartSession(_timeout);

        var gets = _bench.Run(() => Task.WhenAll(one.GetAsync("name"), another.GetAsync("name")));
        _bench.Advance(1900);
        await gets;

        Assert.False(one.IsOver);
        Assert.False(another.IsOver);
    }

    [Fact]
    public async Task Second_fetch_of_a_process_has_no_more_than_the_time_out()
    {
        var store = _bench.CreateStore();
        _bench.Fail("get");
        await _bench.Run(() => store.StartSession(_timeout).GetAsync("name"));
        _bench.Advance(1000);
        _bench.Delay("get", TimeSpan.FromHours(1));
        var session = store.StartSession(_timeout);

        var frozen = _bench.Run(() => session.GetAsync("name"));
        _bench.Advance(250);

        Assert.True(frozen.IsCompleted);
        Assert.True(session.IsOver);
    }

    [Fact]
    public async Task Time_out_of_more_than_two_seconds_applies_to_the_first_operation_too()
    {
        var session = _bench.CreateStore().StartSession(TimeSpan.FromSeconds(10));

        await GetAfterAsync(session, 9_999);

        Assert.False(session.IsOver);
    }

    [Fact]
    public async Task Failure_ends_the_session()
    {
        var session = _bench.CreateStore().StartSession(_timeout);
        _bench.Fail("set");
        await _bench.Run(() => session.SetAsync("name", [1], TimeSpan.FromSeconds(1)));
        Assert.True(session.IsOver);
        _bench.Cache.History.Clear();
        session.RestartTimeout();

        await _bench.Run(() => session.GetAsync("name"));

        Assert.True(session.IsOver);
        Assert.Empty(_bench.Cache.History);
    }

    [Fact]
    public async Task Another_session_has_its_own_time_out()
    {
        var session = _bench.CreateUsedStore().StartSession(_timeout);
        await GetAfterAsync(session, 200);

        var another = session.StartAnother();

        await GetAfterAsync(another, 249);
        Assert.False(another.IsOver);
        await GetAfterAsync(session, 49);
        Assert.False(session.IsOver);
    }

    public void Dispose() => _bench.Dispose();

    private async Task GetAfterAsync(StoreSession session, int milliseconds)
    {
        _bench.Delay("get", TimeSpan.FromMilliseconds(milliseconds));
        var get = _bench.Run(() => session.GetAsync("name"));
        _bench.Advance(milliseconds);
        await get;
    }
}
