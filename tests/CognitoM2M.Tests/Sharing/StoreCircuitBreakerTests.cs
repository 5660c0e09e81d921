using CognitoM2M.Sharing;

namespace CognitoM2M.Tests.Sharing;

public sealed class StoreCircuitBreakerTests : IDisposable
{
    private readonly StoreBench _bench = new();
    private readonly StoreCircuitBreaker _breaker;

    public StoreCircuitBreakerTests() => _breaker = new StoreCircuitBreaker(_bench.Monotonic, () => 0);

    [Fact]
    public void Working_store_takes_any_number_of_operations()
    {
        Assert.True(_breaker.TryStart());
        Assert.True(_breaker.TryStart());
        Assert.False(_breaker.RecordSuccess());
        Assert.True(_breaker.TryStart());
    }

    [Fact]
    public void Store_is_left_alone_after_a_failure_and_then_probed_by_one_operation()
    {
        _breaker.TryStart();
        Assert.True(_breaker.RecordFailure());

        Assert.False(_breaker.TryStart());
        _bench.Advance(999);
        Assert.False(_breaker.TryStart());
        _bench.Advance(1);
        Assert.True(_breaker.TryStart());
        Assert.False(_breaker.TryStart());
    }

    [Fact]
    public void Pauses_double_up_to_ten_seconds()
    {
        _breaker.TryStart();
        Assert.True(_breaker.RecordFailure());

        foreach (var seconds in (int[])[1, 2, 4, 8, 10, 10])
        {
            _bench.Advance(seconds * 1000 - 1);
            Assert.False(_breaker.TryStart());
            _bench.Advance(1);
            Assert.True(_breaker.TryStart());
            Assert.False(_breaker.RecordFailure());
        }
    }

    [Fact]
    public void Success_of_the_probe_ends_the_outage_and_the_next_failure_counts_as_the_first()
    {
        _breaker.TryStart();
        _breaker.RecordFailure();
        _bench.Advance(1000);
        _breaker.TryStart();
        _breaker.RecordFailure();
        _bench.Advance(2000);
        _breaker.TryStart();

        Assert.True(_breaker.RecordSuccess());

        Assert.True(_breaker.TryStart());
        Assert.True(_breaker.TryStart());
        Assert.False(_breaker.RecordSuccess());
        Assert.True(_breaker.RecordFailure());
        _bench.Advance(1000);
        Assert.True(_breaker.TryStart());
        Assert.False(_breaker.TryStart());
    }

    [Fact]
    public void Operations_that_were_in_flight_together_and_fail_count_once()
    {
        _breaker.TryStart();
        _breaker.TryStart();
        _breaker.TryStart();

        Assert.True(_breaker.RecordFailure());
        Assert.False(_breaker.RecordFailure());
        Assert.False(_breaker.RecordFailure());

        _bench.Advance(1000);
        Assert.True(_breaker.TryStart());
    }

    [Fact]
    public void Random_part_spreads_the_pauses()
    {
        var breaker = new StoreCircuitBreaker(_bench.Monotonic, () => 1);
        breaker.TryStart();
        breaker.RecordFailure();

        _bench.Advance(1499);
        Assert.False(breaker.TryStart());
        _bench.Advance(1);
        Assert.True(breaker.TryStart());
    }

    public void Dispose() => _bench.Dispose();
}
