using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Operations.Users;

public sealed class GroupMembershipTests : OperationTest
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (var name in new[] { "ann", "bob", "eve" })
            await CallAsync("AdminCreateUser", new { UserPoolId = PoolId, Username = name });
        foreach (var group in new[] { "admins", "readers" })
            await CallAsync("CreateGroup", new { UserPoolId = PoolId, GroupName = group });
    }

    [Fact]
    public async Task Users_of_a_group_are_listed_in_pages()
    {
        foreach (var name in new[] { "eve", "ann" })
            Assert.Empty(await CallAsync("AdminAddUserToGroup", Membership(name, "admins")));

        var first = await CallAsync("ListUsersInGroup", new { UserPoolId = PoolId, GroupName = "admins", Limit = 1 });
        var last = await CallAsync(
            "ListUsersInGroup", new { UserPoolId = PoolId, GroupName = "admins", NextToken = first["NextToken"]!.GetValue<string>() });

        Assert.Equal(["ann"], GetNames(first["Users"], "Username"));
        Assert.Equal(["eve"], GetNames(last["Users"], "Username"));
        Assert.False(last.ContainsKey("NextToken"));
        Assert.Equal("Attributes Enabled UserCreateDate UserLastModifiedDate UserStatus Username", ListMembers(last["Users"]![0]));
    }

    [Fact]
    public async Task Groups_of_a_user_are_listed_in_pages()
    {
        foreach (var group in new[] { "readers", "admins", "admins" })
            await CallAsync("AdminAddUserToGroup", Membership("ann", group));

        var first = await CallAsync("AdminListGroupsForUser", new { UserPoolId = PoolId, Username = "ann", Limit = 1 });
        var last = await CallAsync(
            "AdminListGroupsForUser", new { UserPoolId = PoolId, Username = "ann", NextToken = first["NextToken"]!.GetValue<string>() });

        Assert.Equal(["admins"], GetNames(first["Groups"], "GroupName"));
        Assert.Equal(["readers"], GetNames(last["Groups"], "GroupName"));
        Assert.Empty(await ListGroupsAsync("bob"));
    }

    [Fact]
    public async Task User_who_leaves_a_group_is_no_longer_listed()
    {
        await CallAsync("AdminAddUserToGroup", Membership("ann", "admins"));

        Assert.Empty(await CallAsync("AdminRemoveUserFromGroup", Membership("ann", "admins")));

        Assert.Empty(await ListGroupsAsync("ann"));
        await CallAsync("AdminRemoveUserFromGroup", Membership("ann", "admins"));
    }

    [Fact]
    public async Task New_group_with_the_name_of_a_deleted_group_has_no_members()
    {
        await CallAsync("AdminAddUserToGroup", Membership("ann", "admins"));
        await CallAsync("DeleteGroup", new { UserPoolId = PoolId, GroupName = "admins" });

        await CallAsync("CreateGroup", new { UserPoolId = PoolId, GroupName = "admins" });

        Assert.Empty(await ListGroupsAsync("ann"));
    }

    [Theory]
    [InlineData("AdminAddUserToGroup")]
    [InlineData("AdminRemoveUserFromGroup")]
    public async Task Unknown_user_and_unknown_group_are_refused(string operation)
    {
        Assert.Equal("User does not exist.", await AssertRefusedAsync("UserNotFoundException", operation, Membership("nobody", "admins")));
        Assert.Equal("Group not found.", await AssertRefusedAsync(NotFound, operation, Membership("ann", "nobody")));
    }

    [Fact]
    public async Task Lists_of_unknown_users_and_groups_are_refused()
    {
        await AssertRefusedAsync(NotFound, "ListUsersInGroup", new { UserPoolId = PoolId, GroupName = "nobody" });
        await AssertRefusedAsync("UserNotFoundException", "AdminListGroupsForUser", new { UserPoolId = PoolId, Username = "nobody" });
    }

    private object Membership(string username, string groupName) => new { UserPoolId = PoolId, Username = username, GroupName = groupName };

    private async Task<string[]> ListGroupsAsync(string username) =>
        GetNames((await CallAsync("AdminListGroupsForUser", new { UserPoolId = PoolId, Username = username }))["Groups"], "GroupName");

    private static string[] GetNames(JsonNode? list, string member) =>
        [.. list!.AsArray().Select(item => item![member]!.GetValue<string>())];
}
