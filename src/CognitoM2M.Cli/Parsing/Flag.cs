using System.CommandLine;

namespace CognitoM2M.Cli.Parsing;

/// <summary>Creates options without a value.</summary>
internal static class Flag
{
    public static Option<bool> Create(string name, string description, params string[] aliases) =>
        new(name, aliases) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>
    /// Finds an option without a value that was given one, such as <c>--yes=false</c>, and returns the error; null if there is none.
    /// System.CommandLine would turn the option on and take the value for the next argument.
    /// </summary>
    public static string? FindError(RootCommand root, IEnumerable<string> args)
    {
        var flags = root.Subcommands.SelectMany(command => command.Subcommands.Append(command)).SelectMany(command => command.Options).Concat(root.Options)
            .Where(option => option.Arity.MaximumNumberOfValues == 0)
            .SelectMany(option => option.Aliases.Append(option.Name))
            .ToHashSet(StringComparer.Ordinal);

        return args.TakeWhile(arg => arg != "--")
            .Select(arg => arg.Split('=', 2))
            .Where(parts => parts.Length == 2 && flags.Contains(parts[0]))
            .Select(parts => $"{parts[0]}: takes no value.")
            .FirstOrDefault();
    }
}
