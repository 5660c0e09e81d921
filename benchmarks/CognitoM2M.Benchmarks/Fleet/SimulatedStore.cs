using Microsoft.Extensions.Caching.Distributed;

namespace CognitoM2M.Benchmarks.Fleet;

/// <summary>A distributed cache behind a network. A request takes about a millisecond, one in a hundred takes 10 to 30 ms.</summary>
internal sealed class SimulatedStore(EventLoop loop, Random random) : IDistributedCache
{
    private readonly Dictionary<string, (byte[] Value, TimeSpan ExpiresAt)> _entries = new(StringComparer.Ordinal);

    public long Operations { get; private set; }

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        var latency = DrawLatency();
        await Task.Delay(latency, loop, CancellationToken.None).ConfigureAwait(false);
        var value = _entries.TryGetValue(key, out var entry) && loop.Now < entry.ExpiresAt ? entry.Value : null;
        await Task.Delay(latency, loop, CancellationToken.None).ConfigureAwait(false);
        return value;
    }

    public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        var latency = DrawLatency();
        await Task.Delay(latency, loop, CancellationToken.None).ConfigureAwait(false);
        _entries[key] = (value, loop.Now + options.AbsoluteExpirationRelativeToNow!.Value);
        await Task.Delay(latency, loop, CancellationToken.None).ConfigureAwait(false);
    }

    public async Task RemoveAsync(string key, CancellationToken token = default)
    {
        var latency = DrawLatency();
        await Task.Delay(latency, loop, CancellationToken.None).ConfigureAwait(false);
        _entries.Remove(key);
        await Task.Delay(latency, loop, CancellationToken.None).ConfigureAwait(false);
    }

    public byte[]? Get(string key) => throw new NotSupportedException();

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

    public void Refresh(string key) => throw new NotSupportedException();

    public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

    public void Remove(string key) => throw new NotSupportedException();

    /// <summary>Draws the latency of one direction.</summary>
    private TimeSpan DrawLatency()
    {
        Operations++;
        return TimeSpan.FromMilliseconds(random.Next(100) == 0 ? 5 + 10 * random.NextDouble() : 0.25 + 0.5 * random.NextDouble());
    }
}
