using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using StackExchange.Redis;

namespace CognitoM2M.FleetProcess;

/// <summary>Asks for a token five times a second, and measures how long each call waits.</summary>
internal sealed class FleetMember : IAsyncDisposable
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    // Longer than a process waits for a processor on the busiest of machines.
    private static readonly TimeSpan _longestAttempt = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _longestStoreTimeout = TimeSpan.FromSeconds(10);

    private RedisCache? _redis;
    private CognitoM2MClient? _client;
    private TaskCompletionSource? _stopping;
    private Task _calling = Task.CompletedTask;
    private int _calls;
    private int _failures;
    private TimeSpan _slowest;

    /// <summary>
    /// Connects to Redis and runs all code once. The tests are about how processes share tokens, not about how fast code is compiled.
    /// </summary>
    /// <param name="socket">The file of Redis's socket.</param>
    /// <param name="warmUpEndpoint">The token endpoint for a request that the test does not count.</param>
    public async Task<string> ConnectAsync(string socket, Uri warmUpEndpoint)
    {
        await DisposeAsync();
        _redis = new RedisCache(new RedisCacheOptions { Configuration = $"!{socket},abortConnect=false" });
        await ConnectAsync(_redis);
        using var warmUp = CreateClient(warmUpEndpoint, $"process{Environment.ProcessId}", _longestStoreTimeout);
        await warmUp.GetTokenAsync();
        return "connected";
    }

    /// <summary>Takes a new client that has no token.</summary>
    /// <param name="endpoint">The token endpoint.</param>
    /// <param name="clientId">The app client id that the processes share.</param>
    /// <param name="storeTimeout">How long Redis may take for a fetch.</param>
    public string Prepare(Uri endpoint, string clientId, TimeSpan storeTimeout)
    {
        _client?.Dispose();
        _client = CreateClient(endpoint, clientId, storeTimeout);
        return "prepared";
    }

    /// <summary>Starts calling, and returns when the first call has ended.</summary>
    public async Task<string> CallAsync()
    {
        (_calls, _failures, _slowest) = (0, 0, TimeSpan.Zero);
        await CallOnceAsync();
        _stopping = new TaskCompletionSource();
        _calling = Task.Run(() => CallUntilAsync(_stopping.Task));
        return "called";
    }

    /// <summary>Forgets the slowest call.</summary>
    public string MeasureAgain()
    {
        _slowest = TimeSpan.Zero;
        return "measuring";
    }

    /// <summary>Stops calling, and says how many calls there were, how many failed, and how many milliseconds the slowest took.</summary>
    public async Task<string> StopAsync()
    {
        _stopping?.TrySetResult();
        await _calling;
        return string.Create(CultureInfo.InvariantCulture, $"{_calls} {_failures} {_slowest.TotalMilliseconds:0}");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _client?.Dispose();
        _client = null;
        _redis?.Dispose();
    }

    private static async Task ConnectAsync(RedisCache redis)
    {
        while (true)
        {
            try
            {
                await redis.GetAsync("connected?");
                return;
            }
            catch (Exception error) when (error is RedisException or TimeoutException)
            {
                // Redis's client gives up after five seconds, which a busy machine may need to start twenty processes.
                await Task.Delay(_pause, TimeProvider.System);
            }
        }
    }

    private CognitoM2MClient CreateClient(Uri endpoint, string clientId, TimeSpan storeTimeout) => new(new CognitoM2MClientOptions
    {
        TokenEndpoint = endpoint,
        ClientId = clientId,
        ClientSecret = "the1secret2of3the4whole5fleet",
        AttemptTimeout = _longestAttempt,
        DistributedCache = _redis,
        DistributedCacheTimeout = storeTimeout,
    });

    private async Task CallUntilAsync(Task stopping)
    {
        while (!stopping.IsCompleted)
        {
            await Task.WhenAny(stopping, Task.Delay(_pause, TimeProvider.System));
            await CallOnceAsync();
        }
    }

    private async Task CallOnceAsync()
    {
        var startedAt = Stopwatch.GetTimestamp();
        try
        {
            await _client!.GetTokenAsync();
        }
        catch (CognitoTokenException failure)
        {
            _failures++;
            await Console.Error.WriteLineAsync(failure.Message);
        }

        _calls++;
        var took = Stopwatch.GetElapsedTime(startedAt);
        _slowest = took > _slowest ? took : _slowest;
    }
}
