using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Issuance;

public sealed class TokenCustomizationTests : EmulatorTest
{
    [Fact]
    public async Task Handler_sees_the_request_as_Cognitos_trigger_does()
    {
        EmulatedTokenIssuance? seen = null;
        Pool.OnTokenIssuing = issuance => seen = issuance;

        await GetAccessTokenAsync("&scope=orders/read&aws_client_metadata=%7B%22tenant%22%3A%22acme%22%7D");

        Assert.Equal("TokenGeneration_ClientCredentials", seen!.TriggerSource);
        Assert.Equal("ClientCredentials", seen.UserName);
        Assert.Same(Client, seen.AppClient);
        Assert.Equal(["orders/read"], seen.Scopes);
        Assert.Equal("acme", Assert.Single(seen.ClientMetadata, entry => entry.Key == "tenant").Value);
    }

    [Fact]
    public async Task Handler_sees_the_metadata_of_GetClientToken()
    {
        string? tenant = null;
        Pool.OnTokenIssuing = issuance => tenant = issuance.ClientMetadata["tenant"];

        await CallAsync("GetClientToken", new { Client.ClientId, Secret = Client.ClientSecret, ClientMetadata = new { tenant = "acme" } });

        Assert.Equal("acme", tenant);
    }

    [Fact]
    public async Task Claims_are_added_overridden_and_suppressed()
    {
        Client.AccessTokenClaims = new Dictionary<string, JsonNode> { ["tenant"] = "acme", ["plan"] = "free", ["region"] = "eu" };
        Pool.OnTokenIssuing = issuance =>
        {
            var changes = issuance.AccessToken;
            changes.ClaimsToAddOrOverride["plan"] = "paid";
            changes.ClaimsToAddOrOverride["seats"] = 12;
            changes.ClaimsToAddOrOverride["roles"] = new JsonArray("a", "b");
            changes.ClaimsToAddOrOverride["limits"] = new JsonObject { ["daily"] = 1.5 };
            changes.ClaimsToAddOrOverride["beta"] = true;
            changes.ClaimsToAddOrOverride["aud"] = issuance.AppClient.ClientId;
            changes.ClaimsToSuppress.Add("region");
        };

        var claims = JwtReader.ReadPayload(await GetAccessTokenAsync());

        Assert.Equal("acme", claims["tenant"]!.GetValue<string>());
        Assert.Equal("paid", claims["plan"]!.GetValue<string>());
        Assert.Equal(12, claims["seats"]!.GetValue<int>());
        Assert.Equal("""["a","b"]""", claims["roles"]!.ToJsonString());
        Assert.Equal("""{"daily":1.5}""", claims["limits"]!.ToJsonString());
        Assert.True(claims["beta"]!.GetValue<bool>());
        Assert.Equal(Client.ClientId, claims["aud"]!.GetValue<string>());
        Assert.False(claims.ContainsKey("region"));
        Assert.Equal("orders/read orders/write", claims["scope"]!.GetValue<string>());
    }

    [Fact]
    public async Task Scopes_are_added_and_suppressed()
    {
        Pool.OnTokenIssuing = issuance =>
        {
            issuance.AccessToken.ScopesToAdd.Add("beta");
            issuance.AccessToken.ScopesToAdd.Add("orders/read");
            issuance.AccessToken.ScopesToSuppress.Add("orders/write");
        };

        Assert.Equal("orders/read beta", await GetGrantedScopesAsync());
    }

    [Fact]
    public async Task Token_whose_scopes_are_all_suppressed_has_no_scope_claim()
    {
        Pool.OnTokenIssuing = issuance => issuance.AccessToken.ScopesToSuppress.UnionWith(issuance.Scopes);

        Assert.False(JwtReader.ReadPayload(await GetAccessTokenAsync()).ContainsKey("scope"));
    }

    [Fact]
    public async Task Same_value_can_be_given_to_every_token()
    {
        var shared = new JsonArray("a");
        Pool.OnTokenIssuing = issuance =>
        {
            issuance.AccessToken.ClaimsToAddOrOverride["first"] = shared;
            issuance.AccessToken.ClaimsToAddOrOverride["second"] = shared;
        };

        await GetAccessTokenAsync();
        var claims = JwtReader.ReadPayload(await GetAccessTokenAsync());

        Assert.Equal("""["a"]""", claims["first"]!.ToJsonString());
        Assert.Equal("""["a"]""", claims["second"]!.ToJsonString());
    }

