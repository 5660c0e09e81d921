using System.Text.Json.Nodes;

namespace CognitoM2M.Provisioning.Tests.Blueprints;

/// <summary>The JSON schema explains each member of a blueprint to a person who writes one in an editor.</summary>
public sealed class JsonSchemaTests
{
    private static readonly JsonNode _schema = JsonNode.Parse(Blueprint.JsonSchema)!;

    /// <summary>Where the properties of the schema stand: <c>appClient.scopes</c>.</summary>
    public static TheoryData<string> Members { get; } =
        [.. Owners().SelectMany(owner => (owner.Schema["properties"]?.AsObject() ?? []).Select(property => $"{owner.Name}.{property.Key}"))];

    [Theory]
    [MemberData(nameof(Members))]
    public void Member_has_a_description_and_an_example_that_keeps_the_rules(string member)
    {
        var check = new JsonSchemaCheck(_schema);
        var (owner, name) = (member.Split('.')[0], member.Split('.')[1]);
        var rules = check.Resolve(Owners().Single(candidate => candidate.Name == owner).Schema["properties"]![name]!);

        Assert.False(string.IsNullOrWhiteSpace(rules["description"]?.GetValue<string>()), $"{member} has no description.");
        // A member that holds other members needs no example: the others have theirs.
        if (rules["properties"] is null && rules["items"]?["$ref"] is null)
            Assert.NotEmpty(rules["examples"]?.AsArray() ?? []);
        Assert.All(rules["examples"]?.AsArray() ?? [], example => Assert.Empty(check.FindErrors(rules, example!)));
    }

    private static IEnumerable<(string Name, JsonNode Schema)> Owners() =>
        _schema["$defs"]!.AsObject().Select(definition => (definition.Key, definition.Value!)).Prepend(("blueprint", _schema));
}
