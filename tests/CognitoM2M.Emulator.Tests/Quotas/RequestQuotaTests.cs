using System.Net;

namespace CognitoM2M.Emulator.Tests.Quotas;

public sealed class RequestQuotaTests : EmulatorTest
{
    private const string TooMany = "TooManyRequestsException";

    private static readonly object _list = new { MaxResults = 1 };

    private protected override CognitoEmulatorOptions Options => new() { TimeProvider = Clock, EnforceQuotas = true };

    [Fact]
    public async Task Category_is_shared_by_its_operations_and_fills_up_again()
    {
        for (var i = 0; i < 15; i++)
            await DoAsync("ListUserPools", _list);

        using (var response = await CallAsync("DescribeUserPool", $$"""{"UserPoolId":"{{Pool.Id}}"}"""))
        {
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal("""{"__type":"TooManyRequestsException","message":"Rate exceeded"}""", await response.Content.ReadAsStringAsync());
        }

        await DoAsync("CreateUserPool", new { PoolName = "of another category" });

        Clock.Advance(TimeSpan.FromMilliseconds(67));
        await DoAsync("ListUserPools", _list);
        await RefusedAsync(TooMany, "ListUserPools", _list);
    }

    [Fact]
    public async Task Rest_is_not_saved_up_beyond_a_second()
    {
        Clock.Advance(TimeSpan.FromHours(1));
        for (var i = 0; i < 15; i++)
            await DoAsync("ListUserPools", _list);

        await RefusedAsync(TooMany, "ListUserPools", _list);
    }

    [Fact]
    public async Task Operation_on_one_pool_has_five_a_second()
    {
        var other = Cognito.CreateUserPool("other");
        var described = new { UserPoolId = Pool.Id, Client.ClientId };
        for (var i = 0; i < 5; i++)
            await DoAsync("DescribeUserPoolClient", described);

        await RefusedAsync(TooMany, "DescribeUserPoolClient", described);

        await DoAsync("ListUserPoolClients", new { UserPoolId = Pool.Id });
        await DoAsync("ListUserPoolClients", new { UserPoolId = other.Id });
        Clock.Advance(TimeSpan.FromMilliseconds(200));
        await DoAsync("DescribeUserPoolClient", described);
    }

    [Fact]
    public async Task Tags_count_by_the_pool_in_their_ARN()
    {
        for (var i = 0; i < 5; i++)
            await DoAsync("ListTagsForResource", new { ResourceArn = Pool.Arn });

        await RefusedAsync(TooMany, "ListTagsForResource", new { ResourceArn = Pool.Arn });
        await DoAsync("ListTagsForResource", new { ResourceArn = Cognito.CreateUserPool("other").Arn });
    }

    [Fact]
    public async Task Pools_are_tagged_five_times_a_second_all_together()
    {
        for (var i = 0; i < 5; i++)
            await DoAsync("TagResource", new { ResourceArn = Cognito.CreateUserPool("p").Arn, Tags = new { a = "1" } });

        await RefusedAsync(TooMany, "TagResource", new { ResourceArn = Pool.Arn, Tags = new { a = "1" } });
    }

    [Fact]
    public async Task Both_routes_to_a_token_share_150_a_second()
    {
        for (var i = 0; i < 75; i++)
        {
            (await PostFormAsync("")).Dispose();
            (await CallAsync("GetClientToken", "{}")).Dispose();
        }

        using var token = await PostTokenAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, token.StatusCode);
        await RefusedAsync(TooMany, "GetClientToken", new { });
    }

    [Fact]
    public async Task Five_a_second_evenly_spaced_are_never_too_many()
    {
        for (var i = 0; i < 50; i++)
        {
            await DoAsync("ListUserPoolClients", new { UserPoolId = Pool.Id });
            Clock.Advance(TimeSpan.FromMilliseconds(200));
        }
    }
}
