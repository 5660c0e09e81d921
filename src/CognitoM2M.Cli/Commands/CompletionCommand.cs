using System.CommandLine;
using CognitoM2M.Cli.Completion;
using CognitoM2M.Cli.Parsing;

namespace CognitoM2M.Cli.Commands;

/// <summary>Prints a script with which a shell completes command lines of the tool.</summary>
internal static class CompletionCommand
{
    public static Command Create(ToolContext context)
    {
        string[] shells = [.. CompletionScript.Shells];
        var shell = new Argument<string[]?>("SHELL")
        {
            Description = $"The shell: {string.Join(", ", shells)}.",
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = Choice.CreateParser(shells),
        };
        shell.CompletionSources.Add(shells);

        var command = new Command("completion", "Prints a script with which a shell completes commands, options and values.") { shell };
        command.SetAction(parsed =>
        {
            context.Terminal.Document(CompletionScript.Find(parsed.GetRequiredValue(shell)![0]));
            return (int)ExitCode.Success;
        });
        return command;
    }
}
