using System.Runtime.CompilerServices;

namespace CognitoM2M.Testing;

/// <summary>Files of the repository that tests hold against the code.</summary>
internal static class Checkout
{
    /// <summary>The text of a file, given by its path from the root of the repository.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root(), path)).ReplaceLineEndings("\n");

    /// <summary>Replaces a recorded file; only for tests that were asked to.</summary>
    public static void Write(string path, string text) => File.WriteAllText(Path.Combine(Root(), path), text);

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
