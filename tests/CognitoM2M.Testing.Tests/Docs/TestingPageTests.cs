namespace CognitoM2M.Testing.Tests.Docs;

/// <summary>The parts of files that docs/testing.md shows are run.</summary>
public sealed class TestingPageTests
{
    public static TheoryData<string> CodeBlocks { get; } =
    [
        .. RemoveIndentation(Checkout.Read("docs/testing.md")).Split("```csharp\n").Skip(1)
            .Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)].Trim())
            .Where(block => !IsWholeFile(block)),
    ];

    [Theory]
    [MemberData(nameof(CodeBlocks), DisableDiscoveryEnumeration = true)]
    public void Part_of_a_file_on_the_page_is_run(string block)
    {
        var compiled = RemoveIndentation(Checkout.Read("tests/CognitoM2M.Testing.Tests/Docs/TestingPage.cs"));

        Assert.All(block.Split("\n\n"), part => Assert.Contains(part, compiled, StringComparison.Ordinal));
    }

    private static bool IsWholeFile(string block) => block.StartsWith("using ", StringComparison.Ordinal) || block.StartsWith("namespace ", StringComparison.Ordinal);

    private static string RemoveIndentation(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()));
}
