using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace CognitoM2M.Analyzers.Tests;

/// <summary>The assemblies that code in the tests is compiled against.</summary>
internal static class References
{
    private static readonly string[] _notOfServices = ["xunit", "CognitoM2M.Emulator", "CognitoM2M.Analyzers", "Microsoft.CodeAnalysis", "Microsoft.VisualStudio", "testhost"];

    /// <summary>The assemblies of the running tests. Each is read once.</summary>
    private static readonly Dictionary<string, MetadataReference> _all = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .DistinctBy(Path.GetFileNameWithoutExtension, StringComparer.Ordinal)
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path), path => (MetadataReference)MetadataReference.CreateFromFile(path), StringComparer.Ordinal);

    /// <summary>The tests download no packages.</summary>
    public static ReferenceAssemblies NoPackages { get; } = new("net10.0");

    /// <summary>The assemblies of .NET, ASP.NET Core and CognitoM2M.</summary>
    /// <param name="further">The names of further assemblies.</param>
    public static IEnumerable<MetadataReference> Find(params string[] further) =>
        from reference in _all
        where further.Contains(reference.Key, StringComparer.Ordinal) || !Array.Exists(_notOfServices, start => reference.Key.StartsWith(start, StringComparison.Ordinal))
        select reference.Value;
}
