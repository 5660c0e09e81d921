namespace CognitoM2M.Cli.Running;

/// <summary>The words that start the tool in the user's shell.</summary>
internal static class ToolCommandName
{
    public const string Installed = "cognito-m2m";

    private const string OfManifest = $"dotnet {Installed}";
    private const string Package = "\"cognitom2m.cli\"";

    private static readonly string[] _manifests = [Path.Combine(".config", "dotnet-tools.json"), "dotnet-tools.json"];

    /// <summary>Finds the words. An installed tool is a program of its own; <c>dotnet</c> runs a tool of a manifest.</summary>
    /// <param name="program">The path of the running program; null if it is unknown.</param>
    /// <param name="findFolder">Finds the folder of the user, which can be inside the folder of the manifest. Throws if the folder was deleted.</param>
    public static string Find(string? program, Func<string> findFolder)
    {
        if (Path.GetFileNameWithoutExtension(program) != "dotnet")
            return Installed;

        try
        {
            return ListFromInnermost(findFolder()).Any(HoldsManifest) ? OfManifest : Installed;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Installed;
        }
    }

    private static IEnumerable<string> ListFromInnermost(string folder)
    {
        for (string? outer = folder; outer is not null; outer = Path.GetDirectoryName(outer))
            yield return outer;
    }

    private static bool HoldsManifest(string folder) => _manifests.Any(name => NamesPackage(Path.Combine(folder, name)));

    private static bool NamesPackage(string path) => File.Exists(path) && File.ReadAllText(path).Contains(Package, StringComparison.OrdinalIgnoreCase);
}
