using System.Collections.Concurrent;
using CognitoM2M.Lambda.Routes;

namespace CognitoM2M.Lambda.Policies;

/// <summary>The policies for the whole stage, one for each combination of scopes that the routes name. Each is made once.</summary>
internal sealed class StagePolicies(RouteTable table, bool denyAmbiguousPaths)
{
    // App clients have few combinations of scopes. The bound is for a user pool that gives out many.
    private const int MaxKept = 1000;

    private readonly ConcurrentDictionary<string, StagePolicy> _kept = new(StringComparer.Ordinal);

    public StagePolicy Find(Func<string, bool> hasScope)
    {
        var key = string.Join(' ', table.Scopes.Where(hasScope));
        if (_kept.TryGetValue(key, out var kept))
            return kept;

        var policy = StagePolicyBuilder.Build(table, rule => rule.IsOpenTo(hasScope), denyAmbiguousPaths);
        if (_kept.Count < MaxKept)
            _kept.TryAdd(key, policy);
        return policy;
    }
}
