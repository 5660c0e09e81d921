using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

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
    public async Task Each_region_has_its_own_rates()
    {
        var ohio = Cognito.CreateUserPool("ohio", new EmulatedUserPoolOptions { Id = "us-east-2_Pool1" });
        for (var i = 0; i < 15; i++)
            await CallAsync("DescribeUserPool", new { UserPoolId = Pool.Id });

        await AssertRefusedAsync(TooMany, "ListUserPools", _list);
        await CallAsync("DescribeUserPool", new { UserPoolId = ohio.Id });
        for (var i = 0; i < 14; i++)
            (await SendSignedAsync("us-east-2")).Dispose();
        using var tooMany = await SendSignedAsync("us-east-2");
        using var tokyo = await SendSignedAsync("ap-northeast-1");

        Assert.Equal(TooMany, (await ReadJsonAsync(tooMany))["__type"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, tokyo.StatusCode);
    }

    [Fact]
    public async Task Token_requests_count_in_the_region_of_their_app_client()
    {
        var ohio = Cognito.CreateUserPool("ohio", new EmulatedUserPoolOptions { Id = "us-east-2_Pool1" });
        ohio.CreateResourceServer("orders", "read");
        var other = ohio.CreateAppClient("other", "orders/read");
        for (var i = 0; i < 150; i++)
            (await PostFormAsync($"client_id={Client.ClientId}")).Dispose();

        using var refused = await PostTokenAsync();
        using var token = await PostFormAsync("grant_type=client_credentials", $"{other.ClientId}:{other.ClientSecret}");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, token.StatusCode);
        await CallAsync("GetClientToken", new { other.ClientId, Secret = other.ClientSecret });
    }

    [Fact]
    public async Task TagResource_is_limited_for_all_regions_of_the_account_together()
    {
        for (var i = 0; i < 5; i++)
        {
            var pool = Cognito.CreateUserPool("p", new EmulatedUserPoolOptions { Id = $"us-east-{i + 1}_Pool1" });
            await CallAsync("TagResource", new { ResourceArn = pool.Arn, Tags = new { a = "1" } });
        }

        await AssertRefusedAsync(TooMany, "TagResource", new { ResourceArn = Pool.Arn, Tags = new { a = "1" } });
    }

    [Fact]
    public async Task Token_requests_for_users_count_as_sign_ins()
    {
        var user = new { Client.ClientId, AuthFlow = "REFRESH_TOKEN_AUTH" };
        for (var i = 0; i < 60; i++)
        {
            (await PostFormAsync("grant_type=refresh_token")).Dispose();
            (await SendOperationAsync("InitiateAuth", "{}")).Dispose();
        }

        using var refresh = await PostFormAsync("grant_type=authorization_code");
        using var token = await PostTokenAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, refresh.StatusCode);
        await AssertRefusedAsync(TooMany, "InitiateAuth", user);
        Assert.Equal(HttpStatusCode.OK, token.StatusCode);
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

    private Task<HttpResponseMessage> SendSignedAsync(string region)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Cognito.BaseAddress) { Content = new StringContent(JsonSerializer.Serialize(_list)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", "AWSCognitoIdentityProviderService.ListUserPools");
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential=key/20261128/{region}/cognito-idp/aws4_request, SignedHeaders=host, Signature={new string('0', 64)}");
        return Http.SendAsync(request);
    }
}
