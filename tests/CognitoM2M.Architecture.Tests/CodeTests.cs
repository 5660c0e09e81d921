using CognitoM2M.Architecture.Tests.Checks;
using CognitoM2M.Testing;

namespace CognitoM2M.Architecture.Tests;

/// <summary>Small rules that hold for all code of src.</summary>
public sealed class CodeTests
{
    public static TheoryData<string> Packages => [.. Package.All.Select(package => package.Name)];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Static_methods_have_verbs_as_names(string package)
    {
        using var module = Package.Find(package).ReadModule();

        var nameless = module.GetTypes()
            .SelectMany(type => type.Methods)
            .Where(method => method is { IsStatic: true, Name: "Of" or "For" })
            .Select(method => method.FullName)
            .ToList();

        Assert.True(nameless.Count == 0, $"Say what the method does (Create, Parse, Find, Describe):\n  {string.Join("\n  ", nameless)}");
    }

    [Fact]
    public void No_code_reads_the_proc_file_system()
    {
        var readers = SourceFile.ReadAll(Path.Combine(Checkout.Root(), "src"))
            .Where(source => source.Text.Contains("/proc", StringComparison.Ordinal));

        Assert.Empty(readers);
    }
}
