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
        foreach (var method in RouteTemplate.Methods)
        {
            var routes = table.FindByMethod(method).Select(rule => new JudgedRoute(rule.Template, isOpen(rule))).ToList();
            var open = routes.Where(route => route.IsOpen).ToList();
            var closed = routes.Where(route => !route.IsOpen).ToList();
            var exceptions = new MethodExceptions(open, closed);
            foreach (var route in open)
                exceptions.AddFor(route);

            allowed.AddRange(open.Select(route => $"{method}/{route.Glob}"));
            denied.AddRange(exceptions.Globs.Select(glob => $"{method}/{glob}"));
            conflicts.AddRange(exceptions.Conflicts.Select(conflict => $"{method}: {conflict}"));
        }

        return new StagePolicy(allowed, denied, [.. conflicts.Distinct(StringComparer.Ordinal)]);
    }
}
