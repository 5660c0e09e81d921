using System.Text;
using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Testing;

namespace CognitoM2M.Emulator.Tests.Operations;

/// <summary>No member of an input is ignored silently: each member has a class, in the code and on the page of the emulator.</summary>
public sealed class MemberTableTests
{
    private static readonly string[] _ofEmulatorAlone = ["ChosenUserPoolId", "ChosenClientId", "AccessTokenClaims"];

    /// <summary>The rows of the table in docs/emulator.md. All members of the other operations have an effect.</summary>
    private static readonly (string Name, string[] Operations)[] _rows =
    [
        ("user pools", ["CreateUserPool", "UpdateUserPool"]),
        ("custom attributes", ["AddCustomAttributes"]),
        ("multi-factor settings", ["SetUserPoolMfaConfig"]),
        ("domains", ["CreateUserPoolDomain", "UpdateUserPoolDomain"]),
        ("resource servers", ["CreateResourceServer", "UpdateResourceServer"]),
        ("app clients", ["CreateUserPoolClient", "UpdateUserPoolClient"]),
        ("users", ["AdminCreateUser", "ListUsers", "AdminConfirmSignUp", "AdminResetUserPassword"]),
        ("groups", ["CreateGroup"]),
        ("identity providers", ["CreateIdentityProvider"]),
        ("sign-in", ["InitiateAuth", "AdminInitiateAuth"]),
        ("responses to challenges", ["RespondToAuthChallenge", "AdminRespondToAuthChallenge"]),
        ("refresh tokens", ["GetTokensFromRefreshToken", "RevokeToken"]),
    ];

    [Fact]
    public void Every_member_of_Cognitos_requests_is_classed()
    {
        Assert.Equal(MemberTable.OfCognito.Keys.Order(StringComparer.Ordinal), MemberTable.OfEmulator.Keys.Order(StringComparer.Ordinal));
        var unclassed =
            from operation in MemberTable.OfCognito
            from path in operation.Value
            where !MemberTable.OfEmulator[operation.Key].Any(entry => IsWithin(path, entry.Path))
            select $"{operation.Key} {path}";

        Assert.Empty(unclassed);
    }

    [Fact]
    public void Every_classed_member_is_one_of_Cognitos_or_of_a_description()
    {
        var unknown =
            from operation in MemberTable.OfEmulator
            from entry in operation.Value
            where entry.Member.Use != MemberUse.Described
                && !_ofEmulatorAlone.Contains(entry.Path, StringComparer.Ordinal)
                && !MemberTable.OfCognito[operation.Key].Any(path => IsWithin(path, entry.Path))
            select $"{operation.Key} {entry.Path}";

        Assert.Empty(unknown);
    }

    [Fact]
    public void Only_the_operations_in_the_table_of_the_page_have_members_without_effect()
    {
        var withoutEffect = MemberTable.OfEmulator
            .Where(operation => operation.Value.Any(entry => entry.Member.Use != MemberUse.Effect))
            .Select(operation => operation.Key)
            .Except(_rows.SelectMany(row => row.Operations), StringComparer.Ordinal);

        Assert.Empty(withoutEffect);
    }

    [Fact]
    public void Page_of_the_emulator_has_the_table_of_all_members()
    {
        var table = new StringBuilder("| Of | Have an effect | Are kept and returned | Are accepted and dropped | Are refused |\n| --- | --- | --- | --- | --- |\n");
        foreach (var (name, operations) in _rows)
            table.Append(WriteRow(name, [.. operations.SelectMany(operation => MemberTable.OfEmulator[operation]).DistinctBy(entry => entry.Path)]));

        Assert.Contains(table.ToString(), Checkout.Read("docs/emulator.md"), StringComparison.Ordinal);
    }

    private static bool IsWithin(string path, string outer) => path == outer || path.StartsWith(outer + ".", StringComparison.Ordinal);

    private static string WriteRow(string name, List<TableEntry> entries)
    {
        var cells = new[] { MemberUse.Effect, MemberUse.Kept, MemberUse.Unused, MemberUse.Refused }
            .Select(use => string.Join(", ", entries.Where(entry => entry.Member.Use == use).Select(entry => Shorten(entry, entries)).Distinct(StringComparer.Ordinal)));
        return $"| {name} | {string.Join(" | ", cells)} |\n";
    }

    /// <summary>Shortens a path to the outermost structure whose members all have the same use.</summary>
    private static string Shorten(TableEntry entry, List<TableEntry> all)
    {
        var accepted = entry.Member.Accepted.Where(value => value.Length > 0).ToList();
        if (accepted.Count > 0)
            return $"`{entry.Path}` (except {string.Join(" and ", accepted.Select(value => $"`{value}`"))})";

        var parts = entry.Path.Split('.');
        var outer = Enumerable.Range(1, parts.Length).Select(length => string.Join('.', parts[..length])).First(prefix =>
            all.Where(other => IsWithin(other.Path, prefix)).All(other => other.Member.Use == entry.Member.Use && other.Member.Accepted.All(value => value.Length == 0)));
        return $"`{outer}`";
    }
}
