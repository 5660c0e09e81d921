using System.Text.Json;
using CognitoM2M.Shared;

namespace CognitoM2M.Emulator.JsonApi;

/// <summary>The members of an operation's input. A member that is JSON null counts as left out.</summary>
internal sealed class JsonApiInput
{
    private JsonApiInput(JsonElement members) => Members = members;

    public JsonElement Members { get; }

    /// <summary>The region that the caller has signed the request for; null if the request is not signed. Each region has its own user pools.</summary>
    public string? Region { get; private init; }

    /// <returns>Null if the body is not a JSON object, names a member twice, or holds text that is not valid Unicode.</returns>
    public static JsonApiInput? Parse(ReadOnlySpan<byte> body) =>
        StrictJson.TryParseObject(body, out var members) is null ? new JsonApiInput(members) : null;

    /// <summary>The same members, as a request for a region.</summary>
    public JsonApiInput ForRegion(string? region) => new(Members) { Region = region };

    public bool Has(string name) => GetElement(name) is not null;

    public JsonElement? GetElement(string name) =>
        Members.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>The text of a member; null if the member is left out or is not a text.</summary>
    public string? GetText(string name) => GetElement(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>The text of a member that the operation's shape requires.</summary>
    public string GetRequiredText(string name) =>
        GetText(name) ?? throw new InvalidOperationException($"The shape of the operation does not require the text {name}.");

    public int? GetNumber(string name) => GetElement(name)?.GetInt32();

    public bool? GetFlag(string name) => GetElement(name)?.GetBoolean();

    /// <summary>The texts of a list; empty if the member is left out.</summary>
    public IReadOnlyList<string> GetTextList(string name) =>
        GetElement(name) is { } list ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [];

    /// <summary>The texts of a map; empty if the member is left out.</summary>
    public IReadOnlyDictionary<string, string> GetTextMap(string name)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in GetElement(name)?.EnumerateObject() ?? default)
            map[entry.Name] = entry.Value.GetString()!;
        return map;
    }

    public JsonApiInput? GetStructure(string name) => GetElement(name) is { } structure ? new JsonApiInput(structure) : null;
}
