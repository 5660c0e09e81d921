using CognitoM2M.Cli.Help;
using CognitoM2M.Testing;

namespace CognitoM2M.Cli.Tests;

public sealed class HelpTests : ToolTestBase
{
    [Fact]
    public async Task Help_of_exit_codes_lists_every_exit_code()
    {
        var run = await RunAsync("help", "exit-codes");

        Assert.Equal(ExitCode.Success, run.Code);
        foreach (var code in Enum.GetValues<ExitCode>())
            Assert.Matches($@"(?m)^ +{(int)code}  \S", run.Output);
    }

    [Fact]
    public void Documentation_lists_the_same_exit_codes()
    {
        var page = Checkout.Read("docs/cli.md");

        foreach (var code in Enum.GetValues<ExitCode>())
            Assert.Contains($"| {(int)code} | {ExitCodeTable.Describe(code).Replace('\'', '`')} |", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Documentation_names_every_option_of_every_command()
    {
        var page = Checkout.Read("docs/cli.md");

        foreach (var command in CommandLineShape.Commands)
        {
            var chapter = FindChapter(page, CommandLineShape.GetPath(command));
            Assert.All(command.Options, option => Assert.Contains($"| `{option.Name}", chapter, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Help_of_every_option_with_a_value_says_the_default_or_that_the_option_is_required()
    {
        foreach (var command in CommandLineShape.Commands)
        {
            Assert.All(command.Options.Where(option => option.Arity.MaximumNumberOfValues > 0), option => Assert.True(
                option.Required || option.HasDefaultValue
                    || option.Description!.Contains("[default: ", StringComparison.Ordinal)
                    || option.Description.Contains("Required unless", StringComparison.Ordinal),
                $"{command.Name} {option.Name}: {option.Description}"));
        }
    }

    public static TheoryData<string> Commands => ["", .. CommandLineShape.Commands.Select(CommandLineShape.GetPath)];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_of_a_command_ends_with_its_examples_and_names_the_list_of_exit_codes(string command)
    {
        var run = await RunAsync([.. Split(command), "--help"]);

        Assert.Equal(ExitCode.Success, run.Code);
        var examples = CommandExamples.Find(command);
        Assert.NotEmpty(examples);
        Assert.EndsWith(
            $"""
            Examples:
            {string.Concat(examples.Select(example => $"  {example.Purpose}:\n    {example.Line}\n"))}
            Exit codes: see 'cognito-m2m help exit-codes'.


            """.ReplaceLineEndings("\n"),
            run.Output.ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Examples_of_a_command_are_command_lines_of_this_command(string command)
    {
        foreach (var example in CommandExamples.Find(command))
        {
            // In a pipe, the last command is the one that the example is about. Substitutions and pipes to other programs are the shell's.
            var lines = example.Line.Replace("source <(", "", StringComparison.Ordinal).TrimEnd(')').Split('|', StringSplitOptions.TrimEntries)
                .Where(line => line.StartsWith("cognito-m2m ", StringComparison.Ordinal)).ToList();

            var parsed = CommandLineShape.Parse(Split(lines[^1])[1..]);

            Assert.Empty(parsed.Errors);
            Assert.Empty(parsed.UnmatchedTokens);
            if (command.Length > 0 && parsed.CommandResult.Command.Name != "help")
                Assert.Equal(command, CommandLineShape.GetPath(parsed.CommandResult.Command));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("apply")]
    [InlineData("user create")]
    [InlineData("help")]
    public async Task Help_command_shows_the_same_as_the_option(string command)
    {
        var byCommand = await RunAsync(["help", .. Split(command)]);
        var byOption = await RunAsync([.. Split(command), "--help"]);

        Assert.Equal(ExitCode.Success, byCommand.Code);
        Assert.Equal(byOption.Output, byCommand.Output);
    }

    [Theory]
    [InlineData("aply", "error: COMMAND: there is no command 'aply'. Did you mean 'apply'?")]
    [InlineData("exit-code", "error: COMMAND: there is no command 'exit-code'. Did you mean 'exit-codes'?")]
    [InlineData("user creat", "error: COMMAND: there is no command 'creat' in 'user'. Did you mean 'create'?")]
    [InlineData("apply destroy", "error: COMMAND: there is no command 'destroy' in 'apply'.")]
    [InlineData("--jsn", "error: Unrecognized option '--jsn'. Did you mean '--json'?")]
    [InlineData("1a2b3c4d5e6f7g8h9i0j", "error: COMMAND: there is no such command.")]
    public async Task Help_of_a_command_that_does_not_exist_is_an_error(string command, string expected)
    {
        var run = await RunAsync(["help", .. Split(command)]);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Equal(expected, run.Error.Split(Environment.NewLine)[0]);
    }

    [Fact]
    public async Task Missing_command_shows_the_help_and_has_the_exit_code_usage()
    {
        var run = await RunAsync();

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("Commands:", run.Output, StringComparison.Ordinal);
    }

    private static string[] Split(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string FindChapter(string page, string command)
    {
        var start = page.IndexOf($"\n### `{command}", StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/cli.md has no chapter '{command}'.");
        var end = page.IndexOf("\n##", start + 1, StringComparison.Ordinal);
        return page[start..end];
    }
}
