using System.Text.RegularExpressions;
using CognitoM2M.Testing;

namespace CognitoM2M.Docs.Tests;

/// <summary>The tables of docs/configuration.md.</summary>
internal static partial class ConfigurationPage
{
    private static readonly string _page = Checkout.Read("docs/configuration.md");

    /// <summary>The settings that a section may have, in the order of the page.</summary>
    public static IReadOnlyList<DocumentedSetting> ReadSettings(string section) =>
    [
        .. SettingRow().Matches(FindChapter(section)).Select(row => new DocumentedSetting(
            row.Groups["key"].Value,
            row.Groups["type"].Value,
            row.Groups["default"].Value.Trim('`'),
            row.Groups["name"].Value.Replace("__", ":", StringComparison.Ordinal),
            row.Groups["value"].Value)),
    ];

    /// <summary>The properties that the page names as settable in code alone, with their defaults.</summary>
    public static IReadOnlyDictionary<string, string> ReadPropertiesInCode(string section) =>
        PropertyRow().Matches(FindChapter(section)).ToDictionary(row => row.Groups["key"].Value, row => row.Groups["default"].Value.Trim('`'), StringComparer.Ordinal);

    public static string FindFirstJson()
    {
        var start = _page.IndexOf("```json\n", StringComparison.Ordinal) + "```json\n".Length;
        return _page[start.._page.IndexOf("```", start, StringComparison.Ordinal)];
    }

    /// <summary>The names of the settings that the environment variables of a text set.</summary>
    public static IEnumerable<string> FindEnvironmentVariables(string text) => EnvironmentVariable().Matches(text).Select(variable => variable.Groups["key"].Value);

    private static string FindChapter(string section)
    {
        var start = _page.IndexOf($"\n## `{section}`\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/configuration.md has no chapter '{section}'.");
        return _page[start.._page.IndexOf("\n## ", start + 1, StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"^\| `(?<key>\w+)` \| (?<type>[^|]+) \| (?<default>[^|]+) \| [^|]+ \| `(?<name>\w+)=(?<value>[^|`]+)` \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex SettingRow();

    [GeneratedRegex(@"\b(CognitoM2M__Clients__[A-Za-z]+|CognitoM2M__UserSessions|Authentication__Schemes__(CognitoM2M|Bearer))__(?<key>[A-Za-z]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex EnvironmentVariable();

    [GeneratedRegex(@"^\| `(?<key>[\w.]+)` \| (?<default>[^|]+) \| [^|]+ \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex PropertyRow();
}

/// <summary>A row of a table of settings.</summary>
/// <param name="Key">The name in a configuration section.</param>
/// <param name="Type">The type in words.</param>
/// <param name="Default">The default, without quotation marks of code.</param>
/// <param name="Path">The path of the example in a configuration.</param>
/// <param name="Example">The value of the example.</param>
internal sealed record DocumentedSetting(string Key, string Type, string Default, string Path, string Example);
