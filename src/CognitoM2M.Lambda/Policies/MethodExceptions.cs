using CognitoM2M.Lambda.Routes;

namespace CognitoM2M.Lambda.Policies;

/// <summary>
/// The denied patterns of one method. A pattern that allows a route with a path parameter matches more than the route: paths that are deeper, and
/// paths of more specific routes. A denial wins over everything that is allowed.
/// </summary>
/// <param name="open">The routes that the token opens.</param>
/// <param name="closed">The other routes of the table.</param>
internal sealed class MethodExceptions(IReadOnlyList<JudgedRoute> open, IReadOnlyList<JudgedRoute> closed)
{
    private readonly int _maxDepth = open.Concat(closed).Select(route => route.Depth).DefaultIfEmpty().Max() + 1;
    private readonly List<string> _globs = [];
    private readonly List<string> _conflicts = [];

    public IReadOnlyList<string> Globs => _globs;

    /// <summary>Texts that name an open route which a necessary denial would close.</summary>
    public IReadOnlyList<string> Conflicts => _conflicts;

    /// <summary>Adds the denials that make it safe to allow the pattern of this route.</summary>
    public void AddFor(JudgedRoute route)
    {
        if (route.Template.IsLiteral)
            return;

        var spans = DenyDeeperPaths(route);
        foreach (var other in closed)
        {
            var getsPathsOfRoute = !route.Beats(other) && other.Paths.Overlaps(route.Paths);
            if (getsPathsOfRoute || spans.Any(other.Paths.Overlaps))
                Deny(other, route);
        }
    }

    /// <summary>
    /// Denies the paths that are deeper than the route, as far as no open route has such paths. This also covers routes that the table does not name.
    /// </summary>
    /// <returns>Patterns of deeper paths that stay allowed.</returns>
    private List<PathPattern> DenyDeeperPaths(JudgedRoute route)
    {
        var allowed = new List<PathPattern>();
        for (var i = 0; i < route.Depth; i++)
        {
            if (route.Template.Segments[i].Kind != SegmentKind.Parameter)
                continue;

            for (var segments = 2; segments <= _maxDepth; segments++)
            {
                var glob = RouteGlobs.CreateWithSpan(route.Template, i, segments);
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

    private void Deny(JudgedRoute route, JudgedRoute allowed)
    {
        var isNew = Add(route.Glob);
        // API Gateway may give a path with a slash at the end to the same route.
        if (isNew && route.Template.Segments is [.., { Kind: SegmentKind.Literal }])
            Add(route.Glob + "/");

        var denied = PathPattern.CreateFromGlob(route.Glob);
        foreach (var other in open)
        {
            if (other.CreateUsualPaths(_maxDepth).Any(path => denied.Matches(path) && !closed.Any(c => c.Beats(other) && c.Paths.Matches(path))))
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
