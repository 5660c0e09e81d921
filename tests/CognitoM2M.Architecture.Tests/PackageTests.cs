using CognitoM2M.Architecture.Tests.Checks;

namespace CognitoM2M.Architecture.Tests;

/// <summary>Between packages: which may see which, and which may see AWS and ASP.NET Core.</summary>
public sealed class PackageTests
{
    /// <summary>The packages that each package refers to. A package that is missing here fails the test.</summary>
    private static readonly Dictionary<string, string[]> _allowed = new()
    {
        ["CognitoM2M"] = [],
        ["CognitoM2M.Analyzers"] = [],
        ["CognitoM2M.Analyzers.CodeFixes"] = [],
        ["CognitoM2M.Aspire.Hosting"] = ["CognitoM2M.Emulator", "CognitoM2M.Provisioning"],
        ["CognitoM2M.AspNetCore"] = ["CognitoM2M.Verification"],
        ["CognitoM2M.AspNetCore.JwtBearer"] = ["CognitoM2M.AspNetCore"],
        ["CognitoM2M.AspNetCore.OpenApi"] = ["CognitoM2M.AspNetCore"],
        ["CognitoM2M.Aws"] = ["CognitoM2M"],
        ["CognitoM2M.Cli"] =
        [
            "CognitoM2M", "CognitoM2M.Emulator", "CognitoM2M.Provisioning", "CognitoM2M.Provisioning.ParameterStore", "CognitoM2M.Verification",
        ],
        ["CognitoM2M.Emulator"] = [],
        ["CognitoM2M.Lambda"] = ["CognitoM2M.Verification"],
        ["CognitoM2M.Provisioning"] = [],
        ["CognitoM2M.Provisioning.DependencyInjection"] = ["CognitoM2M.Provisioning"],
        ["CognitoM2M.Provisioning.ParameterStore"] = ["CognitoM2M.Provisioning"],
        ["CognitoM2M.Testing"] = ["CognitoM2M", "CognitoM2M.AspNetCore", "CognitoM2M.Emulator"],
        ["CognitoM2M.UserSessions"] = [],
        ["CognitoM2M.Verification"] = [],
    };

    private static readonly string[] _maySeeAws =
    [
        "CognitoM2M.Aws", "CognitoM2M.Cli", "CognitoM2M.Provisioning", "CognitoM2M.Provisioning.DependencyInjection",
        "CognitoM2M.Provisioning.ParameterStore",
    ];

    private static readonly string[] _maySeeAspNetCore =
    [
        "CognitoM2M.Aspire.Hosting", "CognitoM2M.AspNetCore", "CognitoM2M.AspNetCore.JwtBearer", "CognitoM2M.AspNetCore.OpenApi", "CognitoM2M.Cli", "CognitoM2M.Emulator", "CognitoM2M.Testing",
    ];

    public static TheoryData<string> Packages => [.. Package.All.Select(package => package.Name)];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_depends_only_on_allowed_packages(string package)
    {
        Assert.Equal(_allowed[package], Package.Find(package).Project.Projects);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Only_provisioning_the_tool_and_the_package_for_AWS_depend_on_the_AWS_SDK(string package)
    {
        var found = Dependencies(package).Where(name => name.StartsWith("AWSSDK", StringComparison.OrdinalIgnoreCase));

        if (!_maySeeAws.Contains(package))
            Assert.Empty(found);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Packages_for_callers_verification_and_provisioning_do_not_depend_on_ASP_NET_Core(string package)
    {
        var found = Dependencies(package).Where(name => name.StartsWith("Microsoft.AspNetCore", StringComparison.OrdinalIgnoreCase));

        if (!_maySeeAspNetCore.Contains(package))
            Assert.Empty(found);
    }

    [Fact]
    public void No_two_packages_have_a_public_type_of_the_same_name()
    {
        var twice = Package.All.SelectMany(PublicTypes)
            .GroupBy(type => type.Type)
            .Where(types => types.Count() > 1)
            .Select(types => $"{types.Key}: {string.Join(" and ", types.Select(type => type.Package))}");

        Assert.Empty(twice);
    }

    /// <summary>Names of the packages and frameworks that users get (project file), and of the assemblies that the code uses (compiled assembly).</summary>
    private static List<string> Dependencies(string package)
    {
        var project = Package.Find(package).Project;
        using var module = Package.Find(package).ReadModule();
        return [.. project.Packages, .. project.Frameworks, .. module.AssemblyReferences.Select(reference => reference.Name)];
    }

    private static List<(string Type, string Package)> PublicTypes(Package package)
    {
        using var module = package.ReadModule();
        return [.. module.Types.Where(type => type.IsPublic).Select(type => (type.Name, package.Name))];
    }
}
