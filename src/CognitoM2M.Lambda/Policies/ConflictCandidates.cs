using CognitoM2M.Lambda.Routes;

namespace CognitoM2M.Lambda.Policies;

/// <summary>
/// Finds the open routes that a conflict could have. A conflict has a closed route that must be denied, and at most three open ones: the route whose
/// pattern is allowed; the route which keeps a deeper pattern of the first one allowed, if the closed route is met only by that pattern; and the
/// route that the denial closes. Two of these may be the same.
/// </summary>
internal static class ConflictCandidates
{
    /// <summary>The rules that must be open, for each possible conflict of one method.</summary>
    /// <param name="rules">The rules of the method.</param>
    public static IEnumerable<IReadOnlyList<RouteRule>> Find(IReadOnlyList<RouteRule> rules)
    {
        List<Candidate> routes = [.. rules.Select(rule => new Candidate(rule, new PolicyRoute(rule.Template)))];
        var victims = FindVictims(routes);
        foreach (var allowed in routes)
        {
            List<PathPattern> deeper = [.. allowed.Route.Parameters.Select(i => PathPattern.CreateFromGlob(allowed.Route.CreateDeeperGlob(i, segments: 2)))];
            foreach (var denied in routes.Where(route => route != allowed && victims[route].Count > 0))
            {
                IEnumerable<Candidate> keepers = allowed.Route.MayLosePathsTo(denied.Route)
                    ? [allowed]
                    : deeper.Where(denied.Route.Paths.Overlaps).SelectMany(pattern => routes.Where(route => route != denied && route.Route.Paths.Overlaps(pattern))).Distinct();
                foreach (var keeper in keepers)
                {
                    foreach (var victim in victims[denied])
                        yield return [allowed.Rule, keeper.Rule, victim.Rule];
                }
            }
        }
    }

    /// <summary>For each route, the routes that lose ordinary paths if the route is denied.</summary>
    private static Dictionary<Candidate, List<Candidate>> FindVictims(List<Candidate> routes)
    {
        var maxDepth = MethodExceptions.FindMaxDepth([.. routes.Select(route => route.Route)]);
        return routes.ToDictionary(denied => denied, denied =>
        {
            var pattern = PathPattern.CreateFromGlob(denied.Route.Glob);
            return routes.Where(route => route != denied && route.Route.CreateOrdinaryPaths(maxDepth).Any(pattern.Matches)).ToList();
        });
    }

    private sealed class Candidate(RouteRule rule, PolicyRoute route)
    {
        public RouteRule Rule { get; } = rule;

        public PolicyRoute Route { get; } = route;
    }
}
