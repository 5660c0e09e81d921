using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Emulator.Operations.UserPools;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.Operations.Users;

/// <summary>The operations that put users into groups and show who is in which group.</summary>
internal sealed class GroupMembershipOperations(UserPoolDirectory userPools, Paging paging)
{
    private const int MaxPageSize = 60;
    private const string ListGroupsName = "AdminListGroupsForUser";
    private const string ListMembersName = "ListUsersInGroup";

    private static readonly StructureShape _page = new StructureShape()
        .Optional("Limit", Shape.Number(0, MaxPageSize))
        .Optional("NextToken", Paging.TokenShape);

    private static readonly StructureShape _membership = new StructureShape()
        .With(UserLookup.ByName)
        .Required("GroupName", Shape.Text(TextShape.Username));

    private static readonly StructureShape _listGroups = new StructureShape().With(UserLookup.ByName).With(_page);

    private static readonly StructureShape _listMembers = new StructureShape()
        .Required("UserPoolId", Shape.Text(TextShape.UserPoolId))
        .Required("GroupName", Shape.Text(TextShape.Username))
        .With(_page);

    public IEnumerable<JsonApiOperation> All =>
    [
        new("AdminAddUserToGroup", _membership, input => Change(input, GroupMembership.Add)),
        new("AdminRemoveUserFromGroup", _membership, input => Change(input, GroupMembership.Remove)),
        new(ListGroupsName, _listGroups, ListGroups),
        new(ListMembersName, _listMembers, ListMembers),
    ];

    private JsonObject? Change(JsonApiInput input, Action<EmulatedUserPool, PoolUser, string> change)
    {
        userPools.Change(() =>
        {
            var (pool, user) = userPools.RequireUser(input);
            change(pool, user, GroupMembership.Require(pool, input.GetRequiredText("GroupName")).Name);
        });
        return null;
    }

    private JsonObject ListGroups(JsonApiInput input)
    {
        var (pool, user) = userPools.RequireUser(input);
        return paging.CreatePage(
            $"{ListGroupsName} {pool.Id} {user.Sub}", GroupMembership.ListGroups(pool, user), group => group.Sequence, GetPageSize(input),
            input.GetText("NextToken"), "Groups", group => GroupOperations.Describe(pool, group));
    }

    private JsonObject ListMembers(JsonApiInput input)
    {
        var pool = userPools.RequireUserPool(input);
        var group = GroupMembership.Require(pool, input.GetRequiredText("GroupName"));
        return paging.CreatePage(
            $"{ListMembersName} {pool.Id} {group.Name}", GroupMembership.ListMembers(pool, group.Name), user => user.Sequence,
            GetPageSize(input), input.GetText("NextToken"), "Users", user => user.Describe("Attributes"));
    }

    private static int GetPageSize(JsonApiInput input) => input.GetNumber("Limit") is > 0 and var limit ? limit : MaxPageSize;
}
