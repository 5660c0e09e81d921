using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Operations.UserPools;

/// <summary>The trigger that is called before a token is issued, and the key of a user pool.</summary>
public sealed class TriggerTests : OperationTest
{
    private const string Function = "arn:aws:lambda:eu-west-1:123456789012:function:claims";

    private static readonly object _trigger = new { PreTokenGenerationConfig = new { LambdaArn = Function, LambdaVersion = "V3_0" } };

    [Fact]
    public async Task Trigger_and_key_are_described_as_they_were_sent()
    {
        const string Key = "arn:aws:kms:eu-west-1:123456789012:key/one";
        await CallAsync("UpdateUserPool", new
        {
            UserPoolId = PoolId,
            LambdaConfig = _trigger,
            KeyConfiguration = new { KeyType = "CUSTOMER_MANAGED_KEY", KmsKeyArn = Key },
        });

        var pool = await DescribePoolAsync();

        Assert.Equal("V3_0", pool["LambdaConfig"]!["PreTokenGenerationConfig"]!["LambdaVersion"]!.GetValue<string>());
        Assert.Equal(Key, pool["KeyConfiguration"]!["KmsKeyArn"]!.GetValue<string>());
    }

    [Fact]
    public async Task Older_name_of_the_trigger_must_have_the_same_function() => await AssertRefusedAsync(
        Invalid,
        "UpdateUserPool",
        new
        {
            UserPoolId = PoolId,
            LambdaConfig = new { PreTokenGeneration = $"{Function}2", PreTokenGenerationConfig = new { LambdaArn = Function, LambdaVersion = "V3_0" } },
        });

    [Fact]
    public async Task Version_3_is_not_available_in_the_tier_Lite() => await AssertRefusedAsync(
        "FeatureUnavailableInTierException", "UpdateUserPool", new { UserPoolId = PoolId, UserPoolTier = "LITE", LambdaConfig = _trigger });

    [Fact]
    public async Task Unknown_version_is_refused() => await AssertRefusedAsync(
        Invalid,
        "UpdateUserPool",
        new { UserPoolId = PoolId, LambdaConfig = new { PreTokenGenerationConfig = new { LambdaArn = Function, LambdaVersion = "V4_0" } } });

    [Fact]
    public async Task Key_of_the_customer_needs_its_ARN() => await AssertRefusedAsync(
        Invalid, "UpdateUserPool", new { UserPoolId = PoolId, KeyConfiguration = new { KeyType = "CUSTOMER_MANAGED_KEY" } });

    [Fact]
    public async Task Token_request_without_a_replacement_for_the_trigger_fails_and_names_the_function()
    {
        await UseTriggerAsync("V3_0");
        var client = await CreateClientAsync();

        using (var refused = await RequestTokenAsync(client))
        {
            var error = await ReadJsonAsync(refused);
            Assert.Equal("invalid_request", error["error"]!.GetValue<string>());
            Assert.Equal(
                $"PreTokenGeneration names the function {Function}, and the emulator calls no functions. "
                    + "Set the claims of the app client, or OnTokenIssuing of the user pool.",
                error["error_description"]!.GetValue<string>());
        }

        FindPool().OnTokenIssuing = issuance => issuance.AccessToken.ClaimsToAddOrOverride["tenant"] = "acme";
        using var token = await RequestTokenAsync(client);

        var claims = JwtReader.ReadPayload((await ReadJsonAsync(token))["access_token"]!.GetValue<string>());
        Assert.Equal("acme", claims["tenant"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"tenant":"acme"}""", "acme")]
    [InlineData("{}", null)]
    public async Task Claims_of_the_app_client_take_the_place_of_the_trigger(string claims, string? tenant)
    {
        await UseTriggerAsync("V3_0");
        var client = (await CallAsync("CreateUserPoolClient", new
        {
            UserPoolId = PoolId,
            ClientName = "claims",
            GenerateSecret = true,
            AllowedOAuthFlowsUserPoolClient = true,
            AllowedOAuthFlows = new[] { "client_credentials" },
            AllowedOAuthScopes = new[] { "orders/read" },
            AccessTokenClaims = JsonNode.Parse(claims),
        }))["UserPoolClient"]!.AsObject();

        using var token = await RequestTokenAsync(client);

        Assert.Equal(tenant, JwtReader.ReadPayload((await ReadJsonAsync(token))["access_token"]!.GetValue<string>())["tenant"]?.GetValue<string>());
    }

    [Theory]
    [InlineData("V1_0")]
    [InlineData("V2_0")]
    public async Task Trigger_with_an_older_version_of_the_event_is_called_for_users_alone(string version)
    {
        await UseTriggerAsync(version);
        FindPool().CreateUser("ann", "Permanent1!");
        var login = FindPool().CreateAppClient("login", new EmulatedAppClientOptions
        {
            GenerateSecret = false,
            AllowedOAuthFlowsUserPoolClient = false,
            AllowedOAuthFlows = [],
            ExplicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH"],
        });

        using var token = await RequestTokenAsync(await CreateClientAsync());
        var message = await AssertRefusedAsync("UserLambdaValidationException", "InitiateAuth", new
        {
            login.ClientId,
            AuthFlow = "USER_PASSWORD_AUTH",
            AuthParameters = new { USERNAME = "ann", PASSWORD = "Permanent1!" },
        });

        Assert.True(token.IsSuccessStatusCode);
        Assert.StartsWith($"PreTokenGeneration names the function {Function}", message, StringComparison.Ordinal);
    }

    private async Task UseTriggerAsync(string version) => await CallAsync("UpdateUserPool", new
    {
        UserPoolId = PoolId,
        LambdaConfig = new { PreTokenGenerationConfig = new { LambdaArn = Function, LambdaVersion = version } },
    });

    private EmulatedUserPool FindPool() => Cognito.UserPools.Single(pool => pool.Id == PoolId);
}
