using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CognitoM2M.Provisioning.Tests.Blueprints;

/// <summary>Checks a value against the keywords of JSON Schema that describe one value and its members.</summary>
/// <param name="schema">The whole schema, in which references are found.</param>
internal sealed class JsonSchemaCheck(JsonNode schema)
{
    /// <summary>The schema that a node describes: its own keywords, and those of the schema that it refers to.</summary>
    public JsonObject Resolve(JsonNode node)
    {
        var resolved = node.AsObject();
        if (resolved["$ref"]?.GetValue<string>() is not { } reference)
            return resolved;

        var merged = schema["$defs"]![reference.Split('/')[^1]]!.DeepClone().AsObject();
        foreach (var (keyword, value) in resolved)
            merged[keyword] = value?.DeepClone();
        return merged;
    }

    /// <summary>Finds the rules that a value breaks.</summary>
    /// <returns>One line for each broken rule.</returns>
    public IEnumerable<string> FindErrors(JsonNode node, JsonNode value)
    {
        var rules = Resolve(node);
        if (rules["type"]?.GetValue<string>() is { } type && type != TypeOf(value))
            return [$"{value.ToJsonString()} is not of the type {type}"];
        if (rules["enum"] is JsonArray allowed && !allowed.Any(name => JsonNode.DeepEquals(name, value)))
            return [$"{value.ToJsonString()} is none of {allowed.ToJsonString()}"];

        return value switch
        {
            JsonObject members => FindErrorsOfObject(rules, members),
            JsonArray items => rules["items"] is { } rule ? items.SelectMany(item => FindErrors(rule, item!)) : [],
            JsonValue when value.GetValueKind() == JsonValueKind.String => FindErrorsOfText(rules, value.GetValue<string>()),
            JsonValue when value.GetValueKind() == JsonValueKind.Number => FindErrorsOfNumber(rules, value.GetValue<int>()),
            _ => [],
        };
    }

    private IEnumerable<string> FindErrorsOfObject(JsonObject rules, JsonObject members)
    {
        foreach (var required in rules["required"]?.AsArray() ?? [])
        {
            if (!members.ContainsKey(required!.GetValue<string>()))
                yield return $"{members.ToJsonString()} lacks {required}";
        }

        foreach (var (name, value) in members)
        {
            if (rules["properties"]?[name] is { } rule)
            {
                foreach (var error in FindErrors(rule, value!))
                    yield return $"{name}: {error}";
            }
            else if (rules["additionalProperties"] is JsonValue)
            {
                yield return $"{name} is no property";
            }
        }
    }

    private static IEnumerable<string> FindErrorsOfText(JsonObject rules, string text)
    {
        // A value may be a variable; then the rules hold for the value of the variable.
        if (text.StartsWith("${", StringComparison.Ordinal))
            yield break;
        if (rules["pattern"]?.GetValue<string>() is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(5)))
            yield return $"'{text}' does not match {pattern}";
        if (text.Length < (rules["minLength"]?.GetValue<int>() ?? 0) || text.Length > (rules["maxLength"]?.GetValue<int>() ?? int.MaxValue))
            yield return $"'{text}' is too short or too long";
    }

    private static IEnumerable<string> FindErrorsOfNumber(JsonObject rules, int number)
    {
        if (number < (rules["minimum"]?.GetValue<int>() ?? int.MinValue) || number > (rules["maximum"]?.GetValue<int>() ?? int.MaxValue))
            yield return $"{number} is too small or too large";
    }

    private static string TypeOf(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "integer",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };
}
