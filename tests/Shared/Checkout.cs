namespace CognitoM2M.Testing;

/// <summary>Files of the repository that tests hold against the code.</summary>
internal static class Checkout
{
    /// <summary>The text of a file, given by its path from the root of the repository.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root(), path)).ReplaceLineEndings("\n");

    /// <summary>Replaces a recorded file; only for tests that were asked to.</summary>
    public static void Write(string path, string text) => File.WriteAllText(Path.Combine(Root(), path), text);

    /// <summary>The root folder of the repository, found from the folder of the running tests.</summary>
    /// <remarks>The path that the compiler saw is of no use: a reproducible build does not keep it.</remarks>
    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CognitoM2M.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        return folder.FullName;
    }
}
