using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Operations.AppClients;

public sealed class AppClientTests : ManagementTest
{
    private static readonly string[] _m2m = ["client_credentials"];

    [Fact]
    public async Task New_client_has_Cognitos_defaults_and_no_secret()
    {
        var created = await DoAsync("CreateUserPoolClient", new { UserPoolId = PoolId, ClientName = "plain" });

        var client = created["UserPoolClient"]!.AsObject();
        Assert.Matches(@"\A[0-9a-z]{26}\z", client["ClientId"]!.GetValue<string>());
        Assert.Equal(
            "AllowedOAuthFlowsUserPoolClient AuthSessionValidity ClientId ClientName CreationDate EnablePropagateAdditionalUserContextData "
                + "EnableTokenRevocation ExplicitAuthFlows LastModifiedDate PreventUserExistenceErrors RefreshTokenValidity UserPoolId",
            MembersOf(client));
        Assert.Equal(["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"], TextsOf(client["ExplicitAuthFlows"]));
        Assert.False(client["AllowedOAuthFlowsUserPoolClient"]!.GetValue<bool>());
        Assert.True(client["EnableTokenRevocation"]!.GetValue<bool>());
    }

    [Fact]
    public async Task All_settings_come_back_and_so_do_those_nobody_knows()
    {
        const string Settings = """
            {
              "ClientName": "full", "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"], "AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid", "orders/read"],
              "AllowedOAuthFlowsUserPoolClient": true, "AccessTokenValidity": 10, "IdTokenValidity": 20, "RefreshTokenValidity": 90,
              "TokenValidityUnits": { "AccessToken": "minutes", "IdToken": "minutes", "RefreshToken": "minutes" },
              "SupportedIdentityProviders": ["COGNITO"], "CallbackURLs": ["https://example.com/a"], "LogoutURLs": ["https://example.com/b"],
              "DefaultRedirectURI": "https://example.com/a", "ReadAttributes": ["email"], "WriteAttributes": ["email"], "PreventUserExistenceErrors": "ENABLED",
              "EnableTokenRevocation": false, "EnablePropagateAdditionalUserContextData": true, "AuthSessionValidity": 5,
              "RefreshTokenRotation": { "Feature": "ENABLED", "RetryGracePeriodSeconds": 10 }, "AnalyticsConfiguration": { "UserDataShared": false }, "FutureSetting": [1]
            }
            """;
        var sent = JsonNode.Parse(Settings)!.AsObject();
        sent["UserPoolId"] = PoolId;

        var id = (await DoAsync("CreateUserPoolClient", sent))["UserPoolClient"]!["ClientId"]!.GetValue<string>();

        var described = (await DoAsync("DescribeUserPoolClient", new { UserPoolId = PoolId, ClientId = id }))["UserPoolClient"]!;
        Assert.All(sent, setting => Assert.Equal(setting.Value!.ToJsonString(), described[setting.Key]?.ToJsonString()));
    }

