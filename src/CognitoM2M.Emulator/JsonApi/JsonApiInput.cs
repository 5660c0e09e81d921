using System.Text.Json;

namespace CognitoM2M.Emulator.JsonApi;

/// <summary>The members of an operation's input. A member that is JSON null counts as left out.</summary>
internal sealed class JsonApiInput
{
    private static readonly JsonDocumentOptions _strict = new() { AllowDuplicateProperties = false };

    private JsonApiInput(JsonElement members) => Members = members;

    public JsonElement Members { get; }

    /// <returns>Null if the body is no JSON object, names a member twice, or has text that is not Unicode.</returns>
    public static JsonApiInput? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var root = JsonElement.Parse(body, _strict);
            if (root.ValueKind != JsonValueKind.Object)
                return null;
            ReadAllText(root);
            return new JsonApiInput(root);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate, or bytes that are not UTF-8: found only when the text is asked for.
            return null;
        }
    }

    public bool Has(string name) => Element(name) is not null;

    public JsonElement? Element(string name) =>
        Members.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public string? Text(string name) => Element(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>The text of a member that the operation's shape requires.</summary>
    public string RequiredText(string name) => Text(name) ?? throw new InvalidOperationException($"{name} has not been checked.");

    public int? Number(string name) => Element(name)?.GetInt32();

    public bool? Flag(string name) => Element(name)?.GetBoolean();

    public IReadOnlyList<string> TextList(string name) =>
        Element(name) is { } list ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [];

    public IReadOnlyDictionary<string, string> TextMap(string name)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in Element(name)?.EnumerateObject() ?? default)
            map[entry.Name] = entry.Value.GetString()!;
        return map;
    }

    public JsonApiInput? Structure(string name) => Element(name) is { } structure ? new JsonApiInput(structure) : null;

    private static void ReadAllText(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            _ = element.GetString();
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                ReadAllText(item);
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                _ = member.Name;
                ReadAllText(member.Value);
            }
        }
    }
}
