using System.Net;

namespace CognitoM2M.Emulator.Tests.OAuth2;

public sealed class TokenEndpointTests : EmulatorTest
{
    [Fact]
    public async Task Response_has_exactly_the_members_and_headers_of_Cognito()
    {
        using var response = await PostTokenAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json;charset=UTF-8", response.Content.Headers.NonValidated["Content-Type"].ToString());
        var body = await ReadJsonAsync(response);
        Assert.Equal("access_token expires_in token_type", ListMembers(body));
        Assert.Equal(3600, body["expires_in"]!.GetValue<int>());
        Assert.Equal("Bearer", body["token_type"]!.GetValue<string>());
        Assert.Equal("*", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.True(response.Headers.Contains("x-amz-cognito-request-id"));
    }

    [Fact]
    public async Task Token_has_every_scope_of_the_client_if_the_request_names_no_scope()
    {
        Assert.Equal("orders/read orders/write", await GetGrantedScopesAsync());
        Assert.Equal("orders/read orders/write", await GetGrantedScopesAsync("&scope="));
    }

    [Fact]
    public async Task Token_holds_each_requested_scope_once()
    {
        Assert.Equal("orders/write", await GetGrantedScopesAsync("&scope=orders/write+orders%2Fwrite"));
    }

    [Theory]
    [InlineData("orders/delete")]
    [InlineData("orders/read+orders/delete")]
    [InlineData("Orders/Read")]
    [InlineData("openid")]
    public async Task Scope_that_the_client_is_not_allowed_gets_invalid_scope(string scope)
    {
        using var response = await PostTokenAsync($"&scope={scope}");

        await AssertOAuthErrorAsync("invalid_scope", response);
    }

    [Fact]
    public async Task Deleted_scope_is_left_out_of_tokens_until_it_is_added_again()
    {
        Pool.DeleteScope("orders", "write");
        Assert.Equal("orders/read", await GetGrantedScopesAsync());
        Assert.Equal("orders/read", await GetGrantedScopesAsync("&scope=orders/read+orders/write"));

        Pool.AddScope("orders", "write");
        Assert.Equal("orders/read orders/write", await GetGrantedScopesAsync());
    }

    [Fact]
    public async Task Token_without_any_scope_is_not_issued()
    {
        Pool.DeleteScope("orders", "read");
        using (var onlyDeletedScope = await PostTokenAsync("&scope=orders/read"))
            await AssertOAuthErrorAsync("invalid_scope", onlyDeletedScope);

        Client.AllowedOAuthScopes = [];
        using var noScopes = await PostTokenAsync();
        await AssertOAuthErrorAsync("invalid_scope", noScopes);
    }

    [Fact]
    public async Task Client_without_OAuth_enabled_gets_invalid_grant()
    {
        Client.AllowedOAuthFlowsUserPoolClient = false;

        using var response = await PostTokenAsync();

        await AssertOAuthErrorAsync("invalid_grant", response);
    }

    [Fact]
    public async Task Client_without_the_client_credentials_flow_gets_unauthorized_client()
    {
        Client.AllowedOAuthFlows = ["code"];

        using var response = await PostTokenAsync();

        await AssertOAuthErrorAsync("unauthorized_client", response);
    }

    [Theory]
    [InlineData("authorization_code", "unauthorized_client")]
    [InlineData("refresh_token", "unauthorized_client")]
    [InlineData("password", "unsupported_grant_type")]
    [InlineData("Client_Credentials", "unsupported_grant_type")]
    [InlineData("", "invalid_request")]
    public async Task Other_grant_types_are_refused(string grantType, string error)
    {
        using var response = await PostFormAsync($"grant_type={grantType}", $"{Client.ClientId}:{Client.ClientSecret}");

        await AssertOAuthErrorAsync(error, response);
    }

    [Theory]
    [InlineData("client_credentials")]
    [InlineData("refresh_token&refresh_token=x")]
    [InlineData("authorization_code&code=x&redirect_uri=y")]
    public async Task Resource_binding_is_refused_by_name(string grant)
    {
        using var response = await PostFormAsync(
            $"grant_type={grant}&resource=https%3A%2F%2Forders.example.com", $"{Client.ClientId}:{Client.ClientSecret}");

        var error = await ReadJsonAsync(response);
        Assert.Equal("invalid_request", error["error"]!.GetValue<string>());
        Assert.Equal("The emulator does not support the parameter resource.", error["error_description"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("&scope=orders/read&scope=orders/write")]
    [InlineData("&grant_type=client_credentials")]
    [InlineData("&aws_client_metadata=nonsense")]
    [InlineData("&aws_client_metadata=[]")]
    [InlineData("&aws_client_metadata={\"tenant\":1}")]
    public async Task Malformed_parameters_get_invalid_request(string parameters)
    {
        using var response = await PostTokenAsync(parameters);

        await AssertOAuthErrorAsync("invalid_request", response);
    }

    [Fact]
    public async Task Client_metadata_with_text_values_is_accepted()
    {
        using var response = await PostTokenAsync("&aws_client_metadata=%7B%22tenant%22%3A%22acme%22%7D");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Token_has_the_lifetime_of_the_client_settings()
    {
        Client.AccessTokenValidity = TimeSpan.FromSeconds(5);

        using var response = await PostTokenAsync();

        Assert.Equal(5, (await ReadJsonAsync(response))["expires_in"]!.GetValue<int>());
    }

    [Fact]
    public async Task Deleted_client_gets_invalid_client()
    {
        Pool.DeleteAppClient(Client.ClientId);

        using var response = await PostTokenAsync();

        await AssertOAuthErrorAsync("invalid_client", response);
        Assert.Empty(Pool.AppClients);
    }

    [Fact]
    public async Task Pool_is_found_by_the_client_id()
    {
        var other = Cognito.CreateUserPool("warehouse");
        other.CreateResourceServer("stock", "count");
        var robot = other.CreateAppClient("robot", "stock/count");

        using var response = await PostFormAsync("grant_type=client_credentials", $"{robot.ClientId}:{robot.ClientSecret}");

        var token = (await ReadJsonAsync(response))["access_token"]!.GetValue<string>();
        Assert.Equal(other.Issuer, JwtReader.ReadPayload(token)["iss"]!.GetValue<string>());
    }

    [Fact]
    public async Task Token_requests_succeed_while_settings_change()
    {
        var requests = Enumerable.Range(0, 40).Select(_ => GetAccessTokenAsync()).ToArray();
        for (var i = 0; i < 40; i++)
        {
            Client.AccessTokenValidity = TimeSpan.FromMinutes(5 + i);
            Client.AddSecret();
            Client.DeleteSecret(Client.ClientSecrets[^1]);
            Pool.CreateAppClient($"client {i}", "orders/read");
        }

        var tokens = await Task.WhenAll(requests);

        Assert.Equal(40, tokens.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(41, Pool.AppClients.Count);
    }
}
