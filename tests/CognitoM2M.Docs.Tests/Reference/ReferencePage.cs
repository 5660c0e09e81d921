using System.Text;

namespace CognitoM2M.Docs.Tests.Reference;

/// <summary>Writes a page of docs/reference: a heading, and sections with tables.</summary>
internal sealed class ReferencePage
{
    private readonly StringBuilder _text = new();

    /// <param name="title">The heading.</param>
    /// <param name="start">What the page is about.</param>
    public ReferencePage(string title, string start) =>
        _text.Append($"# {title}\n\n<!-- Made from the code. To make this page again: bash .ci/reference -->\n\n{start}\n");

    public ReferencePage Section(string heading, string? text = null)
    {
        _text.Append($"\n## {heading}\n");
        return text is null ? this : Text(text);
    }

    public ReferencePage Text(string text)
    {
        _text.Append($"\n{text}\n");
        return this;
    }

    /// <summary>Adds a table. A column whose cells are all empty is left out.</summary>
    public ReferencePage Table(string[] columns, IEnumerable<string[]> rows)
    {
        var all = rows.ToList();
        var shown = Enumerable.Range(0, columns.Length).Where(i => all.Exists(row => row[i].Length > 0)).ToList();
        _text.Append('\n').Append(Row(columns)).Append(Row([.. columns.Select(_ => "---")]));
        foreach (var row in all)
            _text.Append(Row(row));
        return this;

        string Row(string[] cells) => $"| {string.Join(" | ", shown.Select(i => cells[i]))} |\n".Replace("|  |", "| |", StringComparison.Ordinal);
    }

    public override string ToString() => _text.ToString();
}
