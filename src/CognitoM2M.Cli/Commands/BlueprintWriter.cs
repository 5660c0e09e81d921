using CognitoM2M.Provisioning;
using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Commands;

/// <summary>Writes a blueprint file and its JSON schema beside it.</summary>
internal static class BlueprintWriter
{
    /// <summary>How a blueprint refers to its schema: beside the blueprint, so that editors find it without a network, and it fits this version of the tool.</summary>
    public const string SchemaReference = $"./{SchemaName}";

    private const string SchemaName = "cognito-m2m.schema.json";

    /// <summary>Writes the blueprint.</summary>
    /// <returns>The path of the schema.</returns>
    /// <exception cref="ToolException">The file exists and may not be overwritten, or is the file of the schema.</exception>
    public static async Task<string> WriteAsync(string path, Blueprint blueprint, bool overwrite, CancellationToken cancellationToken)
    {
        RequireWritable(path, overwrite);
        try
        {
            await WholeFile.WriteAsync(path, blueprint.ToJson() + Environment.NewLine, overwrite, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException) when (!overwrite && File.Exists(path))
        {
            throw ExistsAlready(path);
        }

        var schemaPath = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "", SchemaName);
        await WholeFile.WriteAsync(schemaPath, Blueprint.JsonSchema + Environment.NewLine, overwrite: true, cancellationToken).ConfigureAwait(false);
        return schemaPath;
    }

    /// <summary>Stops if the file may not be written, before any work is done for it.</summary>
    /// <exception cref="ToolException">The file exists and may not be overwritten, or is the file of the schema.</exception>
    public static void RequireWritable(string path, bool overwrite)
    {
        if (Path.GetFileName(path) == SchemaName)
            throw new ToolException(ExitCode.InvalidFile, $"'{path}' is the file of the JSON schema. Choose another name for the blueprint.");
        if (!overwrite && File.Exists(path))
            throw ExistsAlready(path);
    }

    private static ToolException ExistsAlready(string path) =>
        new(ExitCode.InvalidFile, $"'{path}' exists already. Name another file, or overwrite it with --force.");
}
