using System.CommandLine.Parsing;

namespace CognitoM2M.Cli.Parsing;

/// <summary>Parsers of paths. Whether a file can be read or written shows only when the command opens the file.</summary>
internal static class FilePath
{
    /// <summary>A file that the command reads. The parser does not ask whether the file exists: the command says what to do if not.</summary>
    public static string? ParseFileToRead(ArgumentResult result) => Parse(result, path => FindFolderError(path));

    /// <summary>Any number of files that the command reads.</summary>
    public static string[]? ParseFilesToRead(ArgumentResult result)
    {
        string[] paths = [.. result.Tokens.Select(token => token.Value)];
        if (paths.Select(path => string.IsNullOrWhiteSpace(path) ? "must not be empty." : FindFolderError(path)).FirstOrDefault(error => error is not null) is not { } problem)
            return paths;

        ValueError.Add(result, problem);
        return null;
    }

    /// <summary>A file that the command writes: its folder must exist.</summary>
    public static string? ParseFileToWrite(ArgumentResult result) => Parse(result, path => FindFolderError(path) ?? FindMissingFolderError(path));

    /// <summary>A file that holds a secret. The error does not repeat the value, because it may be the secret itself, given by mistake.</summary>
    public static string? ParseSecretFile(ArgumentResult result) => Parse(
        result, path => Directory.Exists(path) ? "is a folder. Give the path of a file, or - for standard input." : null);

    private static string? Parse(ArgumentResult result, Func<string, string?> findError)
    {
        var path = result.Tokens[0].Value;
        // Without this check, a misspelt option would be read as the path of the file.
        if (result.Parent is CommandResult && path.StartsWith('-'))
        {
            result.AddError(UnknownWords.DescribeOption(path, result));
            return null;
        }

        if ((string.IsNullOrWhiteSpace(path) ? "must not be empty." : findError(path)) is not { } problem)
            return path;

        ValueError.Add(result, problem);
        return null;
    }

    private static string? FindFolderError(string path) => Directory.Exists(path) ? $"'{path}' is a folder. Give the path of a file." : null;

    private static string? FindMissingFolderError(string path) =>
        Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder)
            ? $"the folder '{folder}' does not exist. Create it first."
            : null;
}
