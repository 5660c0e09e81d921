namespace CognitoM2M.Emulator.Tests.Operations.ResourceServers;

public sealed class ResourceServerTests : OperationTest
{
    [Fact]
    public async Task Description_returns_what_was_created()
    {
        var server = (await CallAsync("DescribeResourceServer", new { UserPoolId = PoolId, Identifier = "orders" }))["ResourceServer"]!;

        const string Scopes =
            """[{"ScopeName":"read","ScopeDescription":"May read"},{"ScopeName":"write","ScopeDescription":"May write"}]""";
        Assert.Equal(
            $$"""{"UserPoolId":"{{PoolId}}","Identifier":"orders","Name":"Orders","Scopes":{{Scopes}}}""", server.ToJsonString());
    }

    [Fact]
    public async Task Update_replaces_all_scopes_and_requires_the_name()
    {
        await AssertRefusedAsync(Invalid, "UpdateResourceServer", new { UserPoolId = PoolId, Identifier = "orders" });

        var updated = await CallAsync("UpdateResourceServer", new { UserPoolId = PoolId, Identifier = "orders", Name = "New" });

        Assert.Empty(updated["ResourceServer"]!["Scopes"]!.AsArray());
        Assert.Equal("New", updated["ResourceServer"]!["Name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Scope_in_use_can_be_deleted_and_is_left_out_of_tokens()
    {
        var client = await CreateClientAsync();

        await CallAsync("DeleteResourceServer", new { UserPoolId = PoolId, Identifier = "orders" });

        using var response = await RequestTokenAsync(client);
        await AssertOAuthErrorAsync("invalid_scope", response);
    }

    [Fact]
    public async Task Unknown_resource_server_is_not_found()
    {
        foreach (var operation in (string[])["DescribeResourceServer", "DeleteResourceServer"])
            await AssertRefusedAsync(NotFound, operation, new { UserPoolId = PoolId, Identifier = "nothing" });
        await AssertRefusedAsync(NotFound, "UpdateResourceServer", new { UserPoolId = PoolId, Identifier = "nothing", Name = "Nothing" });
        await AssertRefusedAsync(NotFound, "CreateResourceServer", new { UserPoolId = "eu-west-1_nowhere", Identifier = "x", Name = "x" });
    }

    [Fact]
    public async Task Identifier_is_unique_in_its_pool()
    {
        await AssertRefusedAsync(Invalid, "CreateResourceServer", new { UserPoolId = PoolId, Identifier = "orders", Name = "Again" });
        await CallAsync("CreateResourceServer", new { UserPoolId = await CreatePoolAsync("other"), Identifier = "orders", Name = "Other" });
    }

    [Fact]
    public async Task Pool_has_at_most_25_resource_servers_with_100_scopes_each()
    {
        var scopes = Enumerable.Range(0, 100).Select(i => Scope($"s{i}")).ToArray();
        for (var i = 1; i < 25; i++)
            await CallAsync("CreateResourceServer", new { UserPoolId = PoolId, Identifier = $"s{i}", Name = "S", Scopes = scopes });

        await AssertRefusedAsync(LimitExceeded, "CreateResourceServer", new { UserPoolId = PoolId, Identifier = "s25", Name = "S" });
        object[] tooMany = [.. scopes, Scope("more")];
        await AssertRefusedAsync(
            Invalid, "UpdateResourceServer", new { UserPoolId = PoolId, Identifier = "s1", Name = "S", Scopes = tooMany });
    }

    [Theory]
    [InlineData("with space", "Name", "read")]
    [InlineData("ok", "Na/me", "read")]
    [InlineData("ok", "Name", "re/ad")]
    [InlineData("ok", "Name", "")]
    public async Task Malformed_names_are_refused(string identifier, string name, string scope)
    {
        var input = new { UserPoolId = PoolId, Identifier = identifier, Name = name, Scopes = new[] { Scope(scope) } };

        var message = await AssertRefusedAsync(Invalid, "CreateResourceServer", input);

        Assert.Contains("failed to satisfy constraint", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Duplicate_scopes_and_scopes_over_256_characters_are_refused()
    {
        var longest = new string('x', 251);
        object[] read = [Scope("read")];

        await CallAsync("CreateResourceServer", new { UserPoolId = PoolId, Identifier = longest, Name = "X", Scopes = read });
        await AssertRefusedAsync(Invalid, "CreateResourceServer", new { UserPoolId = PoolId, Identifier = longest + "x", Name = "X", Scopes = read });
        await AssertRefusedAsync(
            Invalid, "CreateResourceServer", new { UserPoolId = PoolId, Identifier = "twice", Name = "X", Scopes = read.Concat(read) });
    }

    [Fact]
    public async Task Resource_server_created_in_C_sharp_is_named_after_its_identifier()
    {
        Pool.CreateResourceServer("https://api.example.com", "read");

        var server = await CallAsync("DescribeResourceServer", new { UserPoolId = Pool.Id, Identifier = "https://api.example.com" });

        Assert.Equal("https---api.example.com", server["ResourceServer"]!["Name"]!.GetValue<string>());
        Assert.Equal("read", server["ResourceServer"]!["Scopes"]![0]!["ScopeDescription"]!.GetValue<string>());
    }
}
