using System.Buffers;

namespace CognitoM2M.Lambda.Routes;

/// <summary>A route of API Gateway, such as <c>GET /orders/{id}</c>, <c>ANY /{proxy+}</c> or <c>$default</c>.</summary>
internal sealed class RouteTemplate
{
    /// <summary>The route of an HTTP API for the requests that match no other route.</summary>
    public const string DefaultKey = "$default";

    /// <summary>The method of a route for all methods.</summary>
    public const string AnyMethod = "ANY";

    // What a path segment may contain (RFC 3986), without the characters that IAM reads as wildcards or variables.
    private static readonly SearchValues<char> _literalCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!&'()+,;=:@");

    private static readonly SearchValues<char> _nameCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._:$");

    private RouteTemplate(string key, string method, PathSegment[] segments)
    {
        Key = key;
        Method = method;
        Segments = segments;
        PathShape = string.Join('/', segments.Select(segment => segment.Kind switch
        {
            SegmentKind.Literal => segment.Text,
            SegmentKind.Parameter => "{}",
            SegmentKind.Greedy => "{+}",
            _ => "*",
        }));
    }

    /// <summary>The methods that a route for all methods serves.</summary>
    public static IReadOnlyList<string> Methods { get; } = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

    /// <summary>The route as it was written.</summary>
    public string Key { get; }

    /// <summary>The method, or <see cref="AnyMethod"/>.</summary>
    public string Method { get; }

    /// <summary>The segments of the path. The root path has none.</summary>
    public IReadOnlyList<PathSegment> Segments { get; }

    /// <summary>The path without the names of its parameters. Two routes of one method and one shape are the same route.</summary>
    public string PathShape { get; }

    /// <summary>Whether the path has no parameter.</summary>
    public bool IsLiteral => Segments.All(segment => segment.Kind == SegmentKind.Literal);

    /// <summary>Reads a route as API Gateway writes it.</summary>
    /// <exception cref="ArgumentException">The text is not a route.</exception>
    public static RouteTemplate Parse(string key) =>
        TryParse(key, out var mistake) ?? throw new ArgumentException($"'{key}' is not a route: {mistake}. A route looks like GET /orders/{{id}}, ANY /{{proxy+}} or $default.", nameof(key));

    /// <summary>Reads a route; null if the text is not a route.</summary>
    public static RouteTemplate? TryParse(string key, out string? mistake)
    {
        mistake = null;
        if (key == DefaultKey)
            return new RouteTemplate(key, AnyMethod, [new PathSegment(SegmentKind.Anything, "")]);
        if (key.Split(' ') is not [var method, ['/', .. var path]])
            mistake = "it is not a method, one space, and a path that begins with a slash";
        else if (method != AnyMethod && !Methods.Contains(method, StringComparer.Ordinal))
            mistake = $"the method must be {AnyMethod} or one of {string.Join(", ", Methods)}";
        else if (ReadSegments(path, out mistake) is { } segments)
            return new RouteTemplate(key, method, segments);
        return null;
    }

    private static PathSegment[]? ReadSegments(string path, out string? mistake)
    {
        mistake = null;
        if (path.Length == 0)
            return [];

        var texts = path.Split('/');
        var segments = new PathSegment[texts.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            segments[i] = ReadSegment(texts[i], i == texts.Length - 1, out mistake);
            if (mistake is not null)
                return null;
        }

        return segments;
    }

    private static PathSegment ReadSegment(string text, bool isLast, out string? mistake)
    {
        mistake = null;
        if (text is ['{', .. var name, '}'])
        {
            var isGreedy = name.EndsWith('+');
            if (isGreedy && !isLast)
                mistake = $"{text} must be the last segment";
            else if ((isGreedy ? name[..^1] : name) is var plain && (plain.Length == 0 || plain.AsSpan().ContainsAnyExcept(_nameCharacters)))
                mistake = $"{text} is not a path parameter";
            return new PathSegment(isGreedy ? SegmentKind.Greedy : SegmentKind.Parameter, "");
        }

        if (text.Length == 0)
            mistake = "the path has an empty segment or ends with a slash";
        else if (text is "." or "..")
            mistake = $"no request has the segment {text}, because clients resolve it before they send the request";
        else if (text.AsSpan().ContainsAnyExcept(_literalCharacters))
            mistake = $"the segment {text} has a character that a route cannot have, such as a wildcard, or a parameter that is not a whole segment";
        return new PathSegment(SegmentKind.Literal, text);
    }
}
