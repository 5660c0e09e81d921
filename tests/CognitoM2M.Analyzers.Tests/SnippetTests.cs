using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CognitoM2M.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CognitoM2M.Analyzers.Tests;

/// <summary>Code that the documentation recommends causes no warning. The pages of the rules show both: what a rule reports, and how to write it.</summary>
public sealed partial class SnippetTests
{
    /// <summary>What a new web project imports, and names that the snippets use without declaring them.</summary>
    private const string Beginning = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Net.Http.Headers;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using CognitoM2M;
        global using CognitoM2M.Aws;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using static Names;

        static class Names
        {
            public static readonly WebApplicationBuilder builder = WebApplication.CreateBuilder();
            public static readonly IServiceCollection services = builder.Services;
            public static readonly IConfiguration configuration = builder.Configuration;
            public static readonly ICognitoTokenProvider tokens = null!;
            public static readonly IHttpClientFactory httpClients = null!;
        }
        """;

    private static readonly ImmutableArray<DiagnosticAnalyzer> _analyzers =
    [
        new SecretInCodeAnalyzer(), new KeptTokenAnalyzer(), new OpenDestinationAnalyzer(), new SecondTokenAnalyzer(),
    ];

    /// <summary>Pages about tests: their code stands in test projects.</summary>
    private static readonly string[] _aboutTests = ["docs/emulator.md", "docs/testing.md", "docs/ci-users.md"];

    public static TheoryData<string> Pages =>
    [
        "README.md",
        .. Directory.GetFiles(Path.Combine(Checkout.Root(), "docs"), "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Checkout.Root(), path).Replace('\\', '/'))
            // These pages show code that should be replaced.
            .Where(path => !path.StartsWith("docs/analyzers/", StringComparison.Ordinal) && !path.StartsWith("docs/moving/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Snippets_of_a_page_cause_no_warning(string page)
    {
        foreach (var snippet in FindSnippets(page))
            Assert.Empty(await AnalyzeAsync(snippet, isTest: _aboutTests.Contains(page, StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("CM2M0001")]
    [InlineData("CM2M0002")]
    [InlineData("CM2M0003")]
    [InlineData("CM2M0004")]
    public async Task First_snippet_of_the_page_of_a_rule_causes_its_warning_and_the_others_cause_none(string id)
    {
        var snippets = FindSnippets($"docs/analyzers/{id}.md");

        Assert.True(snippets.Count > 1, "The page shows what is wrong, and then what is right.");
        Assert.Contains(await AnalyzeAsync(snippets[0], isTest: false), diagnostic => diagnostic.Id == id);
        foreach (var snippet in snippets.Skip(1))
            Assert.Empty(await AnalyzeAsync(snippet, isTest: false));
    }

    private static List<string> FindSnippets(string page) => [.. Snippet().Matches(Checkout.Read(page)).Select(match => match.Groups["code"].Value)];

    // Snippets may use what other code of a service declares. The analyzers see the rest.
    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(string snippet, bool isTest)
    {
        var compilation = CSharpCompilation.Create(
            "Snippet",
            [CSharpSyntaxTree.ParseText(Beginning), CSharpSyntaxTree.ParseText(snippet)],
            References.Find(isTest ? ["xunit.core", "xunit.assert", "CognitoM2M.Emulator"] : []),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        return await compilation.WithAnalyzers(_analyzers).GetAnalyzerDiagnosticsAsync(CancellationToken.None);
    }

    [GeneratedRegex(@"^(?<indent> *)```csharp\n(?<code>.*?)^\k<indent>```", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Snippet();
}
