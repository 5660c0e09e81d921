using System.Security.Cryptography;
using System.Text;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>
/// Writes a blueprint file and its JSON schema beside it. Each file is written under another name first and then put in its place, so no
/// reader and no interruption ever leaves half of a file.
/// </summary>
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
            await ReplaceAsync(FindTarget(path), blueprint.ToJson(), overwrite, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException) when (!overwrite && File.Exists(path))
        {
            throw ExistsAlready(path);
        }

        var schemaPath = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "", SchemaName);
        await ReplaceAsync(FindTarget(schemaPath), Blueprint.JsonSchema, overwrite: true, cancellationToken).ConfigureAwait(false);
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

    // The file that a symbolic link points to is replaced, not the link.
    private static string FindTarget(string path) =>
        new FileInfo(path).LinkTarget is null ? Path.GetFullPath(path) : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

    private static async Task ReplaceAsync(string target, string text, bool overwrite, CancellationToken cancellationToken)
    {
        var newPath = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}.new");
        try
        {
            var stream = new FileStream(newPath, FileMode.CreateNew, FileAccess.Write);
            await using (stream.ConfigureAwait(false))
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(text + Environment.NewLine), cancellationToken).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            File.Move(newPath, target, overwrite);
        }
        catch
        {
            File.Delete(newPath);
            throw;
        }
    }
}
