using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Tests.Operations;

namespace CognitoM2M.Emulator.Tests.JsonApi;

public sealed class PagingTests : OperationTest
{
    [Fact]
    public async Task Pages_hold_every_item_once_in_order_of_creation()
    {
        for (var i = 0; i < 5; i++)
            await CreatePoolAsync($"pool {i}");

        var pages = await ReadPagesAsync("ListUserPools", new JsonObject { ["MaxResults"] = 3 }, "UserPools", "Name");

        Assert.Equal(["shop wired pool 0", "pool 1 pool 2 pool 3", "pool 4"], pages);
    }

    [Fact]
    public async Task Last_page_has_no_page_token_even_if_it_is_full()
    {
        var page = await CallAsync("ListUserPools", new { MaxResults = 2 });

        Assert.Equal(2, page["UserPools"]!.AsArray().Count);
        Assert.False(page.ContainsKey("NextToken"));
        Assert.Equal("CreationDate Id LambdaConfig LastModifiedDate Name", ListMembers(page["UserPools"]![0]));
    }

    [Fact]
    public async Task Deletion_between_two_pages_does_not_hide_or_repeat_other_items()
    {
        var first = await CreatePoolAsync("first");
        await CreatePoolAsync("second");
        await CreatePoolAsync("third");
        var page = await CallAsync("ListUserPools", new { MaxResults = 3 });

        await CallAsync("DeleteUserPool", new { UserPoolId = first });

        var next = await CallAsync("ListUserPools", new { MaxResults = 3, NextToken = page["NextToken"]!.GetValue<string>() });
        Assert.Equal(["second", "third"], next["UserPools"]!.AsArray().Select(pool => pool!["Name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Page_token_of_another_list_is_refused()
    {
        await CallAsync("CreateResourceServer", new { UserPoolId = PoolId, Identifier = "stock", Name = "Stock" });
        var page = await CallAsync("ListResourceServers", new { UserPoolId = PoolId, MaxResults = 1 });
        var token = page["NextToken"]!.GetValue<string>();

        await AssertRefusedAsync(Invalid, "ListResourceServers", new { UserPoolId = Pool.Id, NextToken = token });
        await AssertRefusedAsync(Invalid, "ListUserPoolClients", new { UserPoolId = PoolId, NextToken = token });
        await AssertRefusedAsync(Invalid, "ListUserPools", new { MaxResults = 1, NextToken = "made-up" });
        await AssertRefusedAsync(Invalid, "ListUserPools", new { MaxResults = 1, NextToken = "" });
    }

    [Theory]
    [InlineData("ListUserPools", 60)]
    [InlineData("ListUserPoolClients", 60)]
    [InlineData("ListResourceServers", 50)]
    public async Task Page_size_out_of_range_is_refused(string operation, int max)
    {
        await CallAsync(operation, CreateInput(max));
        await AssertRefusedAsync(Invalid, operation, CreateInput(max + 1));
        await AssertRefusedAsync(Invalid, operation, CreateInput(0));

        object CreateInput(int size) => operation == "ListUserPools" ? new { MaxResults = size } : new { UserPoolId = PoolId, MaxResults = size };
    }

    [Fact]
    public async Task Page_size_is_required_only_for_user_pools()
    {
        await AssertRefusedAsync(Invalid, "ListUserPools", new { });

        Assert.Single((await CallAsync("ListResourceServers", new { UserPoolId = PoolId }))["ResourceServers"]!.AsArray());
        Assert.Empty((await CallAsync("ListUserPoolClients", new { UserPoolId = PoolId }))["UserPoolClients"]!.AsArray());
    }

    [Fact]
    public async Task List_of_clients_shows_no_secrets_and_no_self_registered_clients()
    {
        await CreateClientAsync();
        await CreateClientAsync();

        var input = new JsonObject { ["UserPoolId"] = PoolId, ["MaxResults"] = 1 };
        var pages = await ReadPagesAsync("ListUserPoolClients", input, "UserPoolClients", "ClientName");
        Assert.Equal(["wired", "wired"], pages);

        var all = await CallAsync("ListUserPoolClients", new { UserPoolId = PoolId, ClientType = "REGULAR" });
        Assert.All(all["UserPoolClients"]!.AsArray(), client => Assert.Equal("ClientId ClientName UserPoolId", ListMembers(client)));
        Assert.Empty((await CallAsync("ListUserPoolClients", new { UserPoolId = PoolId, ClientType = "DCR" }))["UserPoolClients"]!.AsArray());
    }

    private async Task<List<string>> ReadPagesAsync(string operation, JsonObject input, string list, string member)
    {
        var pages = new List<string>();
        do
        {
            var page = await CallAsync(operation, input);
            pages.Add(string.Join(' ', page[list]!.AsArray().Select(item => item![member]!.GetValue<string>())));
            input["NextToken"] = page["NextToken"]?.DeepClone();
        }
        while (input["NextToken"] is not null);

        return pages;
    }
}
