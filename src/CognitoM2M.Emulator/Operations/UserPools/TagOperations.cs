using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.UserPools;

/// <summary>Tags of user pools, the one thing here that can have any.</summary>
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
        foreach (var (key, value) in input.TextMap("Tags"))
            tags[key] = value;
    });

    private JsonObject Untag(JsonApiInput input) => Change(input, tags =>
    {
        foreach (var key in input.TextList("TagKeys"))
            tags.Remove(key);
    });

    private JsonObject List(JsonApiInput input) => new() { ["Tags"] = ToJson(Resolve(input).Settings.Tags) };

    private JsonObject Change(JsonApiInput input, Action<IDictionary<string, string>> change) => userPools.Change(() =>
    {
        var pool = Resolve(input);
        var tags = pool.Settings.Tags.ToBuilder();
        change(tags);
        Tags.Check(tags, "InvalidParameterException");
        pool.Update(pool.Settings with { Members = pool.Settings.Members.With(UserPoolSettings.TagsMember, ToJson(tags)) });
        return new JsonObject();
    });

    private EmulatedUserPool Resolve(JsonApiInput input) => PoolArn.Resolve(userPools, input.RequiredText("ResourceArn"));

    private static JsonObject ToJson(IEnumerable<KeyValuePair<string, string>> tags) =>
        new(tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)JsonValue.Create(tag.Value))));
}
