namespace CognitoM2M.Testing.Verdicts;

/// <summary>
/// All cases. Each is judged by the verifier, by both token handlers of Microsoft.IdentityModel and, in tests/interop, by aws-jwt-verify and jose.
/// </summary>
internal static class VerdictTable
{
    public static IReadOnlyList<VerdictCase> Cases { get; } =
    [
        .. FormCases.All(),
        .. JsonCases.All(),
        .. HeaderCases.All(),
        .. SignatureCases.All(),
        .. ClaimCases.All(),
        .. TimeCases.All(),
        .. PermissionCases.All(),
        .. KeyCases.All(),
    ];

    /// <summary>The names, as data of theories: a test explorer can show a name.</summary>
    public static TheoryData<string> Names { get; } = [.. Cases.Select(verdict => verdict.Name)];

    public static VerdictCase Find(string name) => Cases.Single(verdict => verdict.Name == name);
}
