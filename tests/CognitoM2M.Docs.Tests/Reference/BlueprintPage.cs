using System.Text.Json;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Docs.Tests.Reference;

/// <summary>Every member of a blueprint, from its JSON schema.</summary>
internal static class BlueprintPage
{
    public static string Write()
    {
        using var document = JsonDocument.Parse(Blueprint.JsonSchema);
        var schema = document.RootElement;
        var page = new ReferencePage(
            "Members of a blueprint",
            "This page lists every member of a blueprint, the file `cognito-m2m.json` that describes a user pool. The file may have no other members.\n\n"
                + "What a blueprint does with a user pool that exists, and what is left out: [provisioning.md](../provisioning.md#the-blueprint). "
                + "For editors, `cognito-m2m init` writes the JSON schema beside the blueprint.");
        AddSection(page, schema, "The file", "", schema);
        return page.ToString();
    }

    /// <summary>The members without an example in the schema, by their path. Objects have members with examples instead.</summary>
    public static IEnumerable<string> FindWithoutExample()
    {
        using var document = JsonDocument.Parse(Blueprint.JsonSchema);
        return [.. ListLeaves(document.RootElement, document.RootElement, "").Where(leaf => !leaf.HasExample).Select(leaf => leaf.Path)];
    }

    private static IEnumerable<(string Path, bool HasExample)> ListLeaves(JsonElement root, JsonElement owner, string path)
    {
        foreach (var property in owner.GetProperty("properties").EnumerateObject())
        {
            var member = new Member(root, owner, property);
            if (member.FindChild() is { } child)
            {
                foreach (var leaf in ListLeaves(root, child, member.AddTo(path)))
                    yield return leaf;
            }
            else
            {
                yield return (member.AddTo(path), member.WriteExample().Length > 0);
            }
        }
    }

    private static void AddSection(ReferencePage page, JsonElement root, string heading, string path, JsonElement owner)
    {
        var members = owner.GetProperty("properties").EnumerateObject().Select(property => new Member(root, owner, property)).ToList();
        page.Section(heading, owner.TryGetProperty("description", out var description) ? description.GetString() : null).Table(
            ["Member", "Type", "Default", "Meaning", "Example"],
            members.Select(member => new[] { $"`{member.Name}`", member.WriteType(), member.WriteDefault(), member.WriteDescription(), member.WriteExample() }));
        foreach (var member in members)
        {
            if (member.FindChild() is { } child)
                AddSection(page, root, $"`{member.AddTo(path)}`", member.AddTo(path), child);
        }
    }

    private sealed class Member(JsonElement root, JsonElement owner, JsonProperty property)
    {
        private readonly JsonElement _own = property.Value;
        private readonly JsonElement _type = Resolve(root, property.Value);

        public string Name => property.Name;

        /// <summary>The schema of an object with named members, or of the items of a list of such objects.</summary>
        public JsonElement? FindChild()
        {
            var schema = _type.TryGetProperty("items", out var items) ? Resolve(root, items) : _type;
            return schema.TryGetProperty("properties", out _) ? schema : null;
        }

        public string AddTo(string path) => $"{(path.Length > 0 ? path + "." : "")}{Name}{(_type.TryGetProperty("items", out _) && FindChild() is not null ? "[]" : "")}";

        public string WriteDescription() => (Find("description") is { } text ? text.GetString()! : "").Replace("|", "\\|", StringComparison.Ordinal);

        public string WriteDefault()
        {
            if (Find("default") is { } value)
                return $"`{value.GetRawText()}`";
            return owner.TryGetProperty("required", out var required) && required.EnumerateArray().Any(name => name.GetString() == Name) ? "required" : "";
        }

        public string WriteExample() => Find("examples") is { } examples ? $"`{examples[0].GetRawText()}`" : "";

        public string WriteType()
        {
            if (_type.TryGetProperty("enum", out var values))
                return string.Join(", ", values.EnumerateArray().Select(value => $"`{value.GetRawText().Trim('"')}`"));
            if (!_type.TryGetProperty("items", out var items))
                return WriteType(_type) + WriteRange(_own.TryGetProperty("maxLength", out _) ? _own : _type);
            var item = Resolve(root, items);
            return $"list of {(item.TryGetProperty("enum", out var names) ? string.Join(", ", names.EnumerateArray().Select(name => $"`{name.GetString()}`")) : $"{WriteType(item)}s{WriteRange(item)}")}"
                + (_type.TryGetProperty("maxItems", out var most) ? $", at most {most.GetInt32():N0}" : "");
        }

        private static string WriteType(JsonElement schema) => schema.GetProperty("type").GetString() switch
        {
            "string" => "text",
            "boolean" => "`true` or `false`",
            "integer" => "number",
            var other => other!,
        };

        private static string WriteRange(JsonElement schema)
        {
            if (schema.TryGetProperty("minimum", out var least))
                return schema.TryGetProperty("maximum", out var greatest) ? $", {least} to {greatest}" : $", at least {least}";
            var longest = schema.TryGetProperty("maxLength", out var length) ? $"{length.GetInt32():N0}" : "";
            if (schema.TryGetProperty("minLength", out var shortest) && shortest.GetInt32() > 1)
                return $", {shortest} to {longest} characters";
            return longest.Length > 0 ? $", at most {longest} characters" : "";
        }

        /// <summary>A keyword beside the reference wins over the same keyword of what is referred to.</summary>
        private JsonElement? Find(string keyword) =>
            _own.TryGetProperty(keyword, out var own) ? own : _type.TryGetProperty(keyword, out var referred) ? referred : null;

        private static JsonElement Resolve(JsonElement root, JsonElement schema)
        {
            while (schema.TryGetProperty("$ref", out var reference))
                schema = root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]);
            return schema;
        }
    }
}
