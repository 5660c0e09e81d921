namespace CognitoM2M.Cli.Output;

/// <summary>Commands for the user to copy into a shell.</summary>
internal static class ShellText
{
    /// <summary>One line that sets environment variables: for PowerShell on Windows, for a POSIX shell elsewhere. The values must not contain characters that need quotes.</summary>
    public static string SetVariables(IReadOnlyDictionary<string, string> variables, bool isWindows) => isWindows
        ? string.Join("; ", variables.Select(variable => $"$env:{variable.Key} = '{variable.Value}'"))
        : $"export {string.Join(' ', variables.Select(variable => $"{variable.Key}={variable.Value}"))}";
}
