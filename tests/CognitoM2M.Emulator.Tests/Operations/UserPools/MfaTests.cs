namespace CognitoM2M.Emulator.Tests.Operations.UserPools;

public sealed class MfaTests : OperationTest
{
    [Fact]
    public async Task New_pool_has_multi_factor_authentication_off() =>
        Assert.Equal("""{"MfaConfiguration":"OFF"}""", (await CallAsync("GetUserPoolMfaConfig", new { UserPoolId = PoolId })).ToJsonString());

    [Fact]
    public async Task Settings_are_returned_and_appear_in_the_pool()
    {
        await CallAsync("SetUserPoolMfaConfig", new
        {
            UserPoolId = PoolId,
            MfaConfiguration = "ON",
            SoftwareTokenMfaConfiguration = new { Enabled = true },
        });

        var read = await CallAsync("GetUserPoolMfaConfig", new { UserPoolId = PoolId });
        Assert.Equal("""{"SoftwareTokenMfaConfiguration":{"Enabled":true},"MfaConfiguration":"ON"}""", read.ToJsonString());
        Assert.Equal("ON", (await DescribePoolAsync())["MfaConfiguration"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(null)]
    public async Task Mode_ON_without_a_factor_is_refused(bool? softwareToken)
    {
        var message = await AssertRefusedAsync(Invalid, "SetUserPoolMfaConfig", new
        {
            UserPoolId = PoolId,
            MfaConfiguration = "ON",
            SoftwareTokenMfaConfiguration = softwareToken is null ? null : new { Enabled = softwareToken },
        });

        Assert.Contains("needs a factor", message, StringComparison.Ordinal);
        Assert.Equal("OFF", (await DescribePoolAsync())["MfaConfiguration"]!.GetValue<string>());
    }

    [Fact]
    public async Task Pool_cannot_be_created_or_updated_with_mode_ON_and_without_a_factor()
    {
        await AssertRefusedAsync(Invalid, "CreateUserPool", new { PoolName = "p", MfaConfiguration = "ON" });
        await AssertRefusedAsync(Invalid, "UpdateUserPool", new { UserPoolId = PoolId, MfaConfiguration = "ON" });
        await CallAsync("CreateUserPool", new
        {
            PoolName = "p",
            MfaConfiguration = "ON",
            SmsConfiguration = new { SnsCallerArn = "arn:aws:iam::123456789012:role/sms", ExternalId = "x" },
        });
        await RequireFactorAsync();

        await CallAsync("UpdateUserPool", new { UserPoolId = PoolId, MfaConfiguration = "ON" });

        Assert.Equal("ON", (await DescribePoolAsync())["MfaConfiguration"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("OPTIONAL", null)]
    [InlineData("ON", "MfaConfiguration of the user pool is ON")]
    public async Task No_user_signs_in_without_a_second_factor_that_all_users_need(string mode, string? refusal)
    {
        var pool = Cognito.UserPools.Single(pool => pool.Id == PoolId);
        pool.CreateUser("ann", "Permanent1!");
        var client = (await CallAsync("CreateUserPoolClient", new
        {
            UserPoolId = PoolId,
            ClientName = "login",
            ExplicitAuthFlows = new[] { "ALLOW_USER_PASSWORD_AUTH" },
        }))["UserPoolClient"]!["ClientId"]!.GetValue<string>();
        await CallAsync("SetUserPoolMfaConfig", new { UserPoolId = PoolId, MfaConfiguration = mode, SoftwareTokenMfaConfiguration = new { Enabled = true } });
        var signIn = new { AuthFlow = "USER_PASSWORD_AUTH", ClientId = client, AuthParameters = new { USERNAME = "ann", PASSWORD = "Permanent1!" } };

        if (refusal is null)
            Assert.NotNull((await CallAsync("InitiateAuth", signIn))["AuthenticationResult"]);
        else
            Assert.StartsWith(refusal, await AssertRefusedAsync(Invalid, "InitiateAuth", signIn), StringComparison.Ordinal);
    }

    [Fact]
    public async Task App_clients_get_tokens_if_all_users_need_a_second_factor()
    {
        await RequireFactorAsync();

        using var token = await RequestTokenAsync(await CreateClientAsync());

        Assert.True(token.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Unknown_setting_of_a_factor_is_refused() => Assert.Equal(
        "The emulator does not know the member Issuer ('softwareTokenMfaConfiguration.issuer').",
        await AssertRefusedAsync(
            Invalid, "SetUserPoolMfaConfig", new { UserPoolId = PoolId, SoftwareTokenMfaConfiguration = new { Enabled = true, Issuer = "me" } }));

    private async Task RequireFactorAsync() => await CallAsync("SetUserPoolMfaConfig", new
    {
        UserPoolId = PoolId,
        MfaConfiguration = "ON",
        SoftwareTokenMfaConfiguration = new { Enabled = true },
    });
}
