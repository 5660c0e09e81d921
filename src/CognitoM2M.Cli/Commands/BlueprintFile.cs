using System.CommandLine;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>The blueprint file, which is the argument of most commands.</summary>
internal static class BlueprintFile
{
    public const string DefaultName = "cognito-m2m.json";

    public static Argument<string> CreateArgument() => new("FILE")
    {
        Description = "The blueprint file.",
        DefaultValueFactory = _ => DefaultName,
        CustomParser = FilePath.ParseFileToRead,
    };

    public static Argument<string> CreateArgumentToWrite() => new("FILE")
    {
        Description = "The blueprint file to write.",
        DefaultValueFactory = _ => DefaultName,
        CustomParser = FilePath.ParseFileToWrite,
    };

    /// <summary>Reads the blueprint.</summary>
    /// <param name="path">The file.</param>
    /// <param name="variables">Finds the value of a variable, or null if it is not set.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ToolException">There is no such file, or the blueprint is not valid.</exception>
    public static async Task<Blueprint> LoadAsync(string path, Func<string, string?> variables, CancellationToken cancellationToken)
    {
        try
        {
            return await Blueprint.LoadAsync(path, variables, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ToolException(ExitCode.InvalidFile, $"The blueprint '{path}' does not exist. 'cognito-m2m init' creates one.");
        }
        catch (BlueprintException error)
        {
            throw new ToolException(
                Failure.FindCode(error),
                $"'{path}' is not a valid blueprint. No request was sent.",
                error.Message.Split(Environment.NewLine));
        }
    }
}
