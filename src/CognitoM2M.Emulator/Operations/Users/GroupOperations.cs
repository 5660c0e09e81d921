using System.Collections.Frozen;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Emulator.Operations.UserPools;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.Operations.Users;

/// <summary>The operations on groups of users.</summary>
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
        .Kept("Description", Shape.Text(TextShape.WithLength(0, 2048)))
        .Optional("Precedence", Shape.Number(0, int.MaxValue))
        .Optional("RoleArn", Shape.Text(TextShape.Arn));

    private static readonly StructureShape _list = new StructureShape()
        .Required("UserPoolId", Shape.Text(TextShape.UserPoolId))
        .Optional("Limit", Shape.Number(0, MaxPageSize))
        .Optional("NextToken", Paging.TokenShape);

    public IEnumerable<JsonApiOperation> All =>
    [
        new("CreateGroup", _create, Create),
        new("GetGroup", _byName, Get),
        new(ListName, _list, List),
        new("DeleteGroup", _byName, Delete),
    ];

    public static JsonObject Describe(EmulatedUserPool pool, NamedSettings group)
    {
        var described = group.Members.ToJson();
        described["GroupName"] = group.Name;
        described["UserPoolId"] = pool.Id;
        described["CreationDate"] = EpochSeconds.ToJson(group.CreatedAt);
        described["LastModifiedDate"] = EpochSeconds.ToJson(group.CreatedAt);
        return described;
    }

    private JsonObject Create(JsonApiInput input)
    {
        var pool = userPools.RequireUserPool(input);
        return Wrap(pool, GroupMembership.Create(pool, input.GetRequiredText("GroupName"), WireSettings.Read(input.Members, _notKept)));
    }

    private JsonObject List(JsonApiInput input)
    {
        var pool = userPools.RequireUserPool(input);
        return paging.CreatePage(
            $"{ListName} {pool.Id}", pool.GroupList.All, group => group.Sequence, input.GetNumber("Limit") is > 0 and var limit ? limit : MaxPageSize,
            input.GetText("NextToken"), "Groups", group => Describe(pool, group));
    }

    private JsonObject? Delete(JsonApiInput input)
    {
        GroupMembership.Delete(userPools.RequireUserPool(input), input.GetRequiredText("GroupName"));
        return null;
    }

    private JsonObject Get(JsonApiInput input)
    {
        var pool = userPools.RequireUserPool(input);
        return Wrap(pool, GroupMembership.Require(pool, input.GetRequiredText("GroupName")));
    }

    private static JsonObject Wrap(EmulatedUserPool pool, NamedSettings group) => new() { ["Group"] = Describe(pool, group) };
}
