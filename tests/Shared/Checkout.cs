namespace CognitoM2M.Testing;

/// <summary>Reads files of the repository, so that tests can compare them with the code.</summary>
internal static class Checkout
{
    /// <summary>The text of a file, given by its path from the root of the repository.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root(), path)).ReplaceLineEndings("\n");

    /// <summary>The root folder of the repository, found from the folder of the running tests.</summary>
    /// <remarks>A path from the compiler cannot be used: a reproducible build does not contain real paths.</remarks>
    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CognitoM2M.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        return folder.FullName;
    }
}
