namespace CognitoM2M.Lambda.Routes;

/// <summary>One segment of the path of a route.</summary>
/// <param name="Kind">What the segment matches.</param>
/// <param name="Text">The text of a literal segment; empty for other segments.</param>
internal readonly record struct PathSegment(SegmentKind Kind, string Text);

/// <summary>What a segment matches. A greater value is more specific, and API Gateway prefers the route that is more specific.</summary>
internal enum SegmentKind
{
    /// <summary>Every path, the root path included: <c>$default</c>.</summary>
    Anything = 0,

    /// <summary>One or more segments: <c>{proxy+}</c>.</summary>
    Greedy = 1,

    /// <summary>One segment: <c>{id}</c>.</summary>
    Parameter = 2,

    /// <summary>One segment with this text.</summary>
    Literal = 3,
}
