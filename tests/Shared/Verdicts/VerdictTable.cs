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

    /// <summary>The names of the cases of machines, as data of theories: a test explorer can show a name.</summary>
    public static TheoryData<string> Names => Machines.CaseNames;

    /// <summary>A valid token.</summary>
    public TokenTemplate Template { get; }

    public IReadOnlyList<VerdictCase> All { get; }

    public TheoryData<string> CaseNames => [.. All.Select(verdict => verdict.Name)];

    /// <summary>The names of all tables, each with the names of its cases.</summary>
    public static TheoryData<string, string> NamesOfAll => ListNames(_ => true, [nameof(Machines), nameof(Users), nameof(IdTokens)]);

    /// <summary>The names of the tables of access tokens, each with the names of its cases.</summary>
    public static TheoryData<string, string> NamesOfAccessTokens => ListNames(_ => true, [nameof(Machines), nameof(Users)]);

    public static TheoryData<string, string> ListNames(Func<VerdictCase, bool> condition, IEnumerable<string> tables)
    {
        var names = new TheoryData<string, string>();
        foreach (var table in tables)
        {
            foreach (var verdict in FindTable(table).All.Where(condition))
                names.Add(table, verdict.Name);
        }

        return names;
    }

    public static VerdictTable FindTable(string name) => name switch
    {
        nameof(Machines) => Machines,
        nameof(Users) => Users,
        nameof(IdTokens) => IdTokens,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    public static VerdictCase Find(string name) => Machines.FindCase(name);

    public VerdictCase FindCase(string name) => _byName[name];
}
