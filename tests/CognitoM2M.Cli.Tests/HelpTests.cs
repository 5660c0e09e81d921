using CognitoM2M.Testing;

namespace CognitoM2M.Cli.Tests;

public sealed class HelpTests : ToolTestBase
{
    [Fact]
    public async Task Help_lists_every_exit_code()
    {
        var run = await RunAsync("apply", "--help");

        Assert.Equal(ExitCode.Success, run.Code);
        foreach (var code in Enum.GetValues<ExitCode>())
            Assert.Matches($@"(?m)^ +{(int)code}  \S", run.Output);
    }

    [Fact]
    public void Documentation_lists_the_same_exit_codes()
    {
        var page = Checkout.Read("docs/cli.md");

        foreach (var code in Enum.GetValues<ExitCode>())
            Assert.Contains($"| {(int)code} | {HelpWithExitCodes.Describe(code).Replace('\'', '`')} |", page, StringComparison.Ordinal);
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

    [Fact]
    public async Task Without_a_command_the_help_is_shown_and_the_exit_code_is_usage()
    {
        var run = await RunAsync();

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("Commands:", run.Output, StringComparison.Ordinal);
    }

    private static string FindChapter(string page, string command)
    {
        var start = page.IndexOf($"\n### `{command}", StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/cli.md has no chapter '{command}'.");
        var end = page.IndexOf("\n##", start + 1, StringComparison.Ordinal);
        return page[start..end];
    }
}
