using System.CommandLine;
using System.CommandLine.Parsing;
using CognitoM2M.Cli.Help;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Commands;

/// <summary>Shows the help of a command, or the exit codes.</summary>
internal static class HelpCommand
{
    private const string ExitCodes = "exit-codes";

    public static Command Create(ToolContext context)
    {
        var topic = new Argument<string[]?>("COMMAND")
        {
            Description = $"The command, such as apply or 'user create', or {ExitCodes}. [default: the tool itself]",
            Arity = ArgumentArity.ZeroOrMore,
            CustomParser = Parse,
        };
        topic.CompletionSources.Add(completion => FindTopics(completion.ParseResult.RootCommandResult.Command));

        var command = new Command("help", $"Shows the help of a command. 'help {ExitCodes}' lists the exit codes.") { topic };
        command.SetAction((parsed, cancellationToken) =>
        {
            var words = parsed.GetValue(topic) ?? [];
            if (words is not [ExitCodes])
                return parsed.RootCommandResult.Command.Parse([.. words, "--help"], parsed.Configuration).InvokeAsync(parsed.InvocationConfiguration, cancellationToken);

            ExitCodeTable.Write(context.Terminal.Output);
            return Task.FromResult((int)ExitCode.Success);
        });
        return command;
    }

    private static string[]? Parse(ArgumentResult result)
    {
        string[] words = [.. result.Tokens.Select(token => token.Value)];
        if (Array.Find(words, word => word.StartsWith('-')) is { } option)
        {
            result.AddError(UnknownWords.DescribeOption(option, result));
            return null;
        }

        var root = FindRoot(result);
        if (words is [ExitCodes] || CommandPath.Resolve(root, words) is not null)
            return words;

        // The words before the first wrong one name a command.
        var right = words.TakeWhile((_, i) => CommandPath.Resolve(root, words.Take(i + 1)) is not null).Count();
        var (wrong, group) = (words[right], CommandPath.Resolve(root, words.Take(right))!);
        ValueError.Add(result, UnknownWords.MayShow(wrong)
            ? $"there is no command '{wrong}'{(right == 0 ? "" : $" in '{CommandPath.Find(group)}'")}.{ClosestWord.Ask(wrong, FindTopics(group))}"
            : "there is no such command.");
        return null;
    }

    private static IEnumerable<string> FindTopics(Command group) =>
        group.Subcommands.Where(command => !command.Hidden).Select(command => command.Name).Concat(group is RootCommand ? [ExitCodes] : []);

    private static Command FindRoot(SymbolResult result)
    {
        while (result.Parent is { } parent)
            result = parent;
        return ((CommandResult)result).Command;
    }
}
