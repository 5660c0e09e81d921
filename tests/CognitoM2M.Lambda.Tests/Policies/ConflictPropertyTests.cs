using CognitoM2M.Lambda.Policies;
using CognitoM2M.Lambda.Routes;

namespace CognitoM2M.Lambda.Tests.Policies;

/// <summary>The conflicts that <see cref="RouteScopes.FindConflicts"/> reports, compared with the policies of all sets of scopes.</summary>
public sealed class ConflictPropertyTests
{
    private static readonly string[] _segments = ["a", "b", "{p}", "{q}"];
    private static readonly string[] _scopes = ["s/1", "s/2", "s/3", "s/4"];

    [Fact]
    public void Set_of_scopes_has_a_conflict_only_if_a_part_of_it_is_reported()
    {
        var random = new Random(20260701);
        var (with, without, ofThree) = (0, 0, 0);
        for (var i = 0; i < 1000; i++)
        {
            var table = CreateApi(random);
            var reported = PolicyConflicts.Find(table).Select(ReadScopes).ToList();
            foreach (var scopes in CreateSubsets())
            {
                var hasConflict = HasConflict(table, scopes);

                Assert.True(!hasConflict || reported.Exists(scopes.IsSupersetOf), $"The scopes '{string.Join(' ', scopes)}' have a conflict that is not reported. {Describe(table)}");
            }

            Assert.All(reported, scopes => Assert.True(HasConflict(table, scopes), $"The scopes '{string.Join(' ', scopes)}' have no conflict. {Describe(table)}"));
            with += reported.Count > 0 ? 1 : 0;
            without += reported.Count == 0 ? 1 : 0;
            ofThree += reported.Exists(scopes => scopes.Count == 3) ? 1 : 0;
        }

        // The comparison means something only if all outcomes occur.
        Assert.InRange(with, 200, int.MaxValue);
        Assert.InRange(without, 200, int.MaxValue);
        Assert.InRange(ofThree, 5, int.MaxValue);
    }

    private static bool HasConflict(RouteTable table, HashSet<string> scopes) => StagePolicyBuilder.Build(table, rule => rule.IsOpenTo(scopes.Contains), denyAmbiguousPaths: false).Conflicts.Count > 0;

    private static HashSet<string> ReadScopes(string conflict)
    {
        var start = conflict.IndexOf('\'', StringComparison.Ordinal) + 1;
        return [.. conflict[start..conflict.IndexOf('\'', start)].Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static IEnumerable<HashSet<string>> CreateSubsets() =>
        Enumerable.Range(0, 1 << _scopes.Length).Select(set => _scopes.Where((_, i) => (set & (1 << i)) != 0).ToHashSet());

    private static RouteTable CreateApi(Random random)
    {
        var rules = new Dictionary<string, RouteRule>();
        // In half of the APIs each route has a scope of its own. Conflicts of three open routes are rare otherwise.
        var isPlain = random.Next(2) == 0;
        for (var i = isPlain ? _scopes.Length : random.Next(3, 7); i > 0; i--)
        {
            var segments = Enumerable.Range(0, isPlain ? random.Next(2, 5) : random.Next(1, 5)).Select(_ => _segments[random.Next(_segments.Length)]).ToList();
            if (!isPlain && random.Next(8) == 0)
                segments[^1] = "{rest+}";
            var method = isPlain ? "GET" : random.Next(6) == 0 ? "ANY" : random.Next(6) == 0 ? "PUT" : "GET";
            var template = RouteTemplate.Parse(!isPlain && random.Next(25) == 0 ? "$default" : $"{method} /{string.Join('/', segments)}");
            rules.TryAdd($"{template.Method} {template.PathShape}", new RouteRule(template, isPlain ? [[_scopes[i - 1]]] : CreateAlternatives(random)));
        }

        return new RouteTable(rules.Values);
    }

    private static IReadOnlyList<IReadOnlyList<string>> CreateAlternatives(Random random) => random.Next(12) switch
    {
        0 => [],
        1 => [[]],
        2 => [[PickScope(random)], [PickScope(random)]],
        3 => [[PickScope(random), PickScope(random)]],
        _ => [[PickScope(random)]],
    };

    private static string PickScope(Random random) => _scopes[random.Next(_scopes.Length)];

    private static string Describe(RouteTable table) =>
        string.Join(", ", table.Rules.Select(rule => $"{rule.Template.Key} needs {string.Join(" or ", rule.Alternatives.Select(scopes => string.Join('+', scopes)))}"));
}
