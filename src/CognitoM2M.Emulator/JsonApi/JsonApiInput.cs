using System.Text.Json;

namespace CognitoM2M.Emulator.JsonApi;

/// <summary>The members of an operation's input. A member that is JSON null counts as left out.</summary>
internal sealed class JsonApiInput
{
    private readonly JsonElement _members;

    private JsonApiInput(JsonElement members) => _members = members;

    /// <returns>Null if the body is no JSON object.</returns>
    public static JsonApiInput? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            var root = JsonElement.ParseValue(ref reader);
            return root.ValueKind == JsonValueKind.Object && !reader.Read() ? new JsonApiInput(root) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public string? Text(string name) => Member(name, JsonValueKind.String)?.GetString();

    public IReadOnlyList<string> TextList(string name) =>
        Member(name, JsonValueKind.Array) is { } list ? [.. list.EnumerateArray().Select(item => TextOf(name, item))] : [];

    public IReadOnlyDictionary<string, string> TextMap(string name)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in Member(name, JsonValueKind.Object)?.EnumerateObject() ?? default)
            map[entry.Name] = TextOf(name, entry.Value);
        return map;
    }

    private JsonElement? Member(string name, JsonValueKind kind)
    {
        if (!_members.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == kind ? value : throw WrongType(name, value.ValueKind, kind);
    }

    private static string TextOf(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw WrongType(name, value.ValueKind, JsonValueKind.String);

    private static JsonApiException WrongType(string name, JsonValueKind actual, JsonValueKind expected) =>
        JsonApiException.Serialization($"{name}: {actual} can not be converted to {expected}.");
}
