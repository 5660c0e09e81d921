namespace CognitoM2M.Testing;

/// <summary>Files of the repository that tests hold against the code.</summary>
internal static class Checkout
{
    /// <summary>The text of a file, given by its path from the root of the repository.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root(), path)).ReplaceLineEndings("\n");

    /// <summary>Replaces a recorded file; only for tests that were asked to.</summary>
    public static void Write(string path, string text) => File.WriteAllText(Path.Combine(Root(), path), text);

    // Not by the path that the compiler saw: a reproducible build does not keep it.
    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CognitoM2M.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        return folder.FullName;
    }
}
