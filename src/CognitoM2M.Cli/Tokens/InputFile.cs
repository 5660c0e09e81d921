namespace CognitoM2M.Cli.Tokens;

/// <summary>Reads a whole text file that an option names.</summary>
internal static class InputFile
{
    /// <param name="option">The name of the option, for the message.</param>
    /// <param name="path">The path of the file.</param>
    /// <param name="description">The file as the message names it: its path, or other words where the path must not be shown.</param>
    /// <exception cref="ToolException">The file does not exist or cannot be read.</exception>
    public static string Read(string option, string path, string description)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ToolException(ExitCode.InvalidFile, $"{option}: {description} does not exist.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.InvalidFile, $"{option}: {description} cannot be read. Check its permissions, and check that no other process has it open.");
        }
    }
}
