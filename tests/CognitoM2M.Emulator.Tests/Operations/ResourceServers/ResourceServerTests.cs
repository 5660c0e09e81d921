namespace CognitoM2M.Emulator.Tests.Operations.ResourceServers;

public sealed class ResourceServerTests : ManagementTest
{
    [Fact]
    public async Task Resource_server_is_described_as_it_was_created()
    {
        var server = (await DoAsync("DescribeResourceServer", new { UserPoolId = PoolId, Identifier = "orders" }))["ResourceServer"]!;

        const string Scopes =
            """[{"ScopeName":"read","ScopeDescription":"May read"},{"ScopeName":"write","ScopeDescription":"May write"}]""";
        Assert.Equal(
            $$"""{"UserPoolId":"{{PoolId}}","Identifier":"orders","Name":"Orders","Scopes":{{Scopes}}}""", server.ToJsonString());
    }

    [Fact]
    public async Task Update_replaces_all_scopes_and_demands_the_name()
    {
        await RefusedAsync(Invalid, "UpdateResourceServer", new { UserPoolId = PoolId, Identifier = "orders" });

        var updated = await DoAsync("UpdateResourceServer", new { UserPoolId = PoolId, Identifier = "orders", Name = "New" });

        Assert.Empty(updated["ResourceServer"]!["Scopes"]!.AsArray());
        Assert.Equal("New", updated["ResourceServer"]!["Name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Scope_that_clients_still_name_may_go_and_is_left_out_of_tokens()
    {
        var client = await CreateClientAsync();

        await DoAsync("DeleteResourceServer", new { UserPoolId = PoolId, Identifier = "orders" });

        using var response = await PostTokenForAsync(client);
        await AssertOAuthErrorAsync("invalid_scope", response);
    }

    [Fact]
    public async Task Unknown_resource_server_is_not_found()
    {
        foreach (var operation in (string[])["DescribeResourceServer", "DeleteResourceServer", "UpdateResourceServer"])
            await RefusedAsync(NotFound, operation, new { UserPoolId = PoolId, Identifier = "nothing", Name = "Nothing" });
        await RefusedAsync(NotFound, "CreateResourceServer", new { UserPoolId = "eu-west-1_nowhere", Identifier = "x", Name = "x" });
    }

    [Fact]
    public async Task Identifier_is_unique_in_its_pool()
    {
        await RefusedAsync(Invalid, "CreateResourceServer", new { UserPoolId = PoolId, Identifier = "orders", Name = "Again" });
        await DoAsync("CreateResourceServer", new { UserPoolId = await CreatePoolAsync("other"), Identifier = "orders", Name = "Other" });
    }

    [Fact]
    public async Task Pool_has_at_most_25_resource_servers_with_100_scopes_each()
    {
        var scopes = Enumerable.Range(0, 100).Select(i => Scope($"s{i}")).ToArray();
        for (var i = 1; i < 25; i++)
            await DoAsync("CreateResourceServer", new { UserPoolId = PoolId, Identifier = $"s{i}", Name = "S", Scopes = scopes });

        await RefusedAsync(LimitExceeded, "CreateResourceServer", new { UserPoolId = PoolId, Identifier = "s25", Name = "S" });
        object[] tooMany = [.. scopes, Scope("more")];
        await RefusedAsync(
            Invalid, "UpdateResourceServer", new { UserPoolId = PoolId, Identifier = "s1", Name = "S", Scopes = tooMany });
    }

    [Theory]
    [InlineData("with space", "Name", "read")]
    [InlineData("ok", "Na/me", "read")]
    [InlineData("ok", "Name", "re/ad")]
    [InlineData("ok", "Name", "")]
    public async Task Names_have_a_shape(string identifier, string name, string scope)
    {
        var input = new { UserPoolId = PoolId, Identifier = identifier, Name = name, Scopes = new[] { Scope(scope) } };

        var message = await RefusedAsync(Invalid, "CreateResourceServer", input);

        Assert.Contains("failed to satisfy constraint", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scope_fits_in_256_characters_with_its_identifier_and_is_named_once()
    {
        var longest = new string('x', 251);
        object[] read = [Scope("read")];

        await DoAsync("CreateResourceServer", new { UserPoolId = PoolId, Identifier = longest, Name = "X", Scopes = read });
        await RefusedAsync(Invalid, "CreateResourceServer", new { UserPoolId = PoolId, Identifier = longest + "x", Name = "X", Scopes = read });
        await RefusedAsync(
            Invalid, "CreateResourceServer", new { UserPoolId = PoolId, Identifier = "twice", Name = "X", Scopes = read.Concat(read) });
    }

    [Fact]
    public async Task Seeded_resource_server_is_named_and_described_after_itself()
    {
        Pool.CreateResourceServer("https://api.example.com", "read");

        var server = await DoAsync("DescribeResourceServer", new { UserPoolId = Pool.Id, Identifier = "https://api.example.com" });

        Assert.Equal("https---api.example.com", server["ResourceServer"]!["Name"]!.GetValue<string>());
        Assert.Equal("read", server["ResourceServer"]!["Scopes"]![0]!["ScopeDescription"]!.GetValue<string>());
    }
}
