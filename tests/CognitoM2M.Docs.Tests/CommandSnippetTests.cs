using CognitoM2M.Cli;
using CognitoM2M.Cli.Output;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Docs.Tests.Snippets;

namespace CognitoM2M.Docs.Tests;

/// <summary>Every command of the tool on the pages is one that the tool takes.</summary>
public sealed class CommandSnippetTests
{
    public static TheoryData<string> Commands =>
        [.. MarkdownPage.All.SelectMany(page => ShellCommands.Find(page.Text).Select(words => $"{page.Path}: {string.Join('\u00a0', words)}")).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Commands), DisableDiscoveryEnumeration = true)]
    public void Command_on_a_page_is_accepted_by_the_parser_of_the_tool(string command) =>
        Assert.Empty(FindErrors(command[(command.IndexOf(": ", StringComparison.Ordinal) + 2)..].Split('\u00a0')));

    [Fact]
    public void Pages_have_many_commands() => Assert.True(Commands.Count > 30, $"Only {Commands.Count} commands were found.");

    [Theory]
    [InlineData("plan", "--no-such-option")]
    [InlineData("plam")]
    [InlineData("token", "--decode=true")]
    public void Wrong_command_is_found(params string[] words) => Assert.NotEmpty(FindErrors(words));

    [Theory]
    [InlineData("    cognito-m2m plan --output plan.json   # writes a file", "plan --output plan.json")]
    [InlineData("```sh\ncognito-m2m apply \\\n  --yes\n```", "apply --yes")]
    [InlineData("   ```sh\n   $ cognito-m2m token | cognito-m2m verify --any-client\n   ```", "token|verify --any-client")]
    [InlineData("```sh\nTOKEN=$(cognito-m2m token --decode) && echo\n```", "token --decode")]
    [InlineData("```sh\ncognito-m2m token > token.txt 2>&1 &\n```", "token")]
    [InlineData("```sh\ncognito-m2m with-user --pool p -- sh -c 'a | b'\n```", "with-user --pool p -- sh -c a | b")]
    [InlineData("```yaml\n- run: cognito-m2m plan\n```", "plan")]
    [InlineData("```sh\ncognito-m2m policy --account-id \"$ACCOUNT\" --secrets \"ssm:$SECRETS\" > policy.json\n```", "policy --account-id 123456789012 --secrets ssm:/acme/m2m")]
    [InlineData("Run `cognito-m2m plan` then.", "")]
    public void Commands_are_found_in_code(string page, string expected) =>
        Assert.Equal(expected, string.Join('|', ShellCommands.Find(page).Select(words => string.Join(' ', words))));

    private static List<string> FindErrors(string[] words)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        var console = Terminal.Open(TextWriter.Null, isTerminal: false, variables);
        var root = ToolCommandLine.CreateRootCommand(new ToolContext(
            new ToolHost { Terminal = new Terminal(console, console, ask: null), Variables = variables, Input = TextReader.Null }));
        return Flag.FindError(root, words) is { } error ? [error] : UnknownWords.ReplaceErrors(root.Parse(words));
    }
}
