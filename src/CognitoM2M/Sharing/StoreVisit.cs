using Microsoft.Extensions.Caching.Distributed;

namespace CognitoM2M.Sharing;

/// <summary>
/// One fetch's dealings with the store. All its operations share one patience, and the first that fails ends the visit: a store that is
/// frozen or slow costs a fetch its time-out once.
/// </summary>
internal sealed class StoreVisit(SharedStore store, StorePatience patience)
{
    /// <summary>Whether the store is out of order, as far as this fetch is concerned.</summary>
    public bool IsOver { get; private set; }

    /// <summary>
    /// Whether the store was out of order until now. Claims in it may be left from before, and callers have waited long enough.
    /// </summary>
    public bool FollowsOutage { get; private set; }

    /// <summary>Starts the time-out anew; for those who only look again whether somebody else is done.</summary>
    public void StartAnew() => patience.StartAnew();

    public Task<byte[]?> GetAsync(string name) => RunAsync("get", (cache, cancelled) => cache.GetAsync(name, cancelled));

    public Task SetAsync(string name, byte[] value, TimeSpan life) => RunAsync("set", async (cache, cancelled) =>
    {
        await cache.SetAsync(name, value, new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = life }, cancelled).ConfigureAwait(false);
        return null;
    });

    public Task RemoveAsync(string name) => RunAsync("remove", async (cache, cancelled) =>
    {
        await cache.RemoveAsync(name, cancelled).ConfigureAwait(false);
        return null;
    });

    private async Task<byte[]?> RunAsync(string name, Func<IDistributedCache, CancellationToken, Task<byte[]?>> operation)
    {
        if (IsOver || patience.IsExhausted)
        {
            IsOver = true;
            return null;
        }

        FollowsOutage |= store.IsSuspect;
        var answer = await store.RunAsync(name, operation, patience).ConfigureAwait(false);
        IsOver = !answer.IsAnswer;
        return answer.Value;
    }
}
