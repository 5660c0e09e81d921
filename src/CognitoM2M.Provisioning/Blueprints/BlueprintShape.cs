using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Blueprints;

/// <summary>
/// Compares JSON text with the members of the blueprint records, and collects every mistake. What has no mistake is copied, so that the
/// rules can be checked on the copy.
/// </summary>
internal sealed class BlueprintShape
{
    private const int MostSuggestions = 50;

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    public BlueprintShape(JsonPart root) => Copy = CopyValue("$", root, GetInfo(typeof(Blueprint)), converter: null);

    /// <summary>The text without the values that have a mistake; null if nothing is left.</summary>
    public JsonNode? Copy { get; }

    public List<PlacedMistake> Mistakes { get; } = [];

    /// <summary>The place of a value; the place of the nearest value around it if the text does not name it.</summary>
    public int FindPlace(string path) => _places[ListFromInnermost(path).FirstOrDefault(_places.ContainsKey, "$")];

    /// <summary>The path of a value and of every value around it.</summary>
    public static IEnumerable<string> ListFromInnermost(string path)
    {
        for (; path.Length > 0; path = path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))])
            yield return path;
    }

    private static JsonTypeInfo GetInfo(Type type) => BlueprintJson.Default.Options.GetTypeInfo(type);

    private static string Join(string path, string name) => path == "$" ? name : $"{path}.{name}";

    /// <summary>Copies a value without its mistakes; null if nothing is left.</summary>
    private JsonNode? CopyValue(string path, JsonPart part, JsonTypeInfo type, JsonConverter? converter)
    {
        _places[path] = part.Start;
        return type.Kind switch
        {
            JsonTypeInfoKind.Object when part.Kind == JsonTokenType.StartObject => CopyObject(path, part, type),
            JsonTypeInfoKind.Dictionary when part.Kind == JsonTokenType.StartObject => CopyDictionary(path, part, GetInfo(type.ElementType!)),
            JsonTypeInfoKind.Enumerable when part.Kind == JsonTokenType.StartArray => CopyList(path, part, GetInfo(type.ElementType!)),
            JsonTypeInfoKind.None when type.Type == typeof(JsonNode) => CopyAny(path, part),
            JsonTypeInfoKind.None => FindScalarError(part, type, converter) is { } error ? Refuse(part.Start, path, error) : JsonNode.Parse(part.Text.Span),
            JsonTypeInfoKind.Enumerable => Refuse(part.Start, path, "must be a list in [ ]"),
            _ => Refuse(part.Start, path, "must be an object"),
        };
    }

    /// <summary>Copies a value that may be anything, such as the value of a claim. Inside the value null is allowed.</summary>
    private JsonNode? CopyAny(string path, JsonPart part)
    {
        _places[path] = part.Start;
        switch (part.Kind)
        {
            case JsonTokenType.StartObject:
                var copy = new JsonObject();
                foreach (var member in part.Members)
                {
                    if (!copy.TryAdd(member.Name, CopyAny(Join(path, member.Name), member.Value)))
                        Refuse(member.Start, Join(path, member.Name), "the property appears twice");
                }

                return copy;
            case JsonTokenType.StartArray:
                return new JsonArray([.. part.Items.Select((item, i) => CopyAny($"{path}[{i}]", item))]);
            case JsonTokenType.String when part.FindString() is null:
                return Refuse(part.Start, path, "is not valid Unicode");
            default:
                return JsonNode.Parse(part.Text.Span);
        }
    }

    private JsonObject CopyObject(string path, JsonPart part, JsonTypeInfo type)
    {
        var copy = new JsonObject();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in part.Members)
        {
            var place = Join(path, member.Name);
            if (type.Properties.FirstOrDefault(property => property.Name == member.Name) is not { } property)
                Refuse(member.Start, place, DescribeUnknown(member.Name, type.Properties.Select(known => known.Name)));
            else if (!seen.Add(member.Name))
                Refuse(member.Start, place, "the property appears twice");
            else if (member.Value.Kind != JsonTokenType.Null || !property.IsSetNullable)
                AddMember(copy, place, member, GetInfo(property.PropertyType), property.CustomConverter);
        }

        foreach (var property in type.Properties.Where(property => property.IsRequired && !seen.Contains(property.Name)))
            Refuse(part.Start, Join(path, property.Name), "is missing");
        return copy;
    }

    private JsonObject CopyDictionary(string path, JsonPart part, JsonTypeInfo type)
    {
        var copy = new JsonObject();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in part.Members)
        {
            if (seen.Add(member.Name))
                AddMember(copy, Join(path, member.Name), member, type, converter: null);
            else
                Refuse(member.Start, Join(path, member.Name), "the property appears twice");
        }

        return copy;
    }

    private JsonArray CopyList(string path, JsonPart part, JsonTypeInfo type)
    {
        // A null takes the place of an item with a mistake, so that the items after it keep their index.
        var copy = new JsonArray();
        for (var i = 0; i < part.Items.Count; i++)
            copy.Add(CopyPresent($"{path}[{i}]", part.Items[i], type, converter: null));
        return copy;
    }

    private void AddMember(JsonObject copy, string path, JsonMember member, JsonTypeInfo type, JsonConverter? converter)
    {
        if (CopyPresent(path, member.Value, type, converter) is { } value)
            copy.Add(member.Name, value);
    }

    private JsonNode? CopyPresent(string path, JsonPart part, JsonTypeInfo type, JsonConverter? converter) =>
        part.Kind == JsonTokenType.Null ? Refuse(part.Start, path, "must not be null") : CopyValue(path, part, type, converter);

    private JsonNode? Refuse(int place, string path, string message)
    {
        Mistakes.Add(new(place, path, message));
        return null;
    }

    // A text with many unknown properties is no blueprint with spelling mistakes.
    private string DescribeUnknown(string name, IEnumerable<string> known) =>
        Mistakes.Count < MostSuggestions && ClosestWord.Find(name, known) is { } meant
            ? $"unknown property '{name}'; did you mean '{meant}'?"
            : $"unknown property '{name}'";

    /// <summary>What is wrong with a text, a number, a word such as true, or something else that should be one of them; null if nothing is.</summary>
    private static string? FindScalarError(JsonPart part, JsonTypeInfo type, JsonConverter? converter)
    {
        if (part.Text.IsEmpty)
            return DescribeWrongType(part.Kind, type.Type);

        if (part.IsReplaced && IsNumberOrFlag(type.Type) && part.FindString() is { } text)
            part.Text = Encoding.UTF8.GetBytes(text);

        try
        {
            if (converter is JsonConverter<TimeSpan?> lifetime)
            {
                var reader = new Utf8JsonReader(part.Text.Span);
                reader.Read();
                lifetime.Read(ref reader, type.Type, type.Options);
            }
            else
            {
                JsonSerializer.Deserialize(part.Text.Span, type);
            }

            return null;
        }
        catch (InvalidOperationException)
        {
            return "is not valid Unicode";
        }
        catch (JsonException) when (IsNumberOrFlag(type.Type))
        {
            return DescribeWrongType(part.Kind, type.Type);
        }
        catch (JsonException e)
        {
            return e.Message.Contains("could not be converted", StringComparison.Ordinal) ? DescribeWrongType(part.Kind, type.Type) : BlueprintJson.ExplainMessage(e);
        }
    }

    private static bool IsNumberOrFlag(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is { IsPrimitive: true };

    private static string DescribeWrongType(JsonTokenType kind, Type type) => (Nullable.GetUnderlyingType(type) ?? type).Name switch
    {
        nameof(String) when kind == JsonTokenType.String => "is not valid Unicode",
        nameof(String) => "must be text in quotes",
        nameof(Boolean) => "must be true or false",
        nameof(Int32) => "must be a whole number",
        _ => "has the wrong type",
    };
}

/// <summary>A mistake at a place in a JSON text.</summary>
/// <param name="Place">The index of a byte in the text.</param>
/// <param name="Path">The path of the value.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record PlacedMistake(int Place, string Path, string Message);
