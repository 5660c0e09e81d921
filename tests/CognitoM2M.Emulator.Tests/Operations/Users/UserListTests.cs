namespace CognitoM2M.Emulator.Tests.Operations.Users;

public sealed class UserListTests : OperationTest
{
    [Fact]
    public async Task Users_are_listed_in_pages_with_the_attributes_asked_for()
    {
        foreach (var name in new[] { "ann", "bob", "eve" })
        {
            var attributes = new[] { new { Name = "email", Value = $"{name}@example.com" } };
            await CallAsync("AdminCreateUser", new { UserPoolId = PoolId, Username = name, UserAttributes = attributes });
        }

        var first = await CallAsync("ListUsers", new { UserPoolId = PoolId, Limit = 2, AttributesToGet = new[] { "sub" } });
        var last = await CallAsync("ListUsers", new { UserPoolId = PoolId, PaginationToken = first["PaginationToken"]!.GetValue<string>() });

        Assert.Equal(["ann", "bob"], first["Users"]!.AsArray().Select(user => user!["Username"]!.GetValue<string>()));
        Assert.Equal("sub", Assert.Single(first["Users"]![0]!["Attributes"]!.AsArray())!["Name"]!.GetValue<string>());
        Assert.Equal("eve", Assert.Single(last["Users"]!.AsArray())!["Username"]!.GetValue<string>());
        Assert.Equal(2, last["Users"]![0]!["Attributes"]!.AsArray().Count);
        Assert.False(last.ContainsKey("PaginationToken"));
        await AssertRefusedAsync(Invalid, "ListUsers", new { UserPoolId = PoolId, Filter = "email = \"x\"" });
    }

    [Fact]
    public async Task Groups_are_created_listed_and_deleted()
    {
        var admins = new { UserPoolId = PoolId, GroupName = "admins" };
        await CallAsync("CreateGroup", new { UserPoolId = PoolId, GroupName = "admins", Description = "All" });
        await CallAsync("CreateGroup", new { UserPoolId = PoolId, GroupName = "readers" });

        var page = await CallAsync("ListGroups", new { UserPoolId = PoolId, Limit = 1 });
        var rest = await CallAsync("ListGroups", new { UserPoolId = PoolId, NextToken = page["NextToken"]!.GetValue<string>() });

        Assert.Equal(("admins", "readers"), (page["Groups"]![0]!["GroupName"]!.GetValue<string>(), rest["Groups"]![0]!["GroupName"]!.GetValue<string>()));
        Assert.Equal("All", (await CallAsync("GetGroup", admins))["Group"]!["Description"]!.GetValue<string>());
        await AssertRefusedAsync("GroupExistsException", "CreateGroup", admins);
        await CallAsync("DeleteGroup", admins);
        await AssertRefusedAsync(NotFound, "GetGroup", admins);
    }

    [Fact]
    public async Task Identity_providers_are_created_listed_and_deleted()
    {
        var google = new { UserPoolId = PoolId, ProviderName = "Google" };
        var created = new { UserPoolId = PoolId, ProviderName = "Google", ProviderType = "Google", ProviderDetails = new { client_id = "x" } };
        await CallAsync("CreateIdentityProvider", created);

        var listed = Assert.Single((await CallAsync("ListIdentityProviders", new { UserPoolId = PoolId }))["Providers"]!.AsArray())!.AsObject();

        Assert.Equal("CreationDate LastModifiedDate ProviderName ProviderType", ListMembers(listed));
        Assert.Equal("x", (await CallAsync("DescribeIdentityProvider", google))["IdentityProvider"]!["ProviderDetails"]!["client_id"]!.GetValue<string>());
        await AssertRefusedAsync("DuplicateProviderException", "CreateIdentityProvider", created);
        await CallAsync("DeleteIdentityProvider", google);
        await AssertRefusedAsync(NotFound, "DescribeIdentityProvider", google);
    }
}
