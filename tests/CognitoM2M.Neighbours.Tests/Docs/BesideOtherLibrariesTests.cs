using System.Text.RegularExpressions;
using CognitoM2M.Testing;

namespace CognitoM2M.Neighbours.Tests.Docs;

/// <summary>docs/beside-other-libraries.md shows code that is compiled.</summary>
public sealed partial class BesideOtherLibrariesTests
{
    public static TheoryData<string> CodeBlocks { get; } = [.. FindBlocks(Checkout.Read("docs/beside-other-libraries.md"))];

    [Theory]
    [MemberData(nameof(CodeBlocks), DisableDiscoveryEnumeration = true)]
    public void Code_on_the_page_is_compiled(string block)
    {
        var compiled = RemoveIndentation(string.Concat(ListFiles().Select(File.ReadAllText)).ReplaceLineEndings("\n"));

        // The parts of one block may stand in several files.
        Assert.All(block.Split("\n\n"), part => Assert.Contains(part, compiled, StringComparison.Ordinal));
    }

    [Fact]
    public void Page_has_a_block_for_each_file()
    {
        var page = Checkout.Read("docs/beside-other-libraries.md");

        Assert.All(
            ListFiles().Select(Path.GetFileNameWithoutExtension).Where(name => name!.EndsWith("Calls", StringComparison.Ordinal)),
            name => Assert.Contains($"public static class {name}\n", page, StringComparison.Ordinal));
    }

    private static IEnumerable<string> ListFiles() =>
        Directory.EnumerateFiles(Path.Combine(Checkout.Root(), "tests/CognitoM2M.Neighbours.Tests/Docs"), "*.cs").Where(file => !file.EndsWith("Tests.cs", StringComparison.Ordinal));

    private static IEnumerable<string> FindBlocks(string page) =>
        page.Split("```csharp\n").Skip(1).Select(rest => RemoveFrame(RemoveIndentation(rest[..rest.IndexOf("```", StringComparison.Ordinal)])).Trim());

    // The compiled code has the usings of its file, and gets the builder from the test.
    private static string RemoveFrame(string program) => FrameLine().Replace(program, "");

    [GeneratedRegex(@"^(using [\w.]+;|var builder = .*|await builder\.Build\(\)\.RunAsync\(\);)\n", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex FrameLine();

    private static string RemoveIndentation(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()));
}
