namespace CognitoM2M.Testing.Verdicts;

/// <summary>
/// Tables of cases, one for each kind of token. Each case is judged by the verifier and by both token handlers of Microsoft.IdentityModel. In
/// tests/interop, aws-jwt-verify and jose judge the cases of machines, too.
/// </summary>
internal sealed class VerdictTable
{
    private readonly Dictionary<string, VerdictCase> _byName;

    private VerdictTable(TokenTemplate of)
    {
        Template = of;
        IEnumerable<VerdictCase> cases =
        [
            .. new FormCases(of).All(),
            .. new JsonCases(of).All(),
            .. new HeaderCases(of).All(),
            .. new SignatureCases(of).All(),
            .. new ClaimCases(of).All(),
            .. new TimeCases(of).All(),
            .. new PermissionCases(of).All(),
            .. new UserCases(of).All(),
            .. of.IsIdToken ? IdTokenCases.All() : [],
            .. new KeyCases(of).All(),
        ];
        All = [.. cases.Select(verdict => verdict with { IsIdToken = of.IsIdToken })];
        _byName = All.ToDictionary(verdict => verdict.Name, StringComparer.Ordinal);
    }

    /// <summary>Access tokens of machines.</summary>
    public static VerdictTable Machines { get; } = new(TokenTemplate.Machine);

    /// <summary>Access tokens of users.</summary>
    public static VerdictTable Users { get; } = new(TokenTemplate.User);

    /// <summary>ID tokens.</summary>
    public static VerdictTable IdTokens { get; } = new(TokenTemplate.IdToken);

    /// <summary>The cases of machines.</summary>
    public static IReadOnlyList<VerdictCase> Cases => Machines.All;

    /// <summary>The groups of the cases of machines, as data of theories.</summary>
    public static TheoryData<string> Groups => [.. Machines.All.Select(verdict => verdict.Group).Distinct()];

    /// <summary>A valid token.</summary>
    public TokenTemplate Template { get; }

    public IReadOnlyList<VerdictCase> All { get; }

    /// <summary>The names of all tables, each with its groups of cases.</summary>
    public static TheoryData<string, string> GroupsOfAll => ListGroups(nameof(Machines), nameof(Users), nameof(IdTokens));

    /// <summary>The names of the tables of access tokens, each with its groups of cases.</summary>
    public static TheoryData<string, string> GroupsOfAccessTokens => ListGroups(nameof(Machines), nameof(Users));

    /// <summary>The names of tables, each with its groups of cases, as data of theories. To run a test for each case takes longer than to judge the cases.</summary>
    public static TheoryData<string, string> ListGroups(params string[] tables)
    {
        var groups = new TheoryData<string, string>();
        foreach (var (table, group) in tables.SelectMany(table => FindTable(table).All.Select(verdict => (table, verdict.Group)).Distinct()))
            groups.Add(table, group);
        return groups;
    }

    public static VerdictTable FindTable(string name) => name switch
    {
        nameof(Machines) => Machines,
        nameof(Users) => Users,
        nameof(IdTokens) => IdTokens,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    public static VerdictCase Find(string name) => Machines._byName[name];

    /// <summary>Judges the cases of a group one after the other. Fails with the names of all cases that fail.</summary>
    /// <param name="group">The group.</param>
    /// <param name="check">Judges a case. Throws if the verdict is wrong.</param>
    /// <param name="condition">Which cases to judge; null for all of the group.</param>
    public async Task CheckAsync(string group, Func<VerdictCase, Task> check, Func<VerdictCase, bool>? condition = null)
    {
        var failures = new List<string>();
        foreach (var verdict in All.Where(verdict => verdict.Group == group && (condition is null || condition(verdict))))
        {
            try
            {
                await check(verdict);
            }
            catch (Exception error)
            {
                failures.Add($"{verdict.Name}: {error.Message}");
            }
        }

        Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures));
    }
}
