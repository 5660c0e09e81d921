using CognitoM2M.Testing;

namespace CognitoM2M.Architecture.Tests.Checks;

/// <summary>One C# file below src.</summary>
/// <param name="Path">From the root of the repository, with forward slashes.</param>
/// <param name="Folder">From the folder of the package, with dots, so that it reads as the end of a namespace; empty in the root folder.</param>
/// <param name="Text">The whole file.</param>
internal sealed record SourceFile(string Path, string Folder, string Text)
{
    /// <summary>The declared namespaces. A file of top-level statements has none.</summary>
    public IEnumerable<string> Namespaces =>
        Text.Split('\n')
            .Where(line => line.StartsWith("namespace ", StringComparison.Ordinal))
            .Select(line => line["namespace ".Length..].TrimEnd(' ', '\r', '{', ';'));

    public int LineCount => Text.Split('\n').Length - (Text.EndsWith('\n') ? 1 : 0);

    /// <summary>Reads all C# files below a folder of src, without what a build put there.</summary>
    public static IEnumerable<SourceFile> ReadAll(string folder) =>
        from path in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        let below = System.IO.Path.GetRelativePath(folder, path).Replace('\\', '/')
        where !below.StartsWith("bin/", StringComparison.Ordinal) && !below.StartsWith("obj/", StringComparison.Ordinal)
        orderby below
        select new SourceFile(
            System.IO.Path.GetRelativePath(Checkout.Root(), path).Replace('\\', '/'),
            (System.IO.Path.GetDirectoryName(below) ?? "").Replace('\\', '/').Replace('/', '.'),
            File.ReadAllText(path));

    public override string ToString() => Path;
}
