using CognitoM2M.Lambda.Policies;
using CognitoM2M.Lambda.Routes;
using CognitoM2M.Lambda.Tests.Support;

namespace CognitoM2M.Lambda.Tests.Policies;

/// <summary>Policies of thousands of random APIs, compared with a router and with IAM's rules, both written anew.</summary>
public sealed class PolicyPropertyTests
{
    private static readonly string[] _segments = ["a", "b", "c", "{p}", "{q}"];
    private static readonly string[] _values = ["a", "b", "c", "7", "x:y"];

    [Fact]
    public void Policy_opens_no_closed_route_and_closes_no_ordinary_path_of_an_open_one()
    {
        var random = new Random(20260615);
        var (compared, opened, conflicts) = (0, 0, 0);
        for (var i = 0; i < 3000; i++)
        {
            var (table, openShapes) = CreateApi(random);
            var policy = StagePolicyBuilder.Build(table, rule => openShapes.Contains(rule.Template.Key), denyAmbiguousPaths: false);
            if (policy.Conflicts.Count > 0)
            {
                conflicts++;
                continue;
            }

            var iam = CreateIamPolicy(policy);
            for (var j = 0; j < 60; j++)
            {
                var path = CreatePath(random);
                var rule = Route(table, path);
                var isAllowed = iam.Allows($"GET/{path}");
                if (rule is null)
                    continue;

                compared++;
                opened += isAllowed ? 1 : 0;
                var isOpen = openShapes.Contains(rule.Template.Key);
                Assert.False(isAllowed && !isOpen, $"/{path} is open, but {rule.Template.Key} is closed. {Describe(table, openShapes)}");

                var exact = Route(table, path, ignoresSlashAtEnd: false);
                Assert.False(isAllowed && exact is not null && !openShapes.Contains(exact.Template.Key), $"/{path} is open, but {exact?.Template.Key} is closed. {Describe(table, openShapes)}");
            }

            foreach (var rule in table.Rules.Where(rule => openShapes.Contains(rule.Template.Key)))
            {
                var path = CreateOrdinaryPath(rule.Template);
                if (Route(table, path) == rule)
                    Assert.True(iam.Allows($"GET/{path}"), $"/{path} is closed, but {rule.Template.Key} is open. {Describe(table, openShapes)}");
            }
        }

        // The comparison means something only if all outcomes occur.
        Assert.InRange(compared, 50_000, int.MaxValue);
        Assert.InRange(opened, 5_000, compared);
        Assert.InRange(conflicts, 1, 2000);
    }

    [Fact]
    public void Other_spelling_of_a_path_opens_no_closed_route()
    {
        var random = new Random(20260617);
        var (compared, changed) = (0, 0);
        for (var i = 0; i < 1000; i++)
        {
            var (table, openShapes) = CreateApi(random);
            var policy = StagePolicyBuilder.Build(table, rule => openShapes.Contains(rule.Template.Key), denyAmbiguousPaths: true);
            if (policy.Conflicts.Count > 0)
                continue;

            var iam = CreateIamPolicy(policy);
            for (var j = 0; j < 60; j++)
            {
                var path = CreatePath(random);
                if (Route(table, path) is not { } rule || openShapes.Contains(rule.Template.Key))
                    continue;

                // A router that reads the spelling as the path would give it to the closed route.
                var spelling = Respell(random, path);
                compared++;
                changed += spelling == path ? 0 : 1;
                Assert.False(iam.Allows($"GET/{spelling}"), $"/{spelling} is open, but {rule.Template.Key} is closed. {Describe(table, openShapes)}");
            }
        }

        Assert.InRange(compared, 5_000, int.MaxValue);
        Assert.InRange(changed, 4_000, compared);
    }

    [Fact]
    public void Overlap_of_patterns_equals_the_overlap_of_the_words_that_they_match()
    {
        var random = new Random(20260616);
        var words = CreateWords(5).ToList();
        for (var i = 0; i < 2000; i++)
        {
            var (left, right) = (CreateGlob(random), CreateGlob(random));
            var expected = words.Any(word => Matches(left, word) && Matches(right, word));

            var overlaps = PathPattern.CreateFromGlob(left).Overlaps(PathPattern.CreateFromGlob(right));

            Assert.True(expected == overlaps, $"{left} and {right}: {overlaps}");
            Assert.Equal(overlaps, PathPattern.CreateFromGlob(right).Overlaps(PathPattern.CreateFromGlob(left)));
        }
    }

