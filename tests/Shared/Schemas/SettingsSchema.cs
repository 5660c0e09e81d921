using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;

namespace CognitoM2M.Testing.Schemas;

/// <summary>Makes the JSON schema of a configuration section: a member for each setting, with type, description and default.</summary>
internal sealed class SettingsSchema(XmlDocs docs)
{
    /// <summary>A span such as 00:00:10 or 1.00:00:00. A number alone would mean days, which nobody intends.</summary>
    private const string TimeSpanPattern = "^([0-9]+\\.)?[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,7})?)?$";

    private readonly JsonObject _members = [];

    /// <summary>Adds the properties that are settings.</summary>
    /// <param name="defaults">An object whose properties have their defaults.</param>
    /// <param name="properties">The properties of the object.</param>
    public SettingsSchema Add(object defaults, IEnumerable<PropertyInfo> properties)
    {
        foreach (var property in properties)
        {
            var member = DescribeType(property.PropertyType);
            member["description"] = docs.Describe(property);
            if (ToJson(property.GetValue(defaults)) is { } value)
                member["default"] = value;
            _members.Add(property.Name, member);
        }

        return this;
    }

    /// <summary>Adds a list of objects.</summary>
    public SettingsSchema AddList(PropertyInfo property, JsonObject items)
    {
        _members.Add(property.Name, new JsonObject { ["type"] = "array", ["items"] = items, ["description"] = docs.Describe(property) });
        return this;
    }

    /// <summary>The schema of the section. Every other name in it is a mistake, because the readers of the sections refuse it.</summary>
    public JsonObject ToJson(string description) => new()
    {
        ["type"] = "object",
        ["description"] = description,
        ["properties"] = new JsonObject(_members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))),
        ["additionalProperties"] = false,
    };

    /// <summary>Values that the schema of a setting allows, each as configuration gives it.</summary>
    public static IEnumerable<IReadOnlyList<KeyValuePair<string, string?>>> CreateValues(string path, JsonNode schema)
    {
        if (schema["enum"] is JsonArray names)
            return names.Select(name => CreateValue(path, name!.GetValue<string>()));
        if (schema["pattern"] is not null)
            return [CreateValue(path, "00:00:10")];
        if (schema["format"] is not null)
            return [CreateValue(path, "https://example.com/")];
        if (schema["type"] is JsonArray)
            return [CreateValue(path, "one text"), [new($"{path}:0", "first"), new($"{path}:1", "second")]];

        return schema["type"]!.GetValue<string>() switch
        {
            "array" => [[.. schema["items"]!["properties"]!.AsObject().SelectMany(item => CreateValues($"{path}:0:{item.Key}", item.Value!).First())]],
            "object" => [CreateValue($"{path}:name", "value")],
            "boolean" => [CreateValue(path, "True"), CreateValue(path, "False")],
            "integer" => [CreateValue(path, "2")],
            "number" => [CreateValue(path, "0.5")],
            _ => [CreateValue(path, "text")],
        };
    }

    private static KeyValuePair<string, string?>[] CreateValue(string path, string value) => [KeyValuePair.Create(path, (string?)value)];

    private static JsonObject DescribeType(Type type)
    {
        if (type.IsEnum)
            return new JsonObject { ["enum"] = new JsonArray([.. Enum.GetNames(type).Select(name => (JsonNode)name)]) };
        if (type == typeof(Uri))
            return new JsonObject { ["type"] = "string", ["format"] = "uri" };
        if (type == typeof(TimeSpan))
            return new JsonObject { ["type"] = "string", ["pattern"] = TimeSpanPattern };
        // An array, or one text whose items are separated by spaces or commas.
        if (type == typeof(IList<string>))
            return new JsonObject { ["type"] = new JsonArray("array", "string"), ["items"] = new JsonObject { ["type"] = "string" } };
        if (type == typeof(IDictionary<string, string>))
            return new JsonObject { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string" } };

        return new JsonObject
        {
            ["type"] = type switch
            {
                _ when type == typeof(string) => "string",
                _ when type == typeof(bool) => "boolean",
                _ when type == typeof(int) => "integer",
                _ when type == typeof(double) => "number",
                _ => throw new NotSupportedException($"No schema is known for {type}."),
            },
        };
    }

    private static JsonNode? ToJson(object? value) => value switch
    {
        bool truth => truth,
        int number => number,
        double number => number,
        string text => text,
        Enum name => name.ToString(),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        _ => null,
    };
}
