using System.Text.RegularExpressions;
using CognitoM2M.Testing;

namespace CognitoM2M.Docs.Tests;

/// <summary>One page of the documentation, with its blocks of code.</summary>
/// <param name="Path">From the root of the repository, with forward slashes.</param>
/// <param name="Text">The whole page.</param>
internal sealed partial record MarkdownPage(string Path, string Text)
{
    /// <summary>The pages for users: README.md, docs/ and the README of each package.</summary>
    public static IReadOnlyList<MarkdownPage> All { get; } = [.. ListPaths().Order(StringComparer.Ordinal).Select(path => new MarkdownPage(path, Checkout.Read(path)))];

    /// <summary>The blocks of a language, without the indentation of a list item around them.</summary>
    public IEnumerable<CodeBlock> FindBlocks(string language)
    {
        foreach (Match fence in Fence().Matches(Text))
        {
            if (fence.Groups["language"].Value != language)
                continue;
            var indentation = fence.Groups["indentation"].Value;
            var code = fence.Groups["code"].Value.Split('\n').Select(line => line.StartsWith(indentation, StringComparison.Ordinal) ? line[indentation.Length..] : line);
            var mark = NotCompiled().Match(Text[..fence.Index]);
            yield return new CodeBlock(
                this, Text.AsSpan(0, fence.Index).Count('\n') + 1, string.Join('\n', code), mark.Success ? mark.Groups["reason"].Value : null);
        }
    }

    public override string ToString() => Path;

    private static IEnumerable<string> ListPaths()
    {
        var root = Checkout.Root();
        var packages = Directory.EnumerateDirectories(System.IO.Path.Combine(root, "src")).Select(folder => System.IO.Path.Combine(folder, "README.md")).Where(File.Exists);
        return Directory.EnumerateFiles(System.IO.Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(packages)
            .Append(System.IO.Path.Combine(root, "README.md"))
            .Select(path => System.IO.Path.GetRelativePath(root, path).Replace('\\', '/'));
    }

    [GeneratedRegex(@"^(?<indentation> *)```(?<language>\w*)\n(?<code>.*?)^\k<indentation>```", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Fence();

    [GeneratedRegex(@"<!-- not compiled: (?<reason>[^>]+?) -->\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex NotCompiled();
}

/// <summary>A block of code on a page.</summary>
/// <param name="Page">The page.</param>
/// <param name="Line">The line at which the block begins.</param>
/// <param name="Code">The code.</param>
/// <param name="NotCompiledBecause">Why the block is not checked, from the comment <c>not compiled: ...</c> before it; null if it is checked.</param>
internal sealed record CodeBlock(MarkdownPage Page, int Line, string Code, string? NotCompiledBecause)
{
    public override string ToString() => $"{Page.Path}:{Line}";
}
