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
    }

    [Theory]
    [InlineData("username ^= \"temp-\"", "temp-1 temp-2")]
    [InlineData("username = \"temp-1\"", "temp-1")]
    [InlineData("username = \"TEMP-1\"", "")]
    [InlineData("username = \"temp-\"", "")]
    [InlineData("\"email\"^=\"ann\"", "ann")]
    [InlineData("  email = \"ann@example.com\"  ", "ann")]
    [InlineData("given_name = \"A \\\"quoted\\\" name\"", "temp-1")]
    [InlineData("given_name ^= \"\"", "temp-1")]
    [InlineData("cognito:user_status = \"force_change_password\"", "ann temp-1 temp-2")]
    [InlineData("status = \"Enabled\"", "ann temp-1 temp-2")]
    [InlineData("status = \"enabled\"", "")]
    [InlineData("", "ann temp-1 temp-2")]
    public async Task Filter_selects_users(string filter, string expected)
    {
        await CallAsync("AdminCreateUser", new { UserPoolId = PoolId, Username = "ann", UserAttributes = new[] { new { Name = "email", Value = "ann@example.com" } } });
        await CallAsync("AdminCreateUser", new { UserPoolId = PoolId, Username = "temp-1", UserAttributes = new[] { new { Name = "given_name", Value = "A \"quoted\" name" } } });
        await CallAsync("AdminCreateUser", new { UserPoolId = PoolId, Username = "temp-2" });

        var found = (await CallAsync("ListUsers", new { UserPoolId = PoolId, Filter = filter }))["Users"]!.AsArray();

        Assert.Equal(expected, string.Join(' ', found.Select(user => user!["Username"]!.GetValue<string>())));
    }

    [Fact]
    public async Task Filter_and_pages_work_together()
    {
        foreach (var name in new[] { "temp-1", "ann", "temp-2", "temp-3" })
            await CallAsync("AdminCreateUser", new { UserPoolId = PoolId, Username = name });

        var first = await CallAsync("ListUsers", new { UserPoolId = PoolId, Filter = "username ^= \"temp-\"", Limit = 2 });
        var last = await CallAsync("ListUsers", new { UserPoolId = PoolId, Filter = "username ^= \"temp-\"", PaginationToken = first["PaginationToken"]!.GetValue<string>() });

        Assert.Equal(2, first["Users"]!.AsArray().Count);
        Assert.Equal("temp-3", Assert.Single(last["Users"]!.AsArray())!["Username"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("custom:tenant = \"x\"")]
    [InlineData("nickname = \"x\"")]
    [InlineData("email = x")]
    [InlineData("email > \"x\"")]
    [InlineData("email = \"x\" and name = \"y\"")]
    [InlineData("email")]
    public Task Filter_of_another_form_is_refused(string filter) => AssertRefusedAsync(Invalid, "ListUsers", new { UserPoolId = PoolId, Filter = filter });

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
