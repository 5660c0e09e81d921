using CognitoM2M.Emulator.Issuance;
using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Emulator.Operations;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Tokens;
using CognitoM2M.Testing;

namespace CognitoM2M.Emulator.Tests.Operations;

/// <summary>The input members of all operations, as the emulator's shapes list them and as Cognito's API model lists them.</summary>
internal static class MemberTable
{
    /// <summary>Members by operation, with their paths. A structure is not listed itself; its members are.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<TableEntry>> OfEmulator { get; } = ReadShapes();

    /// <summary>As <see cref="OfEmulator"/>, from the AWS SDK for JavaScript. tests/interop/members.mjs compares the file with the SDK.</summary>
    public static IReadOnlyDictionary<string, string[]> OfCognito { get; } = Checkout.Read("tests/CognitoM2M.Emulator.Tests/Operations/cognito-members.txt")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(": ", 2))
        .ToDictionary(parts => parts[0], parts => parts[1].Split(' '), StringComparer.Ordinal);

    private static Dictionary<string, IReadOnlyList<TableEntry>> ReadShapes()
    {
        var userPools = new UserPoolDirectory("eu-west-1", EmulatedIssuer.Original, TimeProvider.System);
        var operations = OperationTable.Create(
            userPools,
            new AccessTokenIssuer(TimeProvider.System, new TokenRequestCounter()),
            SealedText.CreateWithNewKey(),
            new DomainReachability(null, TimeProvider.System));
        return operations.Values.ToDictionary(
            operation => operation.Name, operation => (IReadOnlyList<TableEntry>)[.. List("", operation.Input)], StringComparer.Ordinal);
    }

    private static IEnumerable<TableEntry> List(string prefix, StructureShape structure) => structure.Members.SelectMany(member =>
        FindStructure(member.Shape) is { } inner ? List($"{prefix}{member.Name}.", inner) : [new TableEntry(prefix + member.Name, member)]);

    private static StructureShape? FindStructure(Shape shape) => shape as StructureShape ?? (shape as ListShape)?.Item as StructureShape;
}

/// <param name="Path">The path, such as <c>Policies.PasswordPolicy.MinimumLength</c>.</param>
/// <param name="Member">The member at its end.</param>
internal sealed record TableEntry(string Path, ShapeMember Member);
