using System.CommandLine;
using System.CommandLine.Parsing;
using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Parsing;

/// <summary>
/// Reports words that belong to no option and no argument. A word after an option that does not exist is its value, and may be a secret
/// (<c>--client-secret X</c>). Output ends up in logs, so no such word is repeated.
/// </summary>
internal static class UnknownWords
{
    /// <summary>The errors of the command line, with errors about unknown words in the tool's own words.</summary>
    public static List<string> ReplaceErrors(ParseResult parsed)
    {
        var unknown = FindUnknown(parsed);
        // A mistyped command is one error. System.CommandLine adds that a command is missing.
        var isMistypedCommand = unknown.Count > 0 && parsed.CommandResult.Command.Subcommands.Count > 0;
        var errors = parsed.Errors.Select(error => error.Message)
            .Where(message => !isMistypedCommand && !unknown.Any(word => message.Contains($"'{word}'", StringComparison.Ordinal)))
            .ToList();
        if (unknown.Count > 0 && Describe(unknown, parsed) is var description && !errors.Contains(description, StringComparer.Ordinal))
            errors.Insert(0, description);

        return errors;
    }

    /// <summary>The error for an option that does not exist, without the value that may be written behind an equals sign.</summary>
    /// <param name="word">The word that looks like an option.</param>
    /// <param name="result">A part of the command line of the command.</param>
    public static string DescribeOption(string word, SymbolResult result)
    {
        var name = word.Split('=', 2)[0];
        return name.Contains("secret", StringComparison.OrdinalIgnoreCase)
            ? $"Unrecognized option '{name}'. A secret cannot be given on the command line. See --client-secret-file and --secrets."
            : $"Unrecognized option '{name}'.{ClosestWord.Ask(name, FindOptions(result))}";
    }

    /// <summary>Whether a word may be shown that belongs to no option and no argument. No secret of Cognito is that short.</summary>
    public static bool MayShow(string word) => word.Length <= 16;

    /// <summary>The words that the parser gave to no option, and the one that it took for the FILE argument although an unknown option precedes it.</summary>
    private static List<string> FindUnknown(ParseResult parsed)
    {
        var unknown = parsed.UnmatchedTokens.ToList();
        // A command such as with-user runs another command. The options of that other command come after --, and are not unknown.
        var takesCommand = parsed.CommandResult.Command.Arguments.Any(argument => argument.Arity.MaximumNumberOfValues > 1);
        var arguments = takesCommand ? [] : parsed.CommandResult.Tokens.Select(token => token.Value).ToList();
        if (unknown.Exists(IsOption) || arguments.Exists(IsOption))
            unknown.InsertRange(0, arguments);
        return unknown;
    }

    private static string Describe(List<string> unknown, ParseResult parsed)
    {
        if (unknown.Find(IsOption) is { } option)
            return DescribeOption(option, parsed.CommandResult);

        // A mistyped command is worth showing.
        var commands = parsed.CommandResult.Command.Subcommands.Where(command => !command.Hidden).Select(command => command.Name).ToList();
        return commands.Count > 0 && MayShow(unknown[0])
            ? $"Unrecognized command '{unknown[0]}'.{ClosestWord.Ask(unknown[0], commands)}"
            : "The command line has more words than the command takes. They are not repeated here, because they may hold a secret.";
    }

    /// <summary>The names of the options that the command has, with the options of all commands.</summary>
    private static IEnumerable<string> FindOptions(SymbolResult result)
    {
        for (var part = result; part is not null; part = part.Parent)
        {
            if (part is CommandResult { Command: var command })
            {
                foreach (var option in command.Options.Where(option => !option.Hidden))
                    yield return option.Name;
            }
        }
    }

    private static bool IsOption(string word) => word.Length > 1 && word[0] == '-';
}
