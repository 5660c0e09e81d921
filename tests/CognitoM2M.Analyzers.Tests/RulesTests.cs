using System.Reflection;
using CognitoM2M.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CognitoM2M.Analyzers.Tests;

/// <summary>Each rule has a page, and the pages say what the rules do.</summary>
public sealed class RulesTests
{
    public static TheoryData<string> Ids => [.. FindRules().Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_of_a_rule_names_its_title_and_severity(string id)
    {
        var rule = FindRules().Single(rule => rule.Id == id);

        var page = Checkout.Read($"docs/analyzers/{id}.md");

        Assert.StartsWith($"# {id}: {rule.Title}\n", page, StringComparison.Ordinal);
        Assert.Contains($"| Severity | {rule.DefaultSeverity} |", page, StringComparison.Ordinal);
        Assert.EndsWith($"/docs/analyzers/{id}.md", rule.HelpLinkUri, StringComparison.Ordinal);
        Assert.True(Uri.IsWellFormedUriString(rule.HelpLinkUri, UriKind.Absolute), rule.HelpLinkUri);
    }

    [Fact]
    public void Overview_links_every_page()
    {
        var overview = Checkout.Read("docs/analyzers.md");

        Assert.All(FindRules(), rule => Assert.Contains($"| [{rule.Id}](analyzers/{rule.Id}.md) | {rule.Title} |", overview, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_rule_has_an_analyzer_of_its_own()
    {
        var analyzers = typeof(Rules).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<DiagnosticAnalyzerAttribute>() is not null)
            .SelectMany(type => ((DiagnosticAnalyzer)Activator.CreateInstance(type)!).SupportedDiagnostics);

        Assert.Equal(FindRules().Select(rule => rule.Id), analyzers.Select(rule => rule.Id).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<DiagnosticDescriptor> FindRules() =>
        typeof(Rules).GetFields().Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>().OrderBy(rule => rule.Id, StringComparer.Ordinal);
}
