using CognitoM2M.Lambda.Routes;

namespace CognitoM2M.Lambda.Policies;

/// <summary>
/// Makes the policy of a token for a whole stage. It never opens a route of the table that is closed to the token, whatever route is asked for
/// while the policy is in the cache of API Gateway.
/// </summary>
internal static class StagePolicyBuilder
{
    /// <summary>Makes the policy.</summary>
    /// <param name="table">The rules of all routes.</param>
    /// <param name="isOpen">Whether the token opens a route.</param>
    public static StagePolicy Build(RouteTable table, Func<RouteRule, bool> isOpen)
    {
        var (allowed, denied, conflicts) = (new List<string>(), new List<string>(), new List<string>());
        // Methods with the same rules, such as rules for all methods, have the same patterns.
        foreach (var methods in RouteTemplate.Methods.GroupBy(table.FindByMethod, RuleListComparer.Instance))
        {
            var routes = methods.Key.Select(rule => new JudgedRoute(rule.Template, isOpen(rule))).ToList();
            var open = routes.Where(route => route.IsOpen).ToList();
            var exceptions = new MethodExceptions(open, [.. routes.Where(route => !route.IsOpen)]);
            foreach (var route in open)
                exceptions.AddFor(route);

            foreach (var method in methods)
            {
                allowed.AddRange(open.Select(route => $"{method}/{route.Glob}"));
                denied.AddRange(exceptions.Globs.Select(glob => $"{method}/{glob}"));
                conflicts.AddRange(exceptions.Conflicts.Select(conflict => $"{method}: {conflict}"));
            }
        }

        return new StagePolicy(allowed, denied, [.. conflicts.Distinct(StringComparer.Ordinal)]);
    }

    private sealed class RuleListComparer : IEqualityComparer<IReadOnlyList<RouteRule>>
    {
        public static RuleListComparer Instance { get; } = new();

        public bool Equals(IReadOnlyList<RouteRule>? x, IReadOnlyList<RouteRule>? y) => x!.SequenceEqual(y!, ReferenceEqualityComparer.Instance);

        public int GetHashCode(IReadOnlyList<RouteRule> obj) => obj.Count;
    }
}
