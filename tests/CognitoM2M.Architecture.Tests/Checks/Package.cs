using CognitoM2M.Testing;
using Mono.Cecil;

namespace CognitoM2M.Architecture.Tests.Checks;

/// <summary>One package of src: its project, its sources and its compiled assembly.</summary>
internal sealed class Package
{
    private Package(string name) => Name = name;

    /// <summary>All packages, by the folders below src that hold a project.</summary>
    public static IReadOnlyList<Package> All { get; } =
    [
        .. Directory.GetFiles(Path.Combine(Checkout.Root(), "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(path => new Package(Path.GetFileNameWithoutExtension(path)))
            .OrderBy(package => package.Name, StringComparer.Ordinal),
    ];

    /// <summary>The name of the folder, the project, the package and the root namespace.</summary>
    public string Name { get; }

    public ProjectFile Project => ProjectFile.Read(Path.Combine(Folder, Name + ".csproj"));

    /// <summary>The C# files that belong to this package alone.</summary>
    public IEnumerable<SourceFile> Sources => SourceFile.ReadAll(Folder);

    private string Folder => Path.Combine(Checkout.Root(), "src", Name);

    public static Package Find(string name) => All.Single(package => package.Name == name);

    /// <summary>Reads the compiled assembly. Every call reads it anew, so a test may change the result.</summary>
    public ModuleDefinition ReadModule() =>
        ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, Project.AssemblyName + ".dll"));
}
