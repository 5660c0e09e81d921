using CognitoM2M.Lambda.Routes;

namespace CognitoM2M.Lambda.Policies;

/// <summary>
/// The denied patterns of one method. A pattern that allows a route with a path parameter matches more than the route: paths that are deeper, and
/// paths of more specific routes. A denial wins over everything that is allowed.
/// </summary>
/// <param name="open">The routes that the token opens.</param>
/// <param name="closed">The other routes of the table.</param>
internal sealed class MethodExceptions(IReadOnlyList<PolicyRoute> open, IReadOnlyList<PolicyRoute> closed)
{
    private readonly int _maxDepth = FindMaxDepth([.. open, .. closed]);
    private readonly List<string> _globs = [];
    private readonly List<string> _conflicts = [];

    public IReadOnlyList<string> Globs => _globs;

    /// <summary>Texts that name an open route which a necessary denial would close.</summary>
    public IReadOnlyList<string> Conflicts => _conflicts;

    /// <summary>How many segments the paths have at most that are looked at: one more than the deepest route.</summary>
    public static int FindMaxDepth(IReadOnlyList<PolicyRoute> routes) => routes.Select(route => route.Depth).DefaultIfEmpty().Max() + 1;

    /// <summary>Adds the denials that make it safe to allow the pattern of this route.</summary>
    public void AddFor(PolicyRoute route)
    {
        if (route.Template.IsLiteral)
            return;

        var deeper = DenyDeeperPaths(route);
        foreach (var other in closed)
        {
            if (route.MayLosePathsTo(other) || deeper.Any(other.Paths.Overlaps))
                Deny(other, route);
        }
    }

    /// <summary>
    /// Denies the paths that are deeper than the route, as far as no open route has such paths. This also covers routes that the table does not name.
    /// </summary>
    /// <returns>Patterns of deeper paths that stay allowed, because an open route has such paths.</returns>
    private List<PathPattern> DenyDeeperPaths(PolicyRoute route)
    {
        // REST APIs ignore a slash at the end. HTTP APIs do not, and give such a path to another route, such as $default.
        if (route.Template.Segments[^1].Kind == SegmentKind.Parameter)
            Add(route.Glob + "/");

        var allowed = new List<PathPattern>();
        foreach (var parameter in route.Parameters)
        {
            for (var segments = 2; segments <= _maxDepth; segments++)
            {
                var glob = route.CreateDeeperGlob(parameter, segments);
                var deeper = PathPattern.CreateFromGlob(glob);
                if (!open.Any(other => other.Paths.Overlaps(deeper)))
                {
                    Add(glob);
                    break;
                }

                if (segments == 2)
                    allowed.Add(deeper);
            }
        }

        return allowed;
    }

    private void Deny(PolicyRoute route, PolicyRoute allowed)
    {
        var isNew = Add(route.Glob);
        // API Gateway may give a path with a slash at the end to the same route.
        if (isNew && route.Template.Segments is [.., { Kind: SegmentKind.Literal }])
            Add(route.Glob + "/");

        var denied = PathPattern.CreateFromGlob(route.Glob);
        foreach (var other in open)
        {
            if (other.CreateOrdinaryPaths(_maxDepth).Any(path => denied.Matches(path) && !closed.Any(c => c.IsAtLeastAsSpecificAs(other) && c.Paths.Matches(path))))
                _conflicts.Add($"a policy that allows {allowed.Template.Key} must deny {route.Template.Key}, which would also deny {other.Template.Key}");
        }
    }

    private bool Add(string glob)
    {
        if (_globs.Contains(glob, StringComparer.Ordinal))
            return false;
        _globs.Add(glob);
        return true;
    }
}
