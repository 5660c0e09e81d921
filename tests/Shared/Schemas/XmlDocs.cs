using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CognitoM2M.Testing.Schemas;

/// <summary>The XML docs of assemblies, as plain text.</summary>
internal sealed class XmlDocs
{
    private readonly Dictionary<string, XElement> _members;

    /// <summary>Reads the XML files that stand beside the assemblies.</summary>
    public XmlDocs(params IEnumerable<Assembly> assemblies) =>
        _members = assemblies
            .SelectMany(assembly => XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member"))
            // Several assemblies may have the docs of one shared source.
            .DistinctBy(member => member.Attribute("name")!.Value)
            .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    /// <summary>The summary of a type.</summary>
    public string Describe(Type type) => ToText(Find($"T:{type.FullName}", "summary")!);

    /// <summary>The summary of a property, and what it says about its value.</summary>
    public string Describe(PropertyInfo property)
    {
        var id = $"P:{property.DeclaringType!.FullName}.{property.Name}";
        return string.Join(' ', new[] { Find(id, "summary"), Find(id, "value") }.OfType<XElement>().Select(ToText));
    }

    /// <summary>One part of the docs of a member: its own, or the part of the member from which it inherits.</summary>
    private XElement? Find(string id, string part)
    {
        if (!_members.TryGetValue(id, out var member))
            return null;

        return member.Element(part) ?? member.Elements("inheritdoc")
            .Where(from => from.Attribute("path") is not { } path || path.Value == $"/{part}")
            .Select(from => Find(from.Attribute("cref")!.Value, part))
            .FirstOrDefault(found => found is not null);
    }

    private static string ToText(XElement docs)
    {
        var words = docs.DescendantNodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "see" } see => see.Attribute("langword")?.Value ?? see.Attribute("cref")?.Value.Split('(')[0].Split('.', ':')[^1],
            _ => "",
        });
        return Regex.Replace(string.Concat(words), @"\s+", " ", RegexOptions.None, TimeSpan.FromSeconds(5)).Trim();
    }
}
