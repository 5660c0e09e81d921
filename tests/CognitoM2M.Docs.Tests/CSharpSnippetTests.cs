using CognitoM2M.Docs.Tests.Snippets;

namespace CognitoM2M.Docs.Tests;

/// <summary>Every block of C# on the pages compiles.</summary>
public sealed class CSharpSnippetTests
{
    private static readonly CodeBlock[] _blocks = [.. MarkdownPage.All.SelectMany(page => page.FindBlocks("csharp"))];

    public static TheoryData<string> Blocks => [.. _blocks.Where(block => block.NotCompiledBecause is null).Select(block => block.ToString())];

    [Theory]
    [MemberData(nameof(Blocks), DisableDiscoveryEnumeration = true)]
    public void Code_on_a_page_compiles(string place)
    {
        var block = _blocks.Single(block => block.ToString() == place);

        var errors = SnippetCompiler.FindErrors(block.Page.Path, block.Code);
        // Types that stand in an earlier block of the page, as another file of the reader's project.
        if (errors.Count > 0)
            errors = SnippetCompiler.FindErrors(block.Page.Path, block.Code, FindTypesBefore(block));

        Assert.True(
            errors.Count == 0,
            $"""
            {place} does not compile. If the code uses a name that the reader has, declare the name in tests/CognitoM2M.Docs.Tests/Contexts.
            If the code cannot be compiled, such as code of another library, write <!-- not compiled: why --> before the block.

            {block.Code}
            {string.Join('\n', errors)}
            """);
    }

    private static IEnumerable<string> FindTypesBefore(CodeBlock block) =>
        _blocks.Where(other => other.Page == block.Page && other.Line < block.Line && SnippetCompiler.DeclaresTypes(other.Code)).Select(other => other.Code);

    [Fact]
    public void Pages_have_many_blocks() => Assert.True(_blocks.Length > 60, $"Only {_blocks.Length} blocks of C# were found.");

    [Theory]
    [InlineData("var token = await tokens.GetTokenAsync(\"orders\");")]
    [InlineData("return await tokens.GetTokenAsync(\"orders\");")]
    [InlineData("public Task RunAsync() => Task.CompletedTask;")]
    [InlineData("public sealed class Orders(HttpClient http) { public Task<string> ReadAsync() => http.GetStringAsync(\"orders\"); }")]
    [InlineData("private static readonly string _name = \"a\";\npublic static string Read() => _name;")]
    [InlineData("Console.WriteLine(Double(2));\nstatic int Double(int number) => number * 2;")]
    [InlineData("using CognitoM2M;\n\nusing var client = new CognitoM2MClient(new CognitoM2MClientOptions());")]
    public void Correct_code_has_no_errors(string code) => Assert.Empty(SnippetCompiler.FindErrors("README.md", code));

    [Theory]
    [InlineData("builder.Services.AddCognitoM2MClientt(\"orders\", configuration);", "AddCognitoM2MClientt")]
    [InlineData("options.Domain = \"acme\";", "options")]
    [InlineData("var token = await tokens.GetTokenAsync(;", "")]
    [InlineData("using System.Text;\n\nusing var client = new CognitoM2MClient(new());", "CognitoM2MClient")]
    [InlineData("public string Read() => 1;", "string")]
    public void Wrong_code_has_errors(string code, string named) =>
        Assert.Contains(SnippetCompiler.FindErrors("README.md", code), error => error.Contains(named, StringComparison.Ordinal));
}
