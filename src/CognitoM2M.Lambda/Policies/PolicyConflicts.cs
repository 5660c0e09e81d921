using CognitoM2M.Lambda.Routes;

namespace CognitoM2M.Lambda.Policies;

/// <summary>Finds scopes for which no IAM policy can allow exactly the right routes.</summary>
internal static class PolicyConflicts
{
    /// <summary>What to do about a conflict.</summary>
    public const string Cure =
        "Require the same scopes for these routes, change a path, or switch off the authorizer's cache in API Gateway and set AnswersAreCached to false.";

    /// <summary>Every conflict, with the scopes that cause it. More scopes that cause the same conflict are left out.</summary>
    public static IReadOnlyList<string> Find(RouteTable table)
    {
        var found = new List<(IReadOnlySet<string> Scopes, string Conflict)>();
        foreach (var scopes in FindScopeSets(table))
        {
            var conflicts = StagePolicyBuilder.Build(table, rule => rule.IsOpenTo(scopes.Contains), denyAmbiguousPaths: false).Conflicts;
            found.AddRange(conflicts.Where(conflict => !found.Exists(known => known.Conflict == conflict && known.Scopes.IsSubsetOf(scopes))).Select(conflict => (scopes, conflict)));
        }

        return [.. found.Select(known => $"For a token with the scopes '{string.Join(' ', known.Scopes)}': {known.Conflict}. {Cure}")];
    }

    /// <summary>
    /// The scopes that open the routes of one possible conflict and no more. A token with more scopes opens more routes. This adds no denial, so there is
    /// no conflict that only larger sets show.
    /// </summary>
    private static IEnumerable<IReadOnlySet<string>> FindScopeSets(RouteTable table)
    {
        var sets = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var (_, rules) in table.GroupMethods())
        {
            foreach (var scopes in ConflictCandidates.Find(rules).SelectMany(CreateScopeSets))
                sets.TryAdd(string.Join(' ', scopes), scopes);
        }

        return sets.OrderBy(set => set.Value.Count).ThenBy(set => set.Key, StringComparer.Ordinal).Select(set => set.Value);
    }

    /// <summary>Each choice of one alternative per rule.</summary>
    private static IEnumerable<SortedSet<string>> CreateScopeSets(IReadOnlyList<RouteRule> rules) =>
        rules.Aggregate<RouteRule, IEnumerable<SortedSet<string>>>(
            [new SortedSet<string>(StringComparer.Ordinal)],
            (sets, rule) => sets.SelectMany(set => rule.Alternatives.Select(scopes => new SortedSet<string>(set.Concat(scopes), StringComparer.Ordinal))));
}
