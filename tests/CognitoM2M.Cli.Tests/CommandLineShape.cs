using System.CommandLine;
using CognitoM2M.Cli.Output;

namespace CognitoM2M.Cli.Tests;

/// <summary>The commands and options that the tool has, read from the command line itself.</summary>
internal static class CommandLineShape
{
    private static readonly RootCommand _root = CreateRoot();

    /// <summary>Every command. Commands of a group follow the group.</summary>
    public static IReadOnlyList<Command> Commands => [.. _root.Subcommands.SelectMany(command => command.Subcommands.Prepend(command))];

    /// <summary>The words of a command, such as <c>user create</c>.</summary>
    public static string GetPath(Command command) =>
        string.Join(' ', command.Parents.OfType<Command>().Where(parent => parent is not RootCommand).Append(command).Select(part => part.Name));

    /// <summary>The options that every command has, without help and version.</summary>
    public static IReadOnlyList<Option> GlobalOptions => [.. _root.Options.Where(option => option.Name is not ("--help" or "--version"))];

    /// <summary>Parses words without running the command.</summary>
    public static ParseResult Parse(IReadOnlyList<string> words) => _root.Parse(words);

    private static RootCommand CreateRoot()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        var console = Terminal.Open(TextWriter.Null, isTerminal: false, variables);
        return ToolCommandLine.CreateRootCommand(new ToolContext(
            new ToolHost { Terminal = new Terminal(console, console, ask: null), Variables = variables, Input = TextReader.Null }));
    }
}
