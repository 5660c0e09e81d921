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
        project.Descendants(item)
            // A project that is built first, but is no reference of the assembly: the analyzers in the package CognitoM2M.
            .Where(element => (string?)element.Attribute("ReferenceOutputAssembly") != "false")
            .Select(element => (string)element.Attribute("Include")!);
}
