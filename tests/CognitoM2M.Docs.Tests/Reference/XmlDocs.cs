using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CognitoM2M.Docs.Tests.Reference;

/// <summary>Reads the XML docs that the compiler wrote beside the packages, as Markdown for a cell of a table.</summary>
internal static partial class XmlDocs
{
    private static readonly Dictionary<string, XElement> _members = Directory.EnumerateFiles(AppContext.BaseDirectory, "*.xml")
        .Where(file => Path.GetFileName(file).StartsWith("CognitoM2M", StringComparison.Ordinal) || Path.GetFileName(file) == "cognito-m2m.xml")
        .SelectMany(file => XDocument.Load(file).Descendants("member"))
        .GroupBy(member => (string)member.Attribute("name")!, StringComparer.Ordinal)
        .ToDictionary(members => members.Key, members => members.First(), StringComparer.Ordinal);

    /// <summary>Reads a tag of a field, such as a constant or the value of an enumeration; empty if the field lacks it.</summary>
    public static string ReadField(Type type, string name, string tag = "summary") => Read($"F:{type.FullName}.{name}", tag);

    /// <summary>Reads the summary of a method; empty if it has none. Overloads must differ in the number of their parameters.</summary>
    public static string ReadMethod(MethodInfo method)
    {
        var id = $"M:{method.DeclaringType!.FullName}.{method.Name}(";
        var found = _members.Keys.FirstOrDefault(key => key.StartsWith(id, StringComparison.Ordinal) && key.Split(',').Length == method.GetParameters().Length);
        return found is null ? "" : Read(found, "summary");
    }

    private static string Read(string id, string tag) =>
        _members.TryGetValue(id, out var member) && member.Element(tag) is { } element ? WriteMarkdown(element) : "";

    private static string WriteMarkdown(XElement element)
    {
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            text.Append(node switch
            {
                XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                XElement { Name.LocalName: "see" or "seealso" or "paramref" } reference => $"`{Name(reference)}`",
                XElement other => WriteMarkdown(other),
                XText words => words.Value,
                _ => "",
            });
        }

        return Spaces().Replace(text.ToString(), " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    // The last two parts of the name of a member, and the last part of the name of a type.
    private static string Name(XElement reference)
    {
        if ((reference.Attribute("langword") ?? reference.Attribute("name")) is { } word)
            return word.Value;
        var id = reference.Attribute("cref")!.Value.Split('(')[0];
        return string.Join('.', id[2..].Split('.').TakeLast(id[0] == 'T' ? 1 : 2));
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Spaces();
}
