using System.Xml.Linq;

namespace CognitoM2M.Architecture.Tests.Checks;

/// <summary>What a project file asks for.</summary>
internal sealed record ProjectFile(string AssemblyName, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages, IReadOnlyList<string> Frameworks)
{
    public static ProjectFile Read(string path)
    {
        var project = XDocument.Load(path);
        return new(
            project.Descendants("AssemblyName").SingleOrDefault()?.Value ?? Path.GetFileNameWithoutExtension(path),
            [.. Included(project, "ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Replace('\\', '/'))).Order(StringComparer.Ordinal)],
            [.. Included(project, "PackageReference")],
            [.. Included(project, "FrameworkReference")]);
    }

    private static IEnumerable<string> Included(XDocument project, string item) =>
        project.Descendants(item).Select(element => (string)element.Attribute("Include")!);
}
