using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Tests.Operations;

namespace CognitoM2M.Emulator.Tests.JsonApi;

public sealed class PagingTests : ManagementTest
{
    [Fact]
    public async Task Pages_hold_everything_once_in_order_of_creation()
    {
        for (var i = 0; i < 5; i++)
            await CreatePoolAsync($"pool {i}");

        var pages = await PagesAsync("ListUserPools", new JsonObject { ["MaxResults"] = 3 }, "UserPools", "Name");

        Assert.Equal(["shop wired pool 0", "pool 1 pool 2 pool 3", "pool 4"], pages);
    }

    [Fact]
    public async Task Last_full_page_has_no_token()
    {
        var page = await DoAsync("ListUserPools", new { MaxResults = 2 });

        Assert.Equal(2, page["UserPools"]!.AsArray().Count);
        Assert.False(page.ContainsKey("NextToken"));
        Assert.Equal("CreationDate Id LambdaConfig LastModifiedDate Name", MembersOf(page["UserPools"]![0]));
    }

    [Fact]
    public async Task Deletion_between_pages_neither_hides_nor_repeats_anything()
    {
        var first = await CreatePoolAsync("first");
        await CreatePoolAsync("second");
        await CreatePoolAsync("third");
        var page = await DoAsync("ListUserPools", new { MaxResults = 3 });

        await DoAsync("DeleteUserPool", new { UserPoolId = first });

        var next = await DoAsync("ListUserPools", new { MaxResults = 3, NextToken = page["NextToken"]!.GetValue<string>() });
        Assert.Equal(["second", "third"], next["UserPools"]!.AsArray().Select(pool => pool!["Name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Token_is_good_for_its_own_list_alone()
    {
        await DoAsync("CreateResourceServer", new { UserPoolId = PoolId, Identifier = "stock", Name = "Stock" });
        var page = await DoAsync("ListResourceServers", new { UserPoolId = PoolId, MaxResults = 1 });
        var token = page["NextToken"]!.GetValue<string>();

        await RefusedAsync(Invalid, "ListResourceServers", new { UserPoolId = Pool.Id, NextToken = token });
        await RefusedAsync(Invalid, "ListUserPoolClients", new { UserPoolId = PoolId, NextToken = token });
        await RefusedAsync(Invalid, "ListUserPools", new { MaxResults = 1, NextToken = "made-up" });
        await RefusedAsync(Invalid, "ListUserPools", new { MaxResults = 1, NextToken = "" });
    }

    [Theory]
    [InlineData("ListUserPools", 60)]
    [InlineData("ListUserPoolClients", 60)]
    [InlineData("ListResourceServers", 50)]
    public async Task Page_size_has_a_range(string operation, int max)
    {
        await DoAsync(operation, new { UserPoolId = PoolId, MaxResults = max });
        await RefusedAsync(Invalid, operation, new { UserPoolId = PoolId, MaxResults = max + 1 });
        await RefusedAsync(Invalid, operation, new { UserPoolId = PoolId, MaxResults = 0 });
    }

    [Fact]
    public async Task Pools_are_listed_only_with_a_page_size_and_the_rest_without()
    {
        await RefusedAsync(Invalid, "ListUserPools", new { });

        Assert.Single((await DoAsync("ListResourceServers", new { UserPoolId = PoolId }))["ResourceServers"]!.AsArray());
        Assert.Empty((await DoAsync("ListUserPoolClients", new { UserPoolId = PoolId }))["UserPoolClients"]!.AsArray());
    }

    [Fact]
    public async Task Clients_are_paged_without_their_secrets_and_none_registered_itself()
    {
        await CreateClientAsync();
        await CreateClientAsync();

        var input = new JsonObject { ["UserPoolId"] = PoolId, ["MaxResults"] = 1 };
        var pages = await PagesAsync("ListUserPoolClients", input, "UserPoolClients", "ClientName");
        Assert.Equal(["wired", "wired"], pages);

        var all = await DoAsync("ListUserPoolClients", new { UserPoolId = PoolId, ClientType = "REGULAR" });
        Assert.All(all["UserPoolClients"]!.AsArray(), client => Assert.Equal("ClientId ClientName UserPoolId", MembersOf(client)));
        Assert.Empty((await DoAsync("ListUserPoolClients", new { UserPoolId = PoolId, ClientType = "DCR" }))["UserPoolClients"]!.AsArray());
    }

    private async Task<List<string>> PagesAsync(string operation, JsonObject input, string list, string member)
    {
        var pages = new List<string>();
        do
        {
            var page = await DoAsync(operation, input);
            pages.Add(string.Join(' ', page[list]!.AsArray().Select(item => item![member]!.GetValue<string>())));
            input["NextToken"] = page["NextToken"]?.DeepClone();
        }
        while (input["NextToken"] is not null);

        return pages;
    }
}
