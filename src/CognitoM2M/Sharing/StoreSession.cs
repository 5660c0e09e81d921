using CognitoM2M.Time;
using Microsoft.Extensions.Caching.Distributed;

namespace CognitoM2M.Sharing;

/// <summary>
/// The operations of one fetch on the store. They share one time-out, and the first operation that fails ends the session: a store that
/// is frozen or slow delays a fetch by the time-out once.
/// </summary>
internal sealed class StoreSession(SharedStore store, TimeSpan timeout, MonotonicClock clock)
{
    /// <summary>
    /// How long the first operation of a process may take. The process opens connections and compiles code then. This time does not count
    /// towards the time-out.
    /// </summary>
    public static readonly TimeSpan FirstOperationTimeout = TimeSpan.FromSeconds(2);

    private readonly TimeSpan _timeout = timeout;
    private TimeSpan _left = timeout;

    /// <summary>Whether the store failed or the time-out has passed. Every further operation then does nothing.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Grants the whole time-out again, for operations that begin after a wait for something else than the store.</summary>
    public void RestartTimeout() => _left = _timeout;

    /// <summary>Starts a session with a time-out of its own, for operations that run at the same time as this session's.</summary>
    public StoreSession StartAnother() => new(store, _timeout, clock);

    public Task<byte[]?> GetAsync(string name) => RunAsync("get", (cache, cancelled) => cache.GetAsync(name, cancelled));

    public Task SetAsync(string name, byte[] value, TimeSpan timeToLive) => RunAsync("set", async (cache, cancelled) =>
    {
        var options = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = timeToLive };
        await cache.SetAsync(name, value, options, cancelled).ConfigureAwait(false);
        return null;
    });

    public Task RemoveAsync(string name) => RunAsync("remove", async (cache, cancelled) =>
    {
        await cache.RemoveAsync(name, cancelled).ConfigureAwait(false);
        return null;
    });

    private async Task<byte[]?> RunAsync(string name, Func<IDistributedCache, CancellationToken, Task<byte[]?>> operation)
    {
        if (IsOver || _left <= TimeSpan.Zero)
        {
            IsOver = true;
            return null;
        }

        var isFirst = !store.HasBeenUsed;
        var startedAt = clock.Now;
        var limit = isFirst && _left < FirstOperationTimeout ? FirstOperationTimeout : _left;
        var answer = await store.RunAsync(name, operation, limit).ConfigureAwait(false);
        if (!isFirst)
            _left -= clock.Now - startedAt;

        IsOver = !answer.IsAnswer;
        return answer.Value;
    }
}
