using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Pools;

/// <summary>
/// Settings as they arrived in a request. Descriptions return them unchanged, also those that the emulator does not use or does not know.
/// Immutable.
/// </summary>
internal sealed class WireSettings
{
    private readonly JsonElement _members;

    private WireSettings(JsonElement members) => _members = members;

    public JsonElement Element => _members;

    public static WireSettings Empty { get; } = new(JsonElement.Parse("{}"));

    /// <summary>Reads the members of an input, except the members named. A member that is null, at any depth, counts as left out.</summary>
    public static WireSettings Read(JsonElement input, IReadOnlySet<string> except)
    {
        var kept = WithoutNulls(input);
        foreach (var name in except)
            kept.Remove(name);
        return Create(kept);
    }

    /// <exception cref="ArgumentException">The value is not a JSON object.</exception>
    public static WireSettings Create(JsonElement members) => members.ValueKind == JsonValueKind.Object
        ? new WireSettings(members)
        : throw new ArgumentException("The settings must be a JSON object.", nameof(members));

    public static WireSettings Create(JsonObject members) => new(JsonElement.Parse(CompactJson.WriteUtf8(members).Span));

    /// <summary>Finds a member, or a member within that member.</summary>
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

    public string? GetText(string name) => Find(name)?.GetString();

    /// <summary>A copy with one member changed. Null removes the member.</summary>
    public WireSettings With(string name, JsonNode? value)
    {
        var members = ToJson();
        if (value is null)
            members.Remove(name);
        else
            members[name] = value;
        return Create(members);
    }

    /// <summary>A copy that the caller may change.</summary>
    public JsonObject ToJson() => JsonObject.Create(_members)!;

    public override string ToString() => $"{_members.EnumerateObject().Count()} settings";

    private static JsonObject WithoutNulls(JsonElement element)
    {
        var kept = new JsonObject();
        foreach (var member in element.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
            kept[member.Name] = member.Value.ValueKind == JsonValueKind.Object ? WithoutNulls(member.Value) : Copy(member.Value);
        return kept;
    }

    private static JsonNode? Copy(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => WithoutNulls(element),
        JsonValueKind.Array => new JsonArray([.. element.EnumerateArray().Select(Copy)]),
        _ => JsonValue.Create(element),
    };
}
