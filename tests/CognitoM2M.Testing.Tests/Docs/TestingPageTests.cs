namespace CognitoM2M.Testing.Tests.Docs;

/// <summary>docs/testing.md shows code that is compiled.</summary>
public sealed class TestingPageTests
{
    public static TheoryData<string> CodeBlocks { get; } =
        [.. RemoveIndentation(Checkout.Read("docs/testing.md")).Split("```csharp\n").Skip(1).Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)].Trim())];

    [Theory]
    [MemberData(nameof(CodeBlocks), DisableDiscoveryEnumeration = true)]
    public void Code_on_the_page_is_compiled(string block)
    {
        var compiled = RemoveIndentation(Checkout.Read("tests/CognitoM2M.Testing.Tests/Docs/TestingPage.cs"));

        Assert.All(block.Split("\n\n"), part => Assert.Contains(part, compiled, StringComparison.Ordinal));
    }

    private static string RemoveIndentation(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()));
}
