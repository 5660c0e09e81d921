using CognitoM2M.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CognitoM2M.Docs.Tests.Snippets;

/// <summary>
/// Compiles one block of C# against the packages. A block may be a whole file, statements, members of a class, types, or a mixture. The files in
/// Contexts declare the names that blocks use without declaring them: Common.cs for all pages, and one file for a page that needs more.
/// </summary>
internal static class SnippetCompiler
{
    private static readonly CSharpParseOptions _options = new(LanguageVersion.CSharp14);

    private static readonly IReadOnlyList<MetadataReference> _references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Compiles a block and returns the errors.</summary>
    /// <param name="page">The path of the page, which chooses the context.</param>
    /// <param name="code">The block.</param>
    /// <param name="others">Blocks that declare types which this block uses.</param>
    public static IReadOnlyList<string> FindErrors(string page, string code, params IEnumerable<string> others)
    {
        var unit = Parse(code);
        // Whole files name the namespaces they need. Only the usings that the SDK adds are there.
        var usings = unit.Usings.Count > 0 ? "Sdk.cs" : "Packages.cs";
        string?[] files = ["Sdk.cs", usings, "Common.cs", FindContext(page)];
        var trees = files.OfType<string>().Distinct(StringComparer.Ordinal).Select(ParseContext)
            .Concat(others.Select(other => CSharpSyntaxTree.ParseText(other, _options, path: "other block")))
            .Append(CSharpSyntaxTree.ParseText(Arrange(unit), _options, path: "snippet"));

        return
        [
            .. CSharpCompilation.Create("Snippet", trees, _references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable))
                .GetDiagnostics()
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Select(diagnostic => $"{diagnostic.Location.SourceTree?.FilePath}({diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1}): {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}"),
        ];
    }

    /// <summary>Whether a block declares types and does nothing else.</summary>
    public static bool DeclaresTypes(string code) => Parse(code).Members is { Count: > 0 } members && members.All(IsType);

    private static CompilationUnitSyntax Parse(string code) => (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(code, _options).GetRoot();

    /// <summary>Arranges usings, statements, members and types as a file that the compiler takes.</summary>
    private static string Arrange(CompilationUnitSyntax unit)
    {
        var types = unit.Members.Where(IsType).ToList();
        var statements = unit.Members.Where(IsStatement).ToList();
        var members = unit.Members.Except(types).Except(statements).ToList();
        if (statements.Count == 0 && members.Count == 0)
            return unit.ToFullString();

        return $$"""
            {{string.Join("", unit.Usings.Select(name => name.ToFullString()))}}
            internal sealed class Snippet
            {
            {{string.Join("", members.Select(member => member.ToFullString()))}}
                private async Task<object?> RunAsync(string[] args)
                {
            {{string.Join("", statements.Select(statement => statement.ToFullString()))}}
                    return null;
                }
            }
            {{string.Join("", types.Select(type => type.ToFullString()))}}
            """;
    }

    private static bool IsType(MemberDeclarationSyntax member) => member is BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax or DelegateDeclarationSyntax;

    // The compiler takes a method outside of a class for a local function. Members of a class have an access modifier.
    private static bool IsStatement(MemberDeclarationSyntax member) =>
        member is GlobalStatementSyntax statement && !(statement.Statement is LocalFunctionStatementSyntax function && function.Modifiers.Any(IsAccess));

    private static bool IsAccess(SyntaxToken modifier) =>
        modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword or SyntaxKind.PrivateKeyword;

    private static string? FindContext(string page)
    {
        var name = Path.ChangeExtension(page, ".cs").Replace('/', '.');
        return File.Exists(GetContextPath(name)) ? name : null;
    }

    private static string GetContextPath(string name) => Path.Combine(Checkout.Root(), "tests/CognitoM2M.Docs.Tests/Contexts", name);

    private static SyntaxTree ParseContext(string name) => CSharpSyntaxTree.ParseText(File.ReadAllText(GetContextPath(name)), _options, path: name);
}
