using Xunit.Abstractions;

namespace CognitoM2M.EndToEnd.Tests.Fleet;

/// <summary>
/// Fifty real processes, a real Redis, and what becomes of them when Redis does not do its part. In real time: they have no other.
/// </summary>
public sealed class FleetTests(ITestOutputHelper output)
{
    private const int Processes = 50;

    // Until fifty processes have started and called, on a machine with few processors.
    private static readonly TimeSpan _untilAllCall = TimeSpan.FromSeconds(15);

    // More than a token of ten seconds lives: each process has to renew while the store is out of order.
    private static readonly TimeSpan _longerThanToken = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan _storeTimeout = new CognitoM2MClientOptions().DistributedCacheTimeout;

    [RedisFact]
    public async Task Fifty_processes_that_start_at_once_make_at_most_five_token_requests()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var cognito = await CountingTokenEndpoint.StartAsync(TimeSpan.FromHours(1));
        await using var fleet = await ProcessFleet.StartAsync(Processes, redis, cognito, TimeSpan.FromMilliseconds(100));

        await fleet.GoAsync();
        await Task.Delay(_untilAllCall, TimeProvider.System);
        var report = await fleet.StopAsync();

        output.WriteLine(report.Errors);
        output.WriteLine($"{cognito.Requests} token requests, {report.Calls} calls, longest wait {report.Waits.Max()} ms");
        Assert.Equal(0, report.Failures);
        Assert.InRange(cognito.Requests, 1, 5);
    }

    [RedisFact]
    public async Task Fifty_processes_make_little_more_than_one_token_request_in_a_lifetime()
    {
        var lifetime = TimeSpan.FromSeconds(5);
        await using var redis = await RedisServer.StartAsync();
        await using var cognito = await CountingTokenEndpoint.StartAsync(lifetime);
        await using var fleet = await ProcessFleet.StartAsync(Processes, redis, cognito, TimeSpan.FromMilliseconds(200));
        await fleet.GoAsync();
        await Task.Delay(_untilAllCall, TimeProvider.System);
        var before = cognito.Requests;

        await Task.Delay(20 * lifetime, TimeProvider.System);
        var requests = cognito.Requests - before;
        var report = await fleet.StopAsync();

        output.WriteLine($"{before} token requests at first, {requests} in 20 lifetimes, {report.Calls} calls, longest wait {report.Waits.Max()} ms");
        Assert.Equal(0, report.Failures);
        Assert.InRange(requests, 20, 24);
    }

    [RedisFact]
    public async Task No_call_fails_or_is_slow_when_redis_freezes_dies_or_comes_back_empty()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var cognito = await CountingTokenEndpoint.StartAsync(TimeSpan.FromSeconds(10));
        await using var fleet = await ProcessFleet.StartAsync(Processes, redis, cognito, TimeSpan.FromMilliseconds(200));
        await fleet.GoAsync();
        await Task.Delay(_untilAllCall, TimeProvider.System);
        await fleet.AskCognitoAsync();
        await fleet.ForgetWaitsAsync();

        await redis.FreezeAsync();
        await Task.Delay(_longerThanToken, TimeProvider.System);
        await redis.ThawAsync();
        // Found again, and used for a while.
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
        await redis.KillAsync();
        await Task.Delay(_longerThanToken, TimeProvider.System);
        await redis.RestartEmptyAsync();
        // Two lifetimes and more with the empty one.
        await Task.Delay(TimeSpan.FromSeconds(25), TimeProvider.System);
        var report = await fleet.StopAsync();

        output.WriteLine(report.Errors);
        output.WriteLine($"{cognito.Requests} token requests, {report.Calls} calls, longest wait {report.Waits.Max()} ms");
        Assert.Equal(0, report.Failures);
        // The last for fifty processes that wait for their turn on a machine with two processors.
        var longest = _storeTimeout + CountingTokenEndpoint.Latency + TimeSpan.FromSeconds(2);
        Assert.InRange(report.Waits.Max(), 0, longest.TotalMilliseconds);
    }
}
