using System.CommandLine;

namespace CognitoM2M.Cli.Parsing;

/// <summary>The words of a command.</summary>
internal static class CommandPath
{
    /// <summary>The words, such as <c>user create</c>; empty for the tool itself.</summary>
    public static string Find(Command command) =>
        command is RootCommand ? "" : $"{command.Parents.OfType<Command>().Select(Find).FirstOrDefault()} {command.Name}".TrimStart();

    /// <summary>The command that the words name, from a command on; null if a word is no command.</summary>
    public static Command? Resolve(Command start, IEnumerable<string> words)
    {
        Command? command = start;
        foreach (var word in words)
            command = command?.Subcommands.FirstOrDefault(inner => inner.Name == word && !inner.Hidden);
        return command;
    }
}
