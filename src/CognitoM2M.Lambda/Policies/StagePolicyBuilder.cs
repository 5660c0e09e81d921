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
    /// <param name="denyAmbiguousPaths">Whether paths that different programs read differently are denied, if the policy depends on denials.</param>
    public static StagePolicy Build(RouteTable table, Func<RouteRule, bool> isOpen, bool denyAmbiguousPaths)
    {
        var (allowed, denied, conflicts) = (new List<string>(), new List<string>(), new List<string>());
        var isSpellingDecisive = false;
        foreach (var (methods, rules) in table.GroupMethods())
        {
            List<PolicyRoute> open = [.. rules.Where(isOpen).Select(rule => new PolicyRoute(rule.Template))];
            List<PolicyRoute> closed = [.. rules.Where(rule => !isOpen(rule)).Select(rule => new PolicyRoute(rule.Template))];
            var exceptions = new MethodExceptions(open, closed);
            foreach (var route in open)
                exceptions.AddFor(route);

            isSpellingDecisive |= exceptions.Globs.Count > 0 || (closed.Count > 0 && open.Exists(route => !route.Template.IsLiteral));
            foreach (var method in methods)
            {
                allowed.AddRange(open.Select(route => $"{method}/{route.Glob}"));
                denied.AddRange(exceptions.Globs.Select(glob => $"{method}/{glob}"));
                conflicts.AddRange(exceptions.Conflicts.Select(conflict => $"{method}: {conflict}"));
            }
        }

        if (denyAmbiguousPaths && isSpellingDecisive)
            denied.AddRange(AmbiguousPaths.Globs);
        return new StagePolicy(allowed, denied, [.. conflicts.Distinct(StringComparer.Ordinal)]);
    }
}
