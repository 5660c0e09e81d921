using System.CommandLine;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>The file that most commands are about.</summary>
internal static class BlueprintFile
{
    public const string DefaultName = "cognito-m2m.json";

    public static Argument<string> CreateArgument()
    {
        var file = new Argument<string>("FILE") { Description = "The blueprint.", DefaultValueFactory = _ => DefaultName };
        file.Validators.Add(result =>
        {
            // A misspelt option would otherwise be taken for the file.
            if (result.Tokens is [{ Value: ['-', ..] and var word }])
                result.AddError($"Unrecognized option '{word}'.");
        });
        return file;
    }

    public static async Task<Blueprint> LoadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await Blueprint.LoadAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ToolException(ExitCode.InvalidFile, $"There is no blueprint '{path}'. 'cognito-m2m init' writes one to start from.");
        }
        catch (BlueprintException error)
        {
            var mistakes = error.Mistakes.Select(mistake => $"{Environment.NewLine}  {mistake}");
            throw new ToolException(Failure.CodeOf(error), $"'{path}' is not a valid blueprint. Nothing was sent.{string.Concat(mistakes)}");
        }
    }
}
