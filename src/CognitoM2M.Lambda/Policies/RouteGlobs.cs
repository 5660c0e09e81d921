using CognitoM2M.Lambda.Routes;

namespace CognitoM2M.Lambda.Policies;

/// <summary>Patterns of IAM for routes. A path parameter is at least one character, so its pattern is <c>?*</c>.</summary>
internal static class RouteGlobs
{
    private const string AtLeastOne = "?*";

    /// <summary>The smallest pattern that matches all paths of a route.</summary>
    public static string Create(RouteTemplate route) => Join(route.Segments.Select(CreateSegment));

    /// <summary>The pattern of a route, in which one path parameter matches several segments.</summary>
    /// <param name="route">The route.</param>
    /// <param name="parameter">The index of the segment that is the parameter.</param>
    /// <param name="segments">The smallest number of segments that the parameter matches.</param>
    public static string CreateDeeper(RouteTemplate route, int parameter, int segments) =>
        Join(route.Segments.Select((segment, i) => i == parameter ? Join(Enumerable.Repeat(AtLeastOne, segments)) : CreateSegment(segment)));

    private static string CreateSegment(PathSegment segment) => segment.Kind switch
    {
        SegmentKind.Literal => segment.Text,
        SegmentKind.Anything => "*",
        _ => AtLeastOne,
    };

    private static string Join(IEnumerable<string> segments) => string.Join('/', segments);
}
