namespace CognitoM2M.Cli.Output;

/// <summary>Commands for the user to copy into a shell.</summary>
internal static class ShellText
{
    /// <summary>One command of words that may hold any character: for PowerShell on Windows, for a POSIX shell elsewhere.</summary>
    public static string Join(IEnumerable<string> words, bool isWindows) => string.Join(' ', words.Select(word => Quote(word, isWindows)));

    /// <summary>One line that sets environment variables: for PowerShell on Windows, for a POSIX shell elsewhere. The values must not contain characters that need quotes.</summary>
    public static string SetVariables(IReadOnlyDictionary<string, string> variables, bool isWindows) => isWindows
        ? string.Join("; ", variables.Select(variable => $"$env:{variable.Key} = '{variable.Value}'"))
        : $"export {string.Join(' ', variables.Select(variable => $"{variable.Key}={variable.Value}"))}";

    private static string Quote(string word, bool isWindows)
    {
        var plain = isWindows ? @"_=:./\-" : "_=:./-";
        if (word.Length > 0 && word.All(character => char.IsAsciiLetterOrDigit(character) || plain.Contains(character, StringComparison.Ordinal)))
            return word;

        return isWindows ? $"'{word.Replace("'", "''", StringComparison.Ordinal)}'" : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }
}
