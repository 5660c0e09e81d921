using CognitoM2M.Lambda.Routes;

namespace CognitoM2M.Lambda.Policies;

/// <summary>
/// A set of paths: the paths that IAM's wildcards match, or the paths that API Gateway gives to a route. IAM's <c>*</c> matches slashes, too; a path
/// parameter does not.
/// </summary>
internal sealed class PathPattern
{
    private readonly Token[] _tokens;

    private PathPattern(IEnumerable<Token> tokens) => _tokens = [.. tokens];

    private enum TokenKind : byte
    {
        /// <summary>One certain character.</summary>
        Character,

        /// <summary>Any one character.</summary>
        One,

        /// <summary>Any number of characters.</summary>
        Many,

        /// <summary>One character that is not a slash.</summary>
        OneOfSegment,

        /// <summary>Any number of characters that are not slashes.</summary>
        ManyOfSegment,
    }

    /// <summary>The paths that a pattern of IAM matches.</summary>
    public static PathPattern CreateFromGlob(string glob) => new(glob.Select(c => c switch
    {
        '*' => new Token(TokenKind.Many),
        '?' => new Token(TokenKind.One),
        _ => new Token(TokenKind.Character, c),
    }));

    /// <summary>This one path.</summary>
    public static PathPattern CreateFromPath(string path) => new(path.Select(c => new Token(TokenKind.Character, c)));

    /// <summary>The paths that match a route, whether or not a more specific route matches them, too.</summary>
    public static PathPattern CreateFromRoute(RouteTemplate route)
    {
        var tokens = new List<Token>();
        foreach (var segment in route.Segments)
        {
            if (tokens.Count > 0)
                tokens.Add(new Token(TokenKind.Character, '/'));
            tokens.AddRange(segment.Kind switch
            {
                SegmentKind.Literal => segment.Text.Select(c => new Token(TokenKind.Character, c)),
                SegmentKind.Parameter => [new Token(TokenKind.OneOfSegment), new Token(TokenKind.ManyOfSegment)],
                SegmentKind.Greedy => [new Token(TokenKind.One), new Token(TokenKind.Many)],
                _ => [new Token(TokenKind.Many)],
            });
        }

        return new PathPattern(tokens);
    }

    /// <summary>Whether the set contains this path.</summary>
    public bool Matches(string path) => Overlaps(CreateFromPath(path));

    /// <summary>Whether any path is in both sets.</summary>
    public bool Overlaps(PathPattern other)
    {
        var (left, right) = (_tokens, other._tokens);
        // Most routes differ in their first segments.
        var same = 0;
        while (same < left.Length && same < right.Length && left[same].Kind == TokenKind.Character && right[same].Kind == TokenKind.Character)
        {
            if (left[same].Character != right[same].Character)
                return false;
            same++;
        }

        var seen = new bool[(left.Length + 1) * (right.Length + 1)];
        var open = new Stack<(int Left, int Right)>([(same, same)]);
        while (open.TryPop(out var at))
        {
            var (l, r) = at;
            if (l == left.Length && r == right.Length)
                return true;
            if (seen[(l * (right.Length + 1)) + r])
                continue;

            seen[(l * (right.Length + 1)) + r] = true;
            if (l < left.Length && left[l].IsMany)
                open.Push((l + 1, r));
            if (r < right.Length && right[r].IsMany)
                open.Push((l, r + 1));
            if (l < left.Length && r < right.Length && Token.ShareCharacter(left[l], right[r]))
                open.Push((left[l].IsMany ? l : l + 1, right[r].IsMany ? r : r + 1));
        }

        return false;
    }

    private readonly record struct Token(TokenKind Kind, char Character = '\0')
    {
        public bool IsMany => Kind is TokenKind.Many or TokenKind.ManyOfSegment;

        private bool IsOfSegment => Kind is TokenKind.OneOfSegment or TokenKind.ManyOfSegment;

        public static bool ShareCharacter(Token left, Token right) => (left.Kind, right.Kind) switch
        {
            (TokenKind.Character, TokenKind.Character) => left.Character == right.Character,
            (TokenKind.Character, _) => !right.IsOfSegment || left.Character != '/',
            (_, TokenKind.Character) => !left.IsOfSegment || right.Character != '/',
            _ => true,
        };
    }
}
