using CognitoM2M.Shared;

namespace CognitoM2M.Emulator.Quotas;

/// <summary>Enforces Cognito's request quotas. Each region of the account has its own.</summary>
internal sealed class RequestThrottle(TimeProvider timeProvider)
{
    // Bounds the memory. At the limit all buckets are dropped at once; a bucket holds the history of one second only.
    private const int MaxBuckets = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Category, string Region), TokenBucket> _categories = [];
    private readonly Dictionary<(string Operation, string PoolId), TokenBucket> _pools = [];

    /// <summary>Counts a request against the quota of its category in its region, and against the quota of its operation in one user pool.</summary>
    /// <param name="quota">The quota.</param>
    /// <param name="region">The region of the request.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="poolId">The user pool; null if the request names none.</param>
    /// <returns>False if one of these quotas is used up. The request is then counted against neither.</returns>
    public bool TryTake(RequestQuota quota, string region, string operation, string? poolId)
    {
        lock (_gate)
        {
            var category = GetBucket(_categories, (quota.Category, region), quota.PerSecond);
            var pool = quota.PerOperationAndPool is { } limit && poolId is not null
                ? GetBucket(_pools, (operation, quota.CountsAllPoolsTogether ? "" : poolId), limit)
                : null;

            if (!category.CanTake() || pool?.CanTake() == false)
                return false;
            category.Take();
            pool?.Take();
            return true;
        }
    }

    private TokenBucket GetBucket<TKey>(Dictionary<TKey, TokenBucket> buckets, TKey key, int limit)
        where TKey : notnull
    {
        if (buckets.TryGetValue(key, out var known))
            return known;
        if (buckets.Count >= MaxBuckets)
            buckets.Clear();
        return buckets[key] = new TokenBucket(limit, timeProvider);
    }
}
