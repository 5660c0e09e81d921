using Microsoft.CodeAnalysis;

namespace CognitoM2M.Analyzers;

/// <summary>What a project is for, as far as its references show it.</summary>
internal static class ProjectKind
{
    private static readonly string[] _testFrameworks =
    [
        "xunit.core", "xunit.v3.core", "nunit.framework", "Microsoft.VisualStudio.TestPlatform.TestFramework", "MSTest.TestFramework", "TUnit.Core",
    ];

    private static readonly string[] _emulator = ["CognitoM2M.Emulator"];

    /// <summary>Whether the project refers to a test framework. Tests end before a token does, and their secrets open nothing.</summary>
    public static bool IsTest(Compilation compilation) => RefersTo(compilation, _testFrameworks);

    /// <summary>Whether the project refers to the emulator. Its secrets are made up.</summary>
    public static bool UsesEmulator(Compilation compilation) => RefersTo(compilation, _emulator);

    private static bool RefersTo(Compilation compilation, string[] names) =>
        compilation.ReferencedAssemblyNames.Any(assembly => names.Contains(assembly.Name, StringComparer.OrdinalIgnoreCase));
}
