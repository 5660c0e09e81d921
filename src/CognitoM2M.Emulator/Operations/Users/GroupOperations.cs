using System.Collections.Frozen;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Emulator.Operations.UserPools;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.Users;

/// <summary>The operations on groups of users. A group has no members, because no operation adds one.</summary>
internal sealed class GroupOperations(UserPoolDirectory userPools, Paging paging)
{
    private const int MaxPageSize = 60;
    private const string ListName = "ListGroups";

    private static readonly FrozenSet<string> _notKept = FrozenSet.Create(StringComparer.Ordinal, "UserPoolId", "GroupName");

    private static readonly StructureShape _byName = new StructureShape()
        .Required("UserPoolId", Shape.Text(TextShape.UserPoolId))
        .Required("GroupName", Shape.Text(TextShape.Username));

    private static readonly StructureShape _create = new StructureShape()
        .With(_byName)
        .Optional("Description", Shape.Text(TextShape.WithLength(0, 2048)))
        .Optional("Precedence", Shape.Number(0, int.MaxValue))
        .Optional("RoleArn", Shape.Text(TextShape.Arn));

    private static readonly StructureShape _list = new StructureShape()
        .Required("UserPoolId", Shape.Text(TextShape.UserPoolId))
        .Optional("Limit", Shape.Number(0, MaxPageSize))
        .Optional("NextToken", Paging.TokenShape);

    public IEnumerable<JsonApiOperation> All =>
    [
        new("CreateGroup", _create, Create),
        new("GetGroup", _byName, input => Wrap(userPools.RequireUserPool(input), Require(input))),
        new(ListName, _list, List),
        new("DeleteGroup", _byName, Delete),
    ];

    private JsonObject Create(JsonApiInput input) => userPools.Change(() =>
    {
        var pool = userPools.RequireUserPool(input);
        var name = input.GetRequiredText("GroupName");
        if (pool.Groups.Find(name) is not null)
            throw new RefusedException("GroupExistsException", "A group with the name already exists.");

        var group = new NamedSettings(name, userPools.TakeSequence(), WireSettings.Read(input.Members, _notKept), userPools.TimeProvider.GetUtcNow());
        pool.Groups.Add(group);
        return Wrap(pool, group);
    });

    private JsonObject List(JsonApiInput input)
    {
        var pool = userPools.RequireUserPool(input);
        return paging.CreatePage(
            $"{ListName} {pool.Id}", pool.Groups.All, group => group.Sequence, input.GetNumber("Limit") is > 0 and var limit ? limit : MaxPageSize,
            input.GetText("NextToken"), "Groups", group => Describe(pool, group));
    }

    private JsonObject? Delete(JsonApiInput input)
    {
        userPools.Change(() => userPools.RequireUserPool(input).Groups.Remove(Require(input)));
        return null;
    }

    private NamedSettings Require(JsonApiInput input) =>
        userPools.RequireUserPool(input).Groups.Find(input.GetRequiredText("GroupName")) ?? throw RefusedException.NotFound("Group not found.");

    private static JsonObject Wrap(EmulatedUserPool pool, NamedSettings group) => new() { ["Group"] = Describe(pool, group) };

    private static JsonObject Describe(EmulatedUserPool pool, NamedSettings group)
    {
        var described = group.Members.ToJson();
        described["GroupName"] = group.Name;
        described["UserPoolId"] = pool.Id;
        described["CreationDate"] = EpochSeconds.ToJson(group.CreatedAt);
        described["LastModifiedDate"] = EpochSeconds.ToJson(group.CreatedAt);
        return described;
    }
}
