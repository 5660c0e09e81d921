using System.Reflection;
using System.Text.RegularExpressions;
using CognitoM2M.Docs.Tests.Reference;
using CognitoM2M.Testing;

namespace CognitoM2M.Docs.Tests;

/// <summary>The page for coding assistants names only what exists: assistants believe it.</summary>
public sealed partial class AssistantPageTests
{
    /// <summary>Names of .NET, of Cognito and of packages.</summary>
    private static readonly string[] _others =
        ["AddJwtBearer", "Audience", "Authorization", "CognitoM2M", "FakeTimeProvider", "HttpClient", "HttpRequestException", "IHttpClientFactory"];

    [Fact]
    public void Every_name_on_the_page_exists_in_the_packages()
    {
        var known = Packages.All
            .SelectMany(package => package.GetExportedTypes())
            .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(member => member.Name).Append(type.Name.Split('`')[0]))
            .Concat(_others)
            .ToHashSet(StringComparer.Ordinal);

        var names = Name().Matches(Checkout.Read("docs/for-coding-assistants.md")).Select(match => match.Groups["name"].Value).Where(name => !name.Contains("__", StringComparison.Ordinal)).ToList();

        Assert.True(names.Count > 30, $"Only {names.Count} names were found.");
        Assert.Empty(names.Except(known, StringComparer.Ordinal));
    }

    /// <summary>A name in code: alone, or behind a dot and before parentheses. Names with two underscores are environment variables.</summary>
    [GeneratedRegex(@"`(\w+\.)?(?<name>[A-Z]\w+)(\([^`)]*\))?`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Name();
}