    [Fact]
    public async Task Update_resets_what_it_leaves_out_but_neither_name_nor_secret()
    {
        var created = await CreateClientAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));

        var updated = (await DoAsync("UpdateUserPoolClient", Ids(created)))["UserPoolClient"]!.AsObject();

        Assert.Equal("wired", updated["ClientName"]!.GetValue<string>());
        Assert.Equal(created["ClientSecret"]!.GetValue<string>(), updated["ClientSecret"]!.GetValue<string>());
        Assert.False(updated["AllowedOAuthFlowsUserPoolClient"]!.GetValue<bool>());
        Assert.False(updated.ContainsKey("AllowedOAuthFlows"));
        Assert.False(updated.ContainsKey("AllowedOAuthScopes"));
        Assert.Equal(60m, updated["LastModifiedDate"]!.GetValue<decimal>() - updated["CreationDate"]!.GetValue<decimal>());
        using var token = await PostTokenForAsync(created);
        await AssertOAuthErrorAsync("invalid_grant", token);
    }

    [Fact]
    public async Task Description_sent_back_changes_nothing()
    {
        var before = await CreateClientAsync();

        var after = (await DoAsync("UpdateUserPoolClient", before))["UserPoolClient"]!;

        Assert.True(JsonNode.DeepEquals(before, after), after.ToJsonString());
    }

    [Theory]
    [InlineData(10, "minutes", 600)]
    [InlineData(300, "seconds", 300)]
    [InlineData(1, "days", 86400)]
    [InlineData(2, null, 7200)]
    public async Task Token_lasts_as_long_as_the_client_says(int amount, string? unit, int seconds)
    {
        var client = await CreateClientAsync();
        var input = client.DeepClone().AsObject();
        input["AccessTokenValidity"] = amount;
        input["TokenValidityUnits"] = new JsonObject { ["AccessToken"] = unit };
        await DoAsync("UpdateUserPoolClient", input);

        using var token = await PostTokenForAsync(client);

        Assert.Equal(seconds, (await JsonOf(token))["expires_in"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("AccessToken", 25, null)]
    [InlineData("AccessToken", 4, "minutes")]
    [InlineData("AccessToken", 2, "days")]
    [InlineData("IdToken", 299, "seconds")]
    [InlineData("RefreshToken", 59, "minutes")]
    [InlineData("RefreshToken", 3651, null)]
    [InlineData("RefreshToken", 315360000, "days")]
    public async Task Lifetime_has_a_range(string token, int amount, string? unit)
    {
        var input = new JsonObject
        {
            ["UserPoolId"] = PoolId,
            ["ClientName"] = "range",
            [$"{token}Validity"] = amount,
            ["TokenValidityUnits"] = new JsonObject { [token] = unit },
        };

        Assert.Equal("Invalid range for token validity.", await RefusedAsync(Invalid, "CreateUserPoolClient", input));
    }

    [Fact]
    public async Task Flow_client_credentials_goes_with_no_other() => Assert.Equal(
        "client_credentials flow can not be selected along with code flow or implicit flow.",
        await RefusedAsync("InvalidOAuthFlowException", "CreateUserPoolClient", new
        {
            UserPoolId = PoolId,
            ClientName = "c",
            GenerateSecret = true,
            AllowedOAuthFlows = new[] { "client_credentials", "code" },
        }));

    [Fact]
    public async Task Flow_client_credentials_needs_a_secret() => Assert.Equal(
        "client_credentials flow can not be selected if client does not have a client secret.",
        await RefusedAsync(
            "InvalidOAuthFlowException", "CreateUserPoolClient", new { UserPoolId = PoolId, ClientName = "c", AllowedOAuthFlows = _m2m }));

    [Fact]
    public async Task Flow_client_credentials_has_no_standard_scopes() => Assert.Equal(
        "openid is not supported with client_credentials flow",
        await RefusedAsync("InvalidOAuthFlowException", "CreateUserPoolClient", new
        {
            UserPoolId = PoolId,
            ClientName = "c",
            GenerateSecret = true,
            AllowedOAuthFlows = _m2m,
            AllowedOAuthScopes = new[] { "openid" },
        }));

    [Fact]
    public async Task Scope_has_to_exist() => Assert.Equal(
        "Invalid scope requested: orders/delete",
        await RefusedAsync("ScopeDoesNotExistException", "CreateUserPoolClient", new
        {
            UserPoolId = PoolId,
            ClientName = "c",
            AllowedOAuthScopes = new[] { "orders/delete" },
        }));

    [Fact]
    public async Task OAuth_needs_flows_and_scopes() => Assert.Equal(
        "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
        await RefusedAsync(Invalid, "CreateUserPoolClient", new
        {
            UserPoolId = PoolId,
            ClientName = "c",
            GenerateSecret = true,
            AllowedOAuthFlows = _m2m,
            AllowedOAuthFlowsUserPoolClient = true,
        }));

    [Fact]
    public async Task Flow_code_needs_a_callback() => Assert.Equal(
        "CallbackUrls can not be empty when code flow or implicit flow is selected",
        await RefusedAsync(
            Invalid, "CreateUserPoolClient", new { UserPoolId = PoolId, ClientName = "c", AllowedOAuthFlows = new[] { "code" } }));

    [Theory]
    [InlineData("ALLOW_CLIENT_TOKEN_AUTH", "ALLOW_REFRESH_TOKEN_AUTH")]
    [InlineData("ALLOW_REFRESH_TOKEN_AUTH", "ADMIN_NO_SRP_AUTH")]
    [InlineData("ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_EVERYTHING")]
    public async Task Some_flows_of_the_JSON_API_do_not_mix(params string[] flows) =>
        await RefusedAsync(Invalid, "CreateUserPoolClient", new { UserPoolId = PoolId, ClientName = "c", ExplicitAuthFlows = flows });

    [Fact]
    public async Task Secret_is_made_up_or_chosen_but_not_both()
    {
        const string Chosen = "a_secret_of_24_chars_or+";

        var client = await DoAsync("CreateUserPoolClient", new { UserPoolId = PoolId, ClientName = "c", ClientSecret = Chosen });

        Assert.Equal(Chosen, client["UserPoolClient"]!["ClientSecret"]!.GetValue<string>());
        await RefusedAsync(
            Invalid, "CreateUserPoolClient", new { UserPoolId = PoolId, ClientName = "c", ClientSecret = Chosen, GenerateSecret = true });
    }

    [Fact]
    public async Task Secret_of_another_shape_is_not_repeated()
    {
        const string Malformed = "not a secret";

        var message = await RefusedAsync(
            Invalid, "CreateUserPoolClient", new { UserPoolId = PoolId, ClientName = "c", ClientSecret = Malformed });

        Assert.Contains("Value at 'clientSecret' failed to satisfy constraint", message, StringComparison.Ordinal);
        Assert.DoesNotContain(Malformed, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_routes_serve_one_client()
    {
        var client = (await DoAsync("CreateUserPoolClient", new
        {
            UserPoolId = PoolId,
            ClientName = "both",
            GenerateSecret = true,
            ExplicitAuthFlows = new[] { "ALLOW_CLIENT_TOKEN_AUTH" },
            AllowedOAuthFlowsUserPoolClient = true,
            AllowedOAuthFlows = _m2m,
            AllowedOAuthScopes = new[] { "orders/read" },
        }))["UserPoolClient"]!.AsObject();

        var token = await DoAsync("GetClientToken", new
        {
            ClientId = client["ClientId"]!.GetValue<string>(),
            Secret = client["ClientSecret"]!.GetValue<string>(),
        });

        Assert.NotNull(token["ClientAuthenticationResult"]!["AccessToken"]);
        using var response = await PostTokenForAsync(client);
        Assert.True(response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Client_is_found_in_its_own_pool_alone_and_deleted_for_good()
    {
        var client = await CreateClientAsync();
        var id = client["ClientId"]!.GetValue<string>();

        await RefusedAsync(NotFound, "DescribeUserPoolClient", new { UserPoolId = Pool.Id, ClientId = id });
        using (var deleted = await CallAsync("DeleteUserPoolClient", Ids(client).ToJsonString()))
            Assert.Empty(await deleted.Content.ReadAsByteArrayAsync());

        Assert.Equal($"User pool client {id} does not exist.", await RefusedAsync(NotFound, "DescribeUserPoolClient", Ids(client)));
        await RefusedAsync(NotFound, "DeleteUserPoolClient", Ids(client));
    }

    [Fact]
    public async Task Seeded_client_is_described_like_any_other()
    {
        Client.AccessTokenValidity = TimeSpan.FromSeconds(90);

        var client = (await DoAsync("DescribeUserPoolClient", new { UserPoolId = Pool.Id, Client.ClientId }))["UserPoolClient"]!;

        Assert.Equal(Client.ClientSecret, client["ClientSecret"]!.GetValue<string>());
        Assert.Equal(["client_credentials"], TextsOf(client["AllowedOAuthFlows"]));
        Assert.Equal(90, client["AccessTokenValidity"]!.GetValue<int>());
        Assert.Equal("""{"AccessToken":"seconds"}""", client["TokenValidityUnits"]!.ToJsonString());
    }

    [Fact]
    public async Task Pool_has_at_most_1000_clients()
    {
        while (Pool.AppClients.Count < 1000)
            Pool.CreateAppClient("many", "orders/read");

        await RefusedAsync(LimitExceeded, "CreateUserPoolClient", new { UserPoolId = Pool.Id, ClientName = "one too many" });
    }

    private static JsonObject Ids(JsonObject client) =>
        new() { ["UserPoolId"] = client["UserPoolId"]!.DeepClone(), ["ClientId"] = client["ClientId"]!.DeepClone() };
}
