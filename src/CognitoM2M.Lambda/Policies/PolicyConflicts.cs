using CognitoM2M.Lambda.Routes;

namespace CognitoM2M.Lambda.Policies;

/// <summary>Finds scopes whose policy cannot be expressed.</summary>
internal static class PolicyConflicts
{
    /// <summary>What to do about a conflict.</summary>
    public const string Cure =
        "Require the same scopes for these routes, change a path, or switch off the authorizer's cache in API Gateway and set AnswersAreCached to false.";

    public static IReadOnlyList<string> Find(RouteTable table)
    {
        var found = new List<string>();
        foreach (var scopes in CreateScopeSets(table))
        {
            found.AddRange(StagePolicyBuilder.Build(table, rule => rule.IsOpenTo(scopes.Contains)).Conflicts
                .Select(conflict => $"For a token with the scopes '{string.Join(' ', scopes)}': {conflict}. {Cure}"));
        }

        return found;
    }

    /// <summary>
    /// A conflict is between two open routes and a closed one. So the scopes that open two routes and no more show every conflict.
    /// </summary>
    private static IEnumerable<SortedSet<string>> CreateScopeSets(RouteTable table)
    {
        var sets = table.Rules.SelectMany(rule => rule.Alternatives).DistinctBy(scopes => string.Join(' ', scopes.Order(StringComparer.Ordinal)), StringComparer.Ordinal).ToList();
        return sets.SelectMany((first, i) => sets.Skip(i).Select(second => new SortedSet<string>(first.Concat(second), StringComparer.Ordinal)))
            .DistinctBy(scopes => string.Join(' ', scopes), StringComparer.Ordinal);
    }
}
