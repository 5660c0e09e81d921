using CognitoM2M.Testing;

namespace CognitoM2M.Neighbours.Tests.Docs;

/// <summary>The section "Beside other libraries" of docs/calling.md shows code that is compiled.</summary>
public sealed class BesideOtherLibrariesTests
{
    public static TheoryData<string> CodeBlocks { get; } = [.. FindBlocks()];

    [Theory]
    [MemberData(nameof(CodeBlocks), DisableDiscoveryEnumeration = true)]
    public void Code_in_the_section_is_compiled(string block)
    {
        var compiled = RemoveIndentation(Checkout.Read("tests/CognitoM2M.Neighbours.Tests/Docs/BesideOtherLibraries.cs"));

        // The lines of one block may stand in several places of the file.
        Assert.All(block.Split("\n\n"), part => Assert.Contains(part, compiled, StringComparison.Ordinal));
    }

    private static IEnumerable<string> FindBlocks()
    {
        var page = Checkout.Read("docs/calling.md");
        var section = page[page.IndexOf("\n## Beside other libraries\n", StringComparison.Ordinal)..];
        section = section[..section.IndexOf("\n## ", 1, StringComparison.Ordinal)];
        return section.Split("```csharp\n").Skip(1).Select(rest => RemoveIndentation(rest[..rest.IndexOf("```", StringComparison.Ordinal)]).Trim());
    }

    private static string RemoveIndentation(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()));
}
