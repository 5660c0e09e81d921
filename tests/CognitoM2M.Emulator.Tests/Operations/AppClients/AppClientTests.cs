using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Operations.AppClients;

public sealed class AppClientTests : OperationTest
{
    [Fact]
    public async Task New_client_has_the_defaults_of_Cognito_and_no_secret()
    {
        var created = await CallAsync("CreateUserPoolClient", new { UserPoolId = PoolId, ClientName = "plain" });

        var client = created["UserPoolClient"]!.AsObject();
        Assert.Matches(@"\A[0-9a-z]{26}\z", client["ClientId"]!.GetValue<string>());
        Assert.Equal(
            "AllowedOAuthFlowsUserPoolClient AuthSessionValidity ClientId ClientName CreationDate EnablePropagateAdditionalUserContextData "
                + "EnableTokenRevocation ExplicitAuthFlows LastModifiedDate PreventUserExistenceErrors RefreshTokenValidity UserPoolId",
            ListMembers(client));
        Assert.Equal(["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"], ReadTexts(client["ExplicitAuthFlows"]));
        Assert.False(client["AllowedOAuthFlowsUserPoolClient"]!.GetValue<bool>());
        Assert.True(client["EnableTokenRevocation"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Description_returns_all_settings()
    {
        const string Settings = """
            {
              "ClientName": "full", "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"], "AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid", "orders/read"],
              "AllowedOAuthFlowsUserPoolClient": true, "AccessTokenValidity": 10, "IdTokenValidity": 20, "RefreshTokenValidity": 90,
              "TokenValidityUnits": { "AccessToken": "minutes", "IdToken": "minutes", "RefreshToken": "minutes" },
              "SupportedIdentityProviders": ["COGNITO"], "CallbackURLs": ["https://example.com/a"], "LogoutURLs": ["https://example.com/b"],
              "DefaultRedirectURI": "https://example.com/a", "ReadAttributes": ["email"], "WriteAttributes": ["email"], "PreventUserExistenceErrors": "ENABLED",
              "EnableTokenRevocation": false, "EnablePropagateAdditionalUserContextData": false, "AuthSessionValidity": 5,
              "RefreshTokenRotation": { "Feature": "ENABLED", "RetryGracePeriodSeconds": 10 }, "AnalyticsConfiguration": { "UserDataShared": false }
            }
            """;
        var sent = JsonNode.Parse(Settings)!.AsObject();
        sent["UserPoolId"] = PoolId;

        var id = (await CallAsync("CreateUserPoolClient", sent))["UserPoolClient"]!["ClientId"]!.GetValue<string>();

        var described = (await CallAsync("DescribeUserPoolClient", new { UserPoolId = PoolId, ClientId = id }))["UserPoolClient"]!;
        Assert.All(sent, setting => Assert.Equal(setting.Value!.ToJsonString(), described[setting.Key]?.ToJsonString()));
    }

    [Fact]
    public async Task Update_resets_settings_that_it_leaves_out_except_name_and_secret()
    {
        var created = await CreateClientAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));

        var updated = (await CallAsync("UpdateUserPoolClient", Ids(created)))["UserPoolClient"]!.AsObject();

        Assert.Equal("wired", updated["ClientName"]!.GetValue<string>());
        Assert.Equal(created["ClientSecret"]!.GetValue<string>(), updated["ClientSecret"]!.GetValue<string>());
        Assert.False(updated["AllowedOAuthFlowsUserPoolClient"]!.GetValue<bool>());
        Assert.False(updated.ContainsKey("AllowedOAuthFlows"));
        Assert.False(updated.ContainsKey("AllowedOAuthScopes"));
        Assert.Equal(60m, updated["LastModifiedDate"]!.GetValue<decimal>() - updated["CreationDate"]!.GetValue<decimal>());
        using var token = await RequestTokenAsync(created);
        await AssertOAuthErrorAsync("invalid_grant", token);
    }

    [Fact]
    public async Task Update_with_an_unchanged_description_changes_nothing()
    {
        var before = await CreateClientAsync();

        var after = (await CallAsync("UpdateUserPoolClient", before))["UserPoolClient"]!;

        Assert.True(JsonNode.DeepEquals(before, after), after.ToJsonString());
    }

    [Fact]
    public async Task Both_routes_serve_one_client()
    {
        var client = (await CallAsync("CreateUserPoolClient", new
        {
            UserPoolId = PoolId,
            ClientName = "both",
            GenerateSecret = true,
            ExplicitAuthFlows = new[] { "ALLOW_CLIENT_TOKEN_AUTH" },
            AllowedOAuthFlowsUserPoolClient = true,
            AllowedOAuthFlows = new[] { "client_credentials" },
            AllowedOAuthScopes = new[] { "orders/read" },
        }))["UserPoolClient"]!.AsObject();

        var token = await CallAsync("GetClientToken", new
        {
            ClientId = client["ClientId"]!.GetValue<string>(),
            Secret = client["ClientSecret"]!.GetValue<string>(),
        });

        Assert.NotNull(token["ClientAuthenticationResult"]!["AccessToken"]);
        using var response = await RequestTokenAsync(client);
        Assert.True(response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Client_is_found_only_in_its_own_pool_and_not_after_deletion()
    {
        var client = await CreateClientAsync();
        var id = client["ClientId"]!.GetValue<string>();

        await AssertRefusedAsync(NotFound, "DescribeUserPoolClient", new { UserPoolId = Pool.Id, ClientId = id });
        using (var deleted = await SendOperationAsync("DeleteUserPoolClient", Ids(client).ToJsonString()))
            Assert.Empty(await deleted.Content.ReadAsByteArrayAsync());

        Assert.Equal($"User pool client {id} does not exist.", await AssertRefusedAsync(NotFound, "DescribeUserPoolClient", Ids(client)));
        await AssertRefusedAsync(NotFound, "DeleteUserPoolClient", Ids(client));
    }

    [Fact]
    public async Task Client_created_in_C_sharp_has_a_full_description()
    {
        Client.AccessTokenValidity = TimeSpan.FromSeconds(90);

        var client = (await CallAsync("DescribeUserPoolClient", new { UserPoolId = Pool.Id, Client.ClientId }))["UserPoolClient"]!;

        Assert.Equal(Client.ClientSecret, client["ClientSecret"]!.GetValue<string>());
        Assert.Equal(["client_credentials"], ReadTexts(client["AllowedOAuthFlows"]));
        Assert.Equal(90, client["AccessTokenValidity"]!.GetValue<int>());
        Assert.Equal("""{"AccessToken":"seconds"}""", client["TokenValidityUnits"]!.ToJsonString());
    }

    [Fact]
    public async Task Pool_has_at_most_1000_clients()
    {
        while (Pool.AppClients.Count < 1000)
            Pool.CreateAppClient("many", "orders/read");

        await AssertRefusedAsync(LimitExceeded, "CreateUserPoolClient", new { UserPoolId = Pool.Id, ClientName = "one too many" });
    }

    private static JsonObject Ids(JsonObject client) =>
        new() { ["UserPoolId"] = client["UserPoolId"]!.DeepClone(), ["ClientId"] = client["ClientId"]!.DeepClone() };
}
