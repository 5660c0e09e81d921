using CognitoM2M.Lambda.Routes;

namespace CognitoM2M.Lambda.Policies;

/// <summary>A route, whether a token opens it, and the paths that match it.</summary>
internal sealed class JudgedRoute(RouteTemplate template, bool isOpen)
{
    // A character that no literal segment has. A pattern that matches it in the place of a parameter matches (nearly) every value.
    private const string AnyValue = "\u0001";

    public RouteTemplate Template { get; } = template;

    public bool IsOpen { get; } = isOpen;

    /// <summary>The pattern of IAM.</summary>
    public string Glob { get; } = RouteGlobs.Create(template);

    public PathPattern Paths { get; } = PathPattern.CreateFromRoute(template);

    public int Depth => Template.Segments.Count;

    /// <summary>Whether this route surely gets every path that matches both routes: no segment of the other one is more specific.</summary>
    public bool Beats(JudgedRoute other)
    {
        for (var i = 0; i < Math.Max(Depth, other.Depth); i++)
        {
            if (FindKind(i) < other.FindKind(i))
                return false;
        }

        return true;
    }

    /// <summary>Paths whose parameters have no special values, with up to this number of segments.</summary>
    public IEnumerable<string> CreateUsualPaths(int maxDepth)
    {
        var start = Template.Segments.TakeWhile(segment => segment.Kind >= SegmentKind.Parameter)
            .Select(segment => segment.Kind == SegmentKind.Literal ? segment.Text : AnyValue)
            .ToList();
        var rest = start.Count == Depth ? (Least: 0, Most: 0) : (Least: Template.Segments[^1].Kind == SegmentKind.Anything ? 0 : 1, Most: Math.Max(1, maxDepth - start.Count));
        for (var i = rest.Least; i <= rest.Most; i++)
            yield return string.Join('/', start.Concat(Enumerable.Repeat(AnyValue, i)));
    }

    private SegmentKind FindKind(int index) => index < Depth ? Template.Segments[index].Kind
        : Depth > 0 && Template.Segments[^1].Kind < SegmentKind.Parameter ? Template.Segments[^1].Kind
        // Past the end of a path that has ended: nothing is more specific than the end.
        : SegmentKind.Literal;
}
