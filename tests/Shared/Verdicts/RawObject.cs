using System.Text.Json;

namespace CognitoM2M.Testing.Verdicts;

/// <summary>A JSON object whose text the test controls: values are raw JSON, and a name can occur twice.</summary>
internal sealed class RawObject
{
    private readonly (string Name, string Value)[] _members;

    public RawObject(params (string Name, string Value)[] members) => _members = members;

    /// <summary>Sets a member to raw JSON. A member that exists keeps its place.</summary>
    public RawObject With(string name, string rawValue) =>
        _members.Any(member => member.Name == name)
            ? new RawObject([.. _members.Select(member => member.Name == name ? (name, rawValue) : member)])
            : Append(name, rawValue);

    public RawObject WithText(string name, string value) => With(name, JsonSerializer.Serialize(value));

    public RawObject WithNumber(string name, long value) => With(name, $"{value}");

    public bool Has(string name) => _members.Any(member => member.Name == name);

    public RawObject Without(string name) => new([.. _members.Where(member => member.Name != name)]);

    /// <summary>Adds a member at the end, even if a member of that name exists.</summary>
    public RawObject Append(string name, string rawValue) => new([.. _members, (name, rawValue)]);

    /// <summary>Adds a member at the start, even if a member of that name exists.</summary>
    public RawObject Prepend(string name, string rawValue) => new([(name, rawValue), .. _members]);

    public override string ToString() => $"{{{string.Join(',', _members.Select(member => $"\"{member.Name}\":{member.Value}"))}}}";
}
