using CognitoM2M.Shared;

namespace CognitoM2M.Emulator.Quotas;

/// <summary>Enforces Cognito's request quotas.</summary>
internal sealed class RequestThrottle(TimeProvider timeProvider)
{
    // Bounds the memory. At the limit all buckets are dropped at once; a bucket holds the history of one second only.
    private const int MaxPoolBuckets = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, TokenBucket> _categories = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Operation, string PoolId), TokenBucket> _pools = [];

    /// <summary>Counts a request against the quota of its category, and against the quota of its operation in one user pool.</summary>
    /// <returns>False if one of these quotas is used up. The request is then counted against neither.</returns>
    public bool TryTake(RequestQuota quota, string operation, string? poolId)
    {
        lock (_gate)
        {
            var category = _categories.GetValueOrDefault(quota.Category)
                ?? (_categories[quota.Category] = new TokenBucket(quota.PerSecond, timeProvider));
            var pool = quota.PerOperationAndPool is { } limit && poolId is not null
                ? GetPoolBucket(operation, quota.CountsAllPoolsTogether ? "" : poolId, limit)
                : null;

            if (!category.CanTake() || pool?.CanTake() == false)
                return false;
            category.Take();
            pool?.Take();
            return true;
        }
    }

    private TokenBucket GetPoolBucket(string operation, string poolId, int limit)
    {
        if (_pools.TryGetValue((operation, poolId), out var known))
            return known;
        if (_pools.Count >= MaxPoolBuckets)
            _pools.Clear();
        return _pools[(operation, poolId)] = new TokenBucket(limit, timeProvider);
    }
}
