using CognitoM2M.Architecture.Tests.Checks;
using CognitoM2M.Testing;

namespace CognitoM2M.Architecture.Tests;

/// <summary>Inside a package: arrows between folders point one way, and a folder says which namespace its files have.</summary>
public sealed class FolderTests
{
    private const int MaxLines = 250;

    private static readonly string[] _emptyNames = ["Common", "Helpers", "Misc", "Models", "Support", "Utils"];

    public static TheoryData<string> Packages => [.. Package.All.Select(package => package.Name)];

    [Theory]
    [MemberData(nameof(Packages))]
    public void No_two_folders_of_a_package_use_each_other_directly_or_through_others(string package)
    {
        using var module = Package.Find(package).ReadModule();

        var cycles = FolderGraph.Read(module).FindCycles(package);

        AssertNone(cycles.Take(5).Select(cycle => string.Join("\n    ", cycle)), "Folders that use each other. Move a type, or turn one use round:");
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Shared_sources_use_nothing_of_the_package_they_are_linked_into(string package)
    {
        using var module = Package.Find(package).ReadModule();

        var uses = FolderGraph.Read(module).Uses
            .Where(use => use.From == "CognitoM2M.Shared" && use.To.StartsWith("CognitoM2M", StringComparison.Ordinal));

        AssertNone(uses, "Sources of src/Shared are linked into several packages, so they may use none of them:");
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Namespace_of_a_file_ends_with_its_folder(string package)
    {
        var misplaced =
            from source in Package.Find(package).Sources
            let expected = source.Folder.Length == 0 ? package : $"{package}.{source.Folder}"
            from declared in source.Namespaces
            where declared != expected && !(source.Folder.Length == 0 && IsOfHost(declared))
            select $"{source.Path} declares {declared}, and its folder says {expected}";

        AssertNone(misplaced, "Below the root folder of a package, folder and namespace are the same:");
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Public_types_stand_in_the_root_namespace_of_their_package(string package)
    {
        using var module = Package.Find(package).ReadModule();

        var misplaced = module.Types
            .Where(type => type.IsPublic && type.Namespace != package && type != module.EntryPoint?.DeclaringType)
            .Where(type => !(IsOfHost(type.Namespace) && type.IsAbstract && type.IsSealed))
            .Select(type => type.FullName);

        AssertNone(misplaced, "Only registration extensions may stand elsewhere, in a namespace of Microsoft or Aspire:");
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Folders_are_named_after_what_is_in_them(string package)
    {
        var folders = Package.Find(package).Sources
            .Where(source => source.Folder.Split('.').Intersect(_emptyNames, StringComparer.OrdinalIgnoreCase).Any());

        AssertNone(folders, "These folder names say nothing. Name the step or the thing:");
    }

    [Fact]
    public void Files_have_at_most_250_lines()
    {
        var longFiles = SourceFile.ReadAll(Path.Combine(Checkout.Root(), "src"))
            .Where(source => source.LineCount > MaxLines)
            .Select(source => $"{source.Path}: {source.LineCount} lines");

        AssertNone(longFiles, "One file, one idea. Divide:");
    }

    // The namespaces that an application imports anyway, so that the extensions are found without a using.
    private static bool IsOfHost(string name) => name.StartsWith("Microsoft.", StringComparison.Ordinal) || name == "Aspire.Hosting";

    private static void AssertNone<T>(IEnumerable<T> found, string problem)
    {
        var list = found.Select(item => item!.ToString()!).ToList();
        Assert.True(list.Count == 0, Report(problem, list));
    }

    private static string Report(string problem, IEnumerable<string> lines) => $"{problem}\n  {string.Join("\n  ", lines)}";
}
