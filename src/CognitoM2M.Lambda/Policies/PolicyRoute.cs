using CognitoM2M.Lambda.Routes;

namespace CognitoM2M.Lambda.Policies;

/// <summary>A route as policies see it: its pattern of IAM, and the paths that match it.</summary>
internal sealed class PolicyRoute(RouteTemplate template)
{
    // A character that no literal segment has. A pattern that matches it in the place of a parameter matches (nearly) every value.
    private const string OrdinaryValue = "\u0001";

    public RouteTemplate Template { get; } = template;

    /// <summary>The pattern of IAM.</summary>
    public string Glob { get; } = RouteGlobs.Create(template);

    /// <summary>The paths that match the route.</summary>
    public PathPattern Paths { get; } = PathPattern.CreateFromRoute(template);

    public int Depth => Template.Segments.Count;

    /// <summary>The segments that are path parameters, by their index.</summary>
    public IEnumerable<int> Parameters => Enumerable.Range(0, Depth).Where(i => Template.Segments[i].Kind == SegmentKind.Parameter);

    /// <summary>
    /// Whether each segment of this route is at least as specific as the segment of the other route. Then API Gateway surely gives this route
    /// every path that matches both.
    /// </summary>
    public bool IsAtLeastAsSpecificAs(PolicyRoute other)
    {
        for (var i = 0; i < Math.Max(Depth, other.Depth); i++)
        {
            if (FindKind(i) < other.FindKind(i))
                return false;
        }

        return true;
    }

    /// <summary>Whether API Gateway may give the other route a path that also matches this route.</summary>
    public bool MayLosePathsTo(PolicyRoute other) => !IsAtLeastAsSpecificAs(other) && other.Paths.Overlaps(Paths);

    /// <summary>
    /// The pattern of this route, in which one parameter matches several segments. The pattern of the route matches such deeper paths, too, because
    /// the wildcard of IAM matches slashes.
    /// </summary>
    /// <param name="parameter">The index of the segment that is the parameter.</param>
    /// <param name="segments">The smallest number of segments that the parameter matches.</param>
    public string CreateDeeperGlob(int parameter, int segments) => RouteGlobs.CreateDeeper(Template, parameter, segments);

    /// <summary>Ordinary paths of the route: paths in which no parameter has the text of a literal segment. They have at most this number of segments.</summary>
    public IEnumerable<string> CreateOrdinaryPaths(int maxDepth)
    {
        var start = Template.Segments.TakeWhile(segment => segment.Kind >= SegmentKind.Parameter)
            .Select(segment => segment.Kind == SegmentKind.Literal ? segment.Text : OrdinaryValue)
            .ToList();
        var rest = start.Count == Depth ? (Least: 0, Most: 0) : (Least: Template.Segments[^1].Kind == SegmentKind.Anything ? 0 : 1, Most: Math.Max(1, maxDepth - start.Count));
        for (var i = rest.Least; i <= rest.Most; i++)
            yield return string.Join('/', start.Concat(Enumerable.Repeat(OrdinaryValue, i)));
    }

    private SegmentKind FindKind(int index) => index < Depth ? Template.Segments[index].Kind
        : Depth > 0 && Template.Segments[^1].Kind < SegmentKind.Parameter ? Template.Segments[^1].Kind
        // The index is past the end of the route. The end counts as a literal, because no segment is more specific than the end.
        : SegmentKind.Literal;
}
