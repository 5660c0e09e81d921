using System.Text.Json;

namespace CognitoM2M.Verification.Tests.Support;

/// <summary>A JSON object of which every character is the test's own: values are raw, names may be written twice.</summary>
internal sealed class RawObject
{
    private readonly (string Name, string Value)[] _members;

    public RawObject(params (string Name, string Value)[] members) => _members = members;

    /// <summary>Sets a member to raw JSON, in its place if it is there.</summary>
    public RawObject With(string name, string rawValue) =>
        _members.Any(member => member.Name == name)
            ? new RawObject([.. _members.Select(member => member.Name == name ? (name, rawValue) : member)])
            : And(name, rawValue);

    public RawObject WithText(string name, string value) => With(name, JsonSerializer.Serialize(value));

    public RawObject WithNumber(string name, long value) => With(name, $"{value}");

    public RawObject Without(string name) => new([.. _members.Where(member => member.Name != name)]);

    /// <summary>Adds a member at the end, whether or not there is one of that name.</summary>
    public RawObject And(string name, string rawValue) => new([.. _members, (name, rawValue)]);

    /// <summary>Adds a member at the begin.</summary>
    public RawObject After(string name, string rawValue) => new([(name, rawValue), .. _members]);

    public override string ToString() => $"{{{string.Join(',', _members.Select(member => $"\"{member.Name}\":{member.Value}"))}}}";
}
