using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Pools;

/// <summary>
/// Settings as they came over the wire, to be given back as they came: those the emulator does nothing with, and those it has
/// never heard of. Immutable.
/// </summary>
internal sealed class SettingsBag
{
    private readonly JsonElement _members;

    private SettingsBag(JsonElement members) => _members = members;

    public JsonElement Element => _members;

    public static SettingsBag Empty { get; } = new(JsonElement.Parse("{}"));

    /// <summary>All members of an input but those; a member that is null, at any depth, counts as left out.</summary>
    public static SettingsBag From(JsonElement input, IReadOnlySet<string> except)
    {
        var kept = WithoutNulls(input);
        foreach (var name in except)
            kept.Remove(name);
        return Of(kept);
    }

    /// <exception cref="ArgumentException">It is no object.</exception>
    public static SettingsBag Of(JsonElement members) => members.ValueKind == JsonValueKind.Object
        ? new SettingsBag(members)
        : throw new ArgumentException("Settings have to be an object.", nameof(members));

    public static SettingsBag Of(JsonObject members) => new(JsonElement.Parse(CompactJson.Utf8(members).Span));

    public JsonElement? Find(string name, params ReadOnlySpan<string> path)
    {
        if (!_members.TryGetProperty(name, out var value))
            return null;

        foreach (var step in path)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(step, out value))
                return null;
        }

        return value;
    }

    public string? Text(string name) => Find(name)?.GetString();

    public SettingsBag With(string name, JsonNode? value)
    {
        var members = ToJson();
        if (value is null)
            members.Remove(name);
        else
            members[name] = value;
        return Of(members);
    }

    /// <summary>A copy, to be changed at will.</summary>
    public JsonObject ToJson() => JsonObject.Create(_members)!;

    public override string ToString() => $"{_members.EnumerateObject().Count()} settings";

    private static JsonObject WithoutNulls(JsonElement element)
    {
        var kept = new JsonObject();
        foreach (var member in element.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
            kept[member.Name] = member.Value.ValueKind == JsonValueKind.Object ? WithoutNulls(member.Value) : CopyOf(member.Value);
        return kept;
    }

    private static JsonNode? CopyOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => WithoutNulls(element),
        JsonValueKind.Array => new JsonArray([.. element.EnumerateArray().Select(CopyOf)]),
        _ => JsonValue.Create(element),
    };
}
