using System.Diagnostics;
using System.Globalization;
using CognitoM2M.Cli.Completion;
using CognitoM2M.Cli.Tests.Running;

namespace CognitoM2M.Cli.Tests.Completion;

public sealed class CompletionTests : ToolTestBase
{
    [Theory]
    [InlineData("ap", "apply")]
    [InlineData("", "apply", "completion", "cost", "destroy", "doctor", "emulate", "help", "import", "init", "outputs", "plan", "policy", "rotate-secret", "token", "user", "verify", "with-user")]
    [InlineData("user ", "create", "delete", "sweep")]
    [InlineData("user sweep --older", "--older-than")]
    [InlineData("apply --wai", "--wait", "--wait-timeout")]
    [InlineData("plan --reg", "--region")]
    [InlineData("apply --allow-destructive s", "scope")]
    [InlineData("apply --yes --allow-destructive app", "app-client")]
    [InlineData("completion ", "bash", "pwsh", "zsh")]
    [InlineData("help ex", "exit-codes")]
    [InlineData("help rot", "rotate-secret")]
    public async Task Tool_lists_the_words_that_can_complete_a_line(string line, params string[] expected)
    {
        Assert.Equal(expected, await AskAsync(line));
    }

    [Theory]
    [InlineData("plan ")]
    [InlineData("plan cog")]
    [InlineData("apply --secrets ")]
    [InlineData("with-user -- ")]
    [InlineData("bogus --x")]
    public async Task Shell_completes_file_names_if_the_tool_has_no_completion(string line)
    {
        Assert.Empty(await AskAsync(line));
    }

    [Fact]
    public async Task Tool_completes_the_values_of_the_route()
    {
        Assert.Equal(["GetClientToken"], await AskAsync("token --route Get"));
    }

    [Fact]
    public async Task Only_the_line_before_the_cursor_counts()
    {
        var run = await RunAsync("[suggest:2]", "ap --json");

        Assert.Equal("apply", run.Output.TrimEnd());
        Assert.Empty(run.Error);
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _cognito_m2m cognito-m2m")]
    [InlineData("zsh", "compdef _cognito_m2m cognito-m2m")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName cognito-m2m -ScriptBlock {")]
    public async Task Script_registers_itself_and_asks_the_tool(string shell, string registration)
    {
        var run = await RunAsync("completion", shell);

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Contains(registration, run.Output, StringComparison.Ordinal);
        Assert.Contains("\"[suggest:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_shell_has_a_script() => Assert.All(CompletionScript.Shells, shell => Assert.NotEmpty(CompletionScript.Find(shell)));

    [LinuxTheory]
    [InlineData("cognito-m2m rot", "rotate-secret")]
    [InlineData("cognito-m2m user s", "sweep")]
    [InlineData("cognito-m2m  token --deco", "--decode")]
    [InlineData("cognito-m2m completion ", "bash", "pwsh", "zsh")]
    [InlineData("cognito-m2m plan ")]
    public async Task Bash_completes_a_line_with_the_script(string line, params string[] expected)
    {
        // The tool under test stands where the shell would find cognito-m2m. bash sets the variables of the line when the user presses Tab.
        var script = $$"""
            set -eu
            cognito-m2m() { '{{Environment.ProcessPath}}' '{{ToolProcess.ToolPath}}' "$@"; }
            source <(cognito-m2m completion bash)
            complete -p cognito-m2m > /dev/null
            COMP_LINE='{{line}}'
            COMP_POINT=${#COMP_LINE}
            _cognito_m2m cognito-m2m '' ''
            printf '%s\n' ${COMPREPLY[@]+"${COMPREPLY[@]}"}
            """;
        using var bash = Process.Start(new ProcessStartInfo("bash", ["--norc", "-c", script])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = bash.StandardError.ReadToEndAsync();
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();

        Assert.Equal("", await error);
        Assert.Equal(0, bash.ExitCode);
        Assert.Equal(expected, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private async Task<string[]> AskAsync(string line)
    {
        var run = await RunAsync(string.Create(CultureInfo.InvariantCulture, $"[suggest:{line.Length}]"), line);

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Empty(run.Error);
        return run.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }
}
