using System.Net;

namespace CognitoM2M.Emulator.Tests.Quotas;

public sealed class RequestQuotaTests : EmulatorTest
{
    private const string TooMany = "TooManyRequestsException";

    private static readonly object _list = new { MaxResults = 1 };

    private protected override CognitoEmulatorOptions Options => new() { TimeProvider = Clock, EnforceQuotas = true };

    [Fact]
    public async Task Operations_of_a_category_share_its_rate_and_the_rate_recovers()
    {
        for (var i = 0; i < 15; i++)
            await CallAsync("ListUserPools", _list);

        using (var response = await SendOperationAsync("DescribeUserPool", $$"""{"UserPoolId":"{{Pool.Id}}"}"""))
        {
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal("""{"__type":"TooManyRequestsException","message":"Rate exceeded"}""", await response.Content.ReadAsStringAsync());
        }

        await CallAsync("CreateUserPool", new { PoolName = "of another category" });

        Clock.Advance(TimeSpan.FromMilliseconds(67));
        await CallAsync("ListUserPools", _list);
        await AssertRefusedAsync(TooMany, "ListUserPools", _list);
    }

    [Fact]
    public async Task Unused_requests_of_more_than_one_second_are_not_saved()
    {
        Clock.Advance(TimeSpan.FromHours(1));
        for (var i = 0; i < 15; i++)
            await CallAsync("ListUserPools", _list);

        await AssertRefusedAsync(TooMany, "ListUserPools", _list);
    }

    [Fact]
    public async Task One_operation_on_one_pool_is_limited_to_five_requests_per_second()
    {
        var other = Cognito.CreateUserPool("other");
        var described = new { UserPoolId = Pool.Id, Client.ClientId };
        for (var i = 0; i < 5; i++)
            await CallAsync("DescribeUserPoolClient", described);

        await AssertRefusedAsync(TooMany, "DescribeUserPoolClient", described);

        await CallAsync("ListUserPoolClients", new { UserPoolId = Pool.Id });
        await CallAsync("ListUserPoolClients", new { UserPoolId = other.Id });
        Clock.Advance(TimeSpan.FromMilliseconds(200));
        await CallAsync("DescribeUserPoolClient", described);
    }

    [Fact]
    public async Task Tag_requests_count_for_the_pool_in_the_ARN()
    {
        for (var i = 0; i < 5; i++)
            await CallAsync("ListTagsForResource", new { ResourceArn = Pool.Arn });

        await AssertRefusedAsync(TooMany, "ListTagsForResource", new { ResourceArn = Pool.Arn });
        await CallAsync("ListTagsForResource", new { ResourceArn = Cognito.CreateUserPool("other").Arn });
    }

    [Fact]
    public async Task TagResource_is_limited_to_five_requests_per_second_for_all_pools_together()
    {
        for (var i = 0; i < 5; i++)
            await CallAsync("TagResource", new { ResourceArn = Cognito.CreateUserPool("p").Arn, Tags = new { a = "1" } });

        await AssertRefusedAsync(TooMany, "TagResource", new { ResourceArn = Pool.Arn, Tags = new { a = "1" } });
    }

    [Fact]
    public async Task Both_token_routes_share_150_requests_per_second()
    {
        for (var i = 0; i < 75; i++)
        {
            (await PostFormAsync("")).Dispose();
            (await SendOperationAsync("GetClientToken", "{}")).Dispose();
        }

        using var token = await PostTokenAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, token.StatusCode);
        await AssertRefusedAsync(TooMany, "GetClientToken", new { });
    }

    [Fact]
    public async Task Five_evenly_spaced_requests_per_second_are_never_refused()
    {
        for (var i = 0; i < 50; i++)
        {
            await CallAsync("ListUserPoolClients", new { UserPoolId = Pool.Id });
            Clock.Advance(TimeSpan.FromMilliseconds(200));
        }
    }
}
