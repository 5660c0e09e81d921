using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Operations.AppClients;

/// <summary>The claims of an app client in the JSON API (<c>AccessTokenClaims</c>, a member that Cognito does not have).</summary>
public sealed class AppClientClaimsTests : OperationTest
{
    private const string Claims = """{"tenant":"acme","limits":{"daily":12.5},"roles":["a","b"],"beta":true}""";

    [Fact]
    public async Task Claims_are_in_tokens_and_in_the_description()
    {
        var client = await CreateAsync(Claims);

        using var response = await RequestTokenAsync(client);

        var claims = JwtReader.ReadPayload((await ReadJsonAsync(response))["access_token"]!.GetValue<string>());
        Assert.Equal(Claims, new JsonObject(JsonNode.Parse(Claims)!.AsObject().Select(claim => KeyValuePair.Create(claim.Key, claims[claim.Key]?.DeepClone()))).ToJsonString());
        Assert.Equal(Claims, client["AccessTokenClaims"]!.ToJsonString());
        Assert.Equal("acme", Find(client).AccessTokenClaims["tenant"].GetValue<string>());
    }

    [Fact]
    public async Task Update_with_claims_replaces_them_and_update_without_claims_keeps_them()
    {
        var client = await CreateAsync(Claims);
        var ids = new { UserPoolId = PoolId, ClientId = client["ClientId"]!.GetValue<string>() };

        var kept = await CallAsync("UpdateUserPoolClient", ids);
        var replaced = await CallAsync("UpdateUserPoolClient", new { ids.UserPoolId, ids.ClientId, AccessTokenClaims = new { plan = "free" } });
        var emptied = await CallAsync("UpdateUserPoolClient", new { ids.UserPoolId, ids.ClientId, AccessTokenClaims = new { } });

        Assert.Equal(Claims, kept["UserPoolClient"]!["AccessTokenClaims"]!.ToJsonString());
        Assert.Equal("""{"plan":"free"}""", replaced["UserPoolClient"]!["AccessTokenClaims"]!.ToJsonString());
        Assert.Equal("{}", emptied["UserPoolClient"]!["AccessTokenClaims"]!.ToJsonString());
    }

    [Fact]
    public async Task Client_without_claims_shows_none() =>
        Assert.False((await CreateClientAsync()).ContainsKey("AccessTokenClaims"));

    [Theory]
    [InlineData("""{"sub":"x"}""", "Claim 'sub' cannot be changed: Cognito sets it alone.")]
    [InlineData("""{"cognito:x":"x"}""", "Claim 'cognito:x' cannot be changed: Cognito sets it alone.")]
    [InlineData("""{"":"x"}""", "Claim '' cannot be changed: Cognito sets it alone.")]
    [InlineData("""{"scope":"x"}""", "Claim 'scope' is changed by adding or suppressing scopes.")]
    [InlineData("""{"aud":"x"}""", "Claim 'aud' can only be the client id.")]
    [InlineData("""{"tenant":null}""", "Claim 'tenant' has no value.")]
    public async Task Claim_that_a_trigger_cannot_set_is_refused(string claims, string expected)
    {
        var input = new { UserPoolId = PoolId, ClientName = "c", AccessTokenClaims = JsonNode.Parse(claims) };

        Assert.Equal(expected, await AssertRefusedAsync(Invalid, "CreateUserPoolClient", input));
    }

    [Fact]
    public async Task Claims_must_be_an_object() => await AssertRefusedAsync(
        "SerializationException", "CreateUserPoolClient", new { UserPoolId = PoolId, ClientName = "c", AccessTokenClaims = new[] { "tenant" } });

    private async Task<JsonObject> CreateAsync(string claims) => (await CallAsync("CreateUserPoolClient", new
    {
        UserPoolId = PoolId,
        ClientName = "claims",
        GenerateSecret = true,
        AllowedOAuthFlowsUserPoolClient = true,
        AllowedOAuthFlows = new[] { "client_credentials" },
        AllowedOAuthScopes = new[] { "orders/read" },
        AccessTokenClaims = JsonNode.Parse(claims),
    }))["UserPoolClient"]!.AsObject();

    private EmulatedAppClient Find(JsonObject client) =>
        Cognito.UserPools.SelectMany(pool => pool.AppClients).Single(found => found.ClientId == client["ClientId"]!.GetValue<string>());
}
