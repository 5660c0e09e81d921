using CognitoM2M.Shared;

namespace CognitoM2M.Emulator.Quotas;

/// <summary>Counts requests against Cognito's quotas.</summary>
internal sealed class RequestQuotas(TimeProvider timeProvider)
{
    // Of one user pool each; forgotten all at once rather than kept for ever. Whoever is so busy loses a second's history.
    private const int MaxPoolBuckets = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, TokenBucket> _categories = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Operation, string PoolId), TokenBucket> _pools = [];

    /// <returns>False if a quota is used up; the request then counts against none.</returns>
    public bool TryTake(RequestQuota quota, string operation, string? poolId)
    {
        lock (_gate)
        {
            var category = _categories.GetValueOrDefault(quota.Category)
                ?? (_categories[quota.Category] = new TokenBucket(quota.PerSecond, timeProvider));
            var pool = quota.PerOperationAndPool is { } limit && poolId is not null
                ? PoolBucket(operation, quota.CountsAllPoolsTogether ? "" : poolId, limit)
                : null;

            if (!category.HasOne() || pool?.HasOne() == false)
                return false;
            category.TakeOne();
            pool?.TakeOne();
            return true;
        }
    }

    private TokenBucket PoolBucket(string operation, string poolId, int limit)
    {
        if (_pools.TryGetValue((operation, poolId), out var known))
            return known;
        if (_pools.Count >= MaxPoolBuckets)
            _pools.Clear();
        return _pools[(operation, poolId)] = new TokenBucket(limit, timeProvider);
    }
}
