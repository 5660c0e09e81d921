using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Signatures;

/// <summary>One emulator serves several regions: the region of the signature decides.</summary>
public sealed class RegionTests : EmulatorTest
{
    [Fact]
    public async Task Pools_are_created_in_the_region_that_was_signed_for_and_lists_show_only_that_region()
    {
        var ohio = await CreatePoolAsync("us-east-2", "ohio");
        var tokyo = await CreatePoolAsync("ap-northeast-1", "tokyo");

        Assert.StartsWith("us-east-2_", ohio, StringComparison.Ordinal);
        Assert.StartsWith("ap-northeast-1_", tokyo, StringComparison.Ordinal);
        Assert.Equal([ohio], await ListAsync("us-east-2"));
        Assert.Equal([tokyo], await ListAsync("ap-northeast-1"));
        Assert.Equal([Pool.Id], await ListAsync("eu-west-1"));
        Assert.Empty(await ListAsync("eu-central-1"));
        Assert.Equal([Pool.Id, ohio, tokyo], Cognito.UserPools.Select(pool => pool.Id));
    }

    [Fact]
    public async Task Request_without_a_signature_reaches_every_region_and_creates_in_the_emulators_own()
    {
        var ohio = await CreatePoolAsync("us-east-2", "ohio");

        var created = await CallAsync("CreateUserPool", new { PoolName = "plain" });
        var described = await CallAsync("DescribeUserPool", new { UserPoolId = ohio });

        Assert.StartsWith("eu-west-1_", created["UserPool"]!["Id"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal($"arn:aws:cognito-idp:us-east-2:123456789012:userpool/{ohio}", described["UserPool"]!["Arn"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("DescribeUserPool")]
    [InlineData("ListUserPoolClients")]
    [InlineData("DeleteUserPool")]
    [InlineData("ListTagsForResource")]
    [InlineData("ListUsers")]
    public async Task Pool_of_another_region_does_not_exist(string operation)
    {
        object input = operation == "ListTagsForResource" ? new { ResourceArn = Pool.Arn } : new { UserPoolId = Pool.Id };

        var refused = await CallSignedAsync("us-east-2", operation, input);
        var served = await CallSignedAsync("eu-west-1", operation, input);

        Assert.Equal("ResourceNotFoundException", refused["__type"]?.GetValue<string>());
        Assert.Equal($"User pool {Pool.Id} does not exist.", refused["message"]!.GetValue<string>());
        Assert.Null(served["__type"]);
    }

    [Fact]
    public async Task Prefix_domain_exists_once_in_each_region()
    {
        var ohio = await CreatePoolAsync("us-east-2", "ohio");
        var other = await CreatePoolAsync("us-east-2", "other");

        var first = await CallSignedAsync("eu-west-1", "CreateUserPoolDomain", new { UserPoolId = Pool.Id, Domain = "acme" });
        var second = await CallSignedAsync("us-east-2", "CreateUserPoolDomain", new { UserPoolId = ohio, Domain = "acme" });
        var taken = await CallSignedAsync("us-east-2", "CreateUserPoolDomain", new { UserPoolId = other, Domain = "acme" });
        var described = await CallSignedAsync("us-east-2", "DescribeUserPoolDomain", new { Domain = "acme" });
        var deleted = await CallSignedAsync("us-east-2", "DeleteUserPoolDomain", new { UserPoolId = ohio, Domain = "acme" });
        var left = await CallSignedAsync("eu-west-1", "DescribeUserPoolDomain", new { Domain = "acme" });

        Assert.Null(first["__type"]);
        Assert.Null(second["__type"]);
        Assert.Equal("Domain already associated with another user pool", taken["message"]!.GetValue<string>());
        Assert.Equal(ohio, described["DomainDescription"]!["UserPoolId"]!.GetValue<string>());
        Assert.Null(deleted["__type"]);
        Assert.Equal(Pool.Id, left["DomainDescription"]!["UserPoolId"]!.GetValue<string>());
    }

    [Fact]
    public async Task Chosen_id_must_be_of_the_region_that_was_signed_for()
    {
        var refused = await CallSignedAsync("us-east-2", "CreateUserPool", new { PoolName = "acme", ChosenUserPoolId = "eu-west-1_LocalDev1" });
        var created = await CallSignedAsync("us-east-2", "CreateUserPool", new { PoolName = "acme", ChosenUserPoolId = "us-east-2_LocalDev1" });

        Assert.Contains("signed for the region us-east-2", refused["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Null(created["__type"]);
    }

    [Fact]
    public async Task Signed_token_request_reaches_the_app_clients_of_its_region()
    {
        object input = new { Client.ClientId, Secret = Client.ClientSecret };

        var refused = await CallSignedAsync("us-east-2", "GetClientToken", input);
        var served = await CallSignedAsync("eu-west-1", "GetClientToken", input);

        Assert.Equal("Invalid client or secret", refused["message"]!.GetValue<string>());
        Assert.NotNull(served["ClientAuthenticationResult"]);
    }

    [Fact]
    public async Task Host_name_of_the_service_is_accepted_in_every_region()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Pool.JwksUri);
        request.Headers.Host = "cognito-idp.us-east-2.amazonaws.com";
        using var response = await Http.SendAsync(request);

        Assert.True(response.IsSuccessStatusCode);
    }

    private async Task<string> CreatePoolAsync(string region, string name) =>
        (await CallSignedAsync(region, "CreateUserPool", new { PoolName = name }))["UserPool"]!["Id"]!.GetValue<string>();

    private async Task<IEnumerable<string>> ListAsync(string region) =>
        (await CallSignedAsync(region, "ListUserPools", new { MaxResults = 60 }))["UserPools"]!.AsArray().Select(pool => pool!["Id"]!.GetValue<string>());

    // The emulator of this class does not check signatures. It reads the region only.
    private async Task<JsonObject> CallSignedAsync(string region, string operation, object input)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Cognito.BaseAddress) { Content = new StringContent(JsonSerializer.Serialize(input)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", $"AWSCognitoIdentityProviderService.{operation}");
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential=key/20261129/{region}/cognito-idp/aws4_request, SignedHeaders=host;x-amz-date, Signature=0");
        using var response = await Http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return body.Length == 0 ? [] : JsonNode.Parse(body)!.AsObject();
    }
}
