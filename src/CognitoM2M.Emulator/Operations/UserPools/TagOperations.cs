using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.UserPools;

/// <summary>The operations on tags. In the emulator only user pools have tags.</summary>
internal sealed class TagOperations(UserPoolDirectory userPools)
{
    private static readonly StructureShape _byArn = new StructureShape().Required("ResourceArn", Shape.Text(TextShape.Arn));

    private static readonly StructureShape _tag = new StructureShape()
        .With(_byArn)
        .Required("Tags", Shape.MapOf(TextShape.TagKey, TextShape.TagValue));

    private static readonly StructureShape _untag = new StructureShape()
        .With(_byArn)
        .Required("TagKeys", Shape.ListOf(Shape.Text(TextShape.TagKey)));

    public IEnumerable<JsonApiOperation> All =>
    [
        new("TagResource", _tag, Tag),
        new("UntagResource", _untag, Untag),
        new("ListTagsForResource", _byArn, List),
    ];

    private JsonObject Tag(JsonApiInput input) => Change(input, tags =>
    {
        foreach (var (key, value) in input.GetTextMap("Tags"))
            tags[key] = value;
    });

    private JsonObject Untag(JsonApiInput input) => Change(input, tags =>
    {
        foreach (var key in input.GetTextList("TagKeys"))
            tags.Remove(key);
    });

    private JsonObject List(JsonApiInput input) => new() { ["Tags"] = ToJson(RequireUserPool(input).Settings.Tags) };

    private JsonObject Change(JsonApiInput input, Action<IDictionary<string, string>> change) => userPools.Change(() =>
    {
        var pool = RequireUserPool(input);
        var tags = pool.Settings.Tags.ToBuilder();
        change(tags);
        TagRules.Check(tags, "InvalidParameterException");
        pool.Update(pool.Settings with { Members = pool.Settings.Members.With(UserPoolSettings.TagsMember, ToJson(tags)) });
        return new JsonObject();
    });

    private EmulatedUserPool RequireUserPool(JsonApiInput input) => PoolArn.RequireUserPool(userPools, input.GetRequiredText("ResourceArn"), input.IsInRegion);

    private static JsonObject ToJson(IEnumerable<KeyValuePair<string, string>> tags) =>
        new(tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)JsonValue.Create(tag.Value))));
}