    private static bool Matches(string glob, string word) =>
        glob.Length == 0 ? word.Length == 0
        : glob[0] == '*' ? Matches(glob[1..], word) || (word.Length > 0 && Matches(glob, word[1..]))
        : word.Length > 0 && (glob[0] == '?' || glob[0] == word[0]) && Matches(glob[1..], word[1..]);

    private static IEnumerable<string> CreateWords(int maxLength) =>
        maxLength == 0 ? [""] : CreateWords(maxLength - 1).SelectMany(word => word.Length < maxLength - 1 ? [word] : (string[])[word, word + "a", word + "/"]);

    // Short patterns: if two of them overlap, a word of at most five characters shows it.
    private static string CreateGlob(Random random) => string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => "a/?*"[random.Next(4)]));

    private static (RouteTable Table, HashSet<string> Open) CreateApi(Random random)
    {
        var rules = new Dictionary<string, RouteRule>();
        for (var i = random.Next(2, 7); i > 0; i--)
        {
            var segments = Enumerable.Range(0, random.Next(1, 4)).Select(_ => _segments[random.Next(_segments.Length)]).ToList();
            if (random.Next(6) == 0)
                segments[^1] = "{r+}";
            var template = RouteTemplate.Parse(random.Next(25) == 0 ? "$default" : $"GET /{string.Join('/', segments)}");
            rules.TryAdd(template.PathShape, new RouteRule(template, []));
        }

        return (new RouteTable(rules.Values), [.. rules.Values.Select(rule => rule.Template.Key).Where(_ => random.Next(2) == 0)]);
    }

    private static string CreatePath(Random random) =>
        string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => _values[random.Next(_values.Length)])) + (random.Next(10) == 0 ? "/" : "");

    /// <summary>The same path with an encoded character, an empty segment, or dots that a router resolves.</summary>
    private static string Respell(Random random, string path)
    {
        var at = random.Next(path.Length);
        var slash = path.IndexOf('/', at) is var found && found < 0 ? path.LastIndexOf('/') : found;
        var start = slash < 0 ? "" : path[..(slash + 1)];
        var end = path[start.Length..];
        return random.Next(5) switch
        {
            0 => $"{path[..at]}%{(int)path[at]:X2}{path[(at + 1)..]}",
            1 => $"{start}/{end}",
            2 => $"{start}./{end}",
            3 => $"{start}x/../{end}",
            _ => $"a/../{path}",
        };
    }

    private static string CreateOrdinaryPath(RouteTemplate template) => string.Join('/', template.Segments.Select(segment => segment.Kind == SegmentKind.Literal ? segment.Text : "ordinary"));

    /// <summary>The route that gets a path: the one with the more specific first segment, and so on.</summary>
    /// <param name="table">The routes.</param>
    /// <param name="path">The path.</param>
    /// <param name="ignoresSlashAtEnd">True for REST APIs, false for HTTP APIs.</param>
    private static RouteRule? Route(RouteTable table, string path, bool ignoresSlashAtEnd = true)
    {
        var segments = (ignoresSlashAtEnd ? path.TrimEnd('/') : path).Split('/');
        return table.Rules
            .Where(rule => Fits(rule.Template, segments))
            .OrderByDescending(rule => string.Concat(Enumerable.Range(0, segments.Length).Select(i => Math.Min(i, rule.Template.Segments.Count - 1)).Select(i => (int)rule.Template.Segments[i].Kind)), StringComparer.Ordinal)
            .FirstOrDefault();
    }

    private static bool Fits(RouteTemplate template, string[] path)
    {
        for (var i = 0; i < template.Segments.Count; i++)
        {
            var segment = template.Segments[i];
            if (segment.Kind == SegmentKind.Anything)
                return true;
            if (i >= path.Length || path[i].Length == 0 || (segment.Kind == SegmentKind.Literal && segment.Text != path[i]))
                return false;
            if (segment.Kind == SegmentKind.Greedy)
                return true;
        }

        return template.Segments.Count == path.Length;
    }

    private static IamPolicy CreateIamPolicy(StagePolicy policy) => IamPolicy.Parse(Answers.AnswerWriter.WritePolicy(
        new Answers.AnswerPolicy(policy.Allowed, [.. policy.Denied, "nothing"]), new Answers.Caller("x", [], null)));

    private static string Describe(RouteTable table, HashSet<string> open) =>
        string.Join(", ", table.Rules.Select(rule => $"{rule.Template.Key} {(open.Contains(rule.Template.Key) ? "open" : "closed")}"));
}