    public static TheoryData<string> FixedClaims =>
    [
        "acr", "amr", "at_hash", "auth_time", "azp", "client_id", "device_key", "event_id", "exp", "iat", "identities", "iss", "jti", "nbf",
        "nonce", "origin_jti", "scope", "sub", "token_use", "username", "version", "cognito:username", "",
    ];

    [Theory]
    [MemberData(nameof(FixedClaims))]
    public async Task Claim_of_Cognitos_own_cannot_be_changed(string claim)
    {
        Assert.Throws<ArgumentException>(() => Client.AccessTokenClaims = new Dictionary<string, JsonNode> { [claim] = "x" });

        Pool.OnTokenIssuing = issuance => issuance.AccessToken.ClaimsToAddOrOverride[claim] = "x";
        await AssertTriggerFailedAsync($"Claim '{claim}'");

        Pool.OnTokenIssuing = issuance => issuance.AccessToken.ClaimsToSuppress.Add(claim);
        await AssertTriggerFailedAsync($"Claim '{claim}'");
    }

    [Fact]
    public async Task Request_fails_if_a_trigger_sets_an_invalid_claim_or_scope()
    {
        Pool.OnTokenIssuing = issuance => issuance.AccessToken.ClaimsToAddOrOverride["aud"] = "another-client";
        await AssertTriggerFailedAsync("Claim 'aud' can only be the client id.");

        Pool.OnTokenIssuing = issuance => issuance.AccessToken.ClaimsToAddOrOverride["aud"] = new JsonArray(Client.ClientId);
        await AssertTriggerFailedAsync("Claim 'aud' can only be the client id.");

        Pool.OnTokenIssuing = issuance => issuance.AccessToken.ClaimsToAddOrOverride["plan"] = null!;
        await AssertTriggerFailedAsync("Claim 'plan' has no value.");

        Pool.OnTokenIssuing = issuance => issuance.AccessToken.ScopesToAdd.Add("two scopes");
        await AssertTriggerFailedAsync("a scope to add is empty or has a character that no scope has");
    }

    [Fact]
    public async Task More_changes_than_Cognitos_quota_fail_the_request()
    {
        var count = 5_000;
        Pool.OnTokenIssuing = issuance =>
        {
            for (var i = 0; i < count; i++)
                issuance.AccessToken.ClaimsToAddOrOverride[$"c{i}"] = i;
        };
        Assert.Equal(4_999, JwtReader.ReadPayload(await GetAccessTokenAsync())["c4999"]!.GetValue<int>());

        count = 5_001;
        await AssertTriggerFailedAsync("more than 5000");
    }

    [Fact]
    public async Task Handler_that_throws_fails_the_request_and_issues_no_token()
    {
        Pool.OnTokenIssuing = _ => throw new InvalidOperationException("tenant is locked");

        await AssertTriggerFailedAsync("PreTokenGeneration failed with error tenant is locked.");
        Assert.Equal(0, Cognito.TokenRequests.IssuedTokens);

        Pool.OnTokenIssuing = null;
        Assert.Equal("orders/read orders/write", await GetGrantedScopesAsync());
    }

    [Fact]
    public async Task Client_can_be_created_with_claims()
    {
        var claims = new Dictionary<string, JsonNode> { ["tenant"] = new JsonObject { ["id"] = 7 } };
        var client = Pool.CreateAppClient("billing", new EmulatedAppClientOptions { AllowedOAuthScopes = ["orders/read"], AccessTokenClaims = claims });
        claims["tenant"]!["id"] = 8;
        client.AccessTokenClaims["tenant"]["id"] = 9;

        using var response = await PostFormAsync(
            $"grant_type=client_credentials&client_id={client.ClientId}&client_secret={client.ClientSecret}");

        var token = (await ReadJsonAsync(response))["access_token"]!.GetValue<string>();
        Assert.Equal("""{"id":7}""", JwtReader.ReadPayload(token)["tenant"]!.ToJsonString());
        Assert.Throws<ArgumentException>(() => Pool.CreateAppClient(
            "wrong", new EmulatedAppClientOptions { AllowedOAuthScopes = ["orders/read"], AccessTokenClaims = new Dictionary<string, JsonNode> { ["sub"] = "x" } }));
    }

    private async Task AssertTriggerFailedAsync(string message)
    {
        using var response = await PostTokenAsync();
        var body = await ReadJsonAsync(response);
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("invalid_request", body["error"]!.GetValue<string>());
        Assert.Contains(message, body["error_description"]!.GetValue<string>(), StringComparison.Ordinal);

        var input = new { Client.ClientId, Secret = Client.ClientSecret };
        Assert.Contains(message, await AssertRefusedAsync("UserLambdaValidationException", "GetClientToken", input), StringComparison.Ordinal);
    }
}
