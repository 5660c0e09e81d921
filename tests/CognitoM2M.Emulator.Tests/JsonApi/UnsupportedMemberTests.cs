using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Tests.Operations;

namespace CognitoM2M.Emulator.Tests.JsonApi;

/// <summary>The emulator refuses members that it does not support. The error names the member.</summary>
public sealed class UnsupportedMemberTests : OperationTest
{
    private const string Function = "arn:aws:lambda:eu-west-1:123456789012:function:f";

    [Theory]
    [InlineData("PreSignUp")]
    [InlineData("CustomMessage")]
    [InlineData("PostConfirmation")]
    [InlineData("PreAuthentication")]
    [InlineData("PostAuthentication")]
    [InlineData("DefineAuthChallenge")]
    [InlineData("CreateAuthChallenge")]
    [InlineData("VerifyAuthChallengeResponse")]
    [InlineData("UserMigration")]
    [InlineData("KMSKeyID")]
    public async Task Trigger_that_the_emulator_does_not_call_is_refused(string trigger)
    {
        var settings = new JsonObject { ["UserPoolId"] = PoolId, ["LambdaConfig"] = new JsonObject { [trigger] = Function } };

        var message = await AssertRefusedAsync(Invalid, "UpdateUserPool", settings);

        var path = $"lambdaConfig.{char.ToLowerInvariant(trigger[0])}{trigger[1..]}";
        Assert.Equal($"The emulator does not support the member {trigger} ('{path}'): it calls no Lambda functions.", message);
    }

    [Theory]
    [InlineData("""{"LambdaConfig":{"CustomSMSSender":{"LambdaVersion":"V1_0","LambdaArn":"arn:aws:lambda:eu-west-1:123456789012:function:f"}}}""", "CustomSMSSender")]
    [InlineData("""{"LambdaConfig":{"CustomEmailSender":{"LambdaVersion":"V1_0","LambdaArn":"arn:aws:lambda:eu-west-1:123456789012:function:f"}}}""", "CustomEmailSender")]
    [InlineData("""{"LambdaConfig":{"InboundFederation":{"LambdaVersion":"V1_0","LambdaArn":"arn:aws:lambda:eu-west-1:123456789012:function:f"}}}""", "InboundFederation")]
    [InlineData("""{"DeviceConfiguration":{"ChallengeRequiredOnNewDevice":false}}""", "ChallengeRequiredOnNewDevice")]
    [InlineData("""{"DeviceConfiguration":{"DeviceOnlyRememberedOnUserPrompt":true}}""", "DeviceOnlyRememberedOnUserPrompt")]
    [InlineData("""{"UserPoolAddOns":{"AdvancedSecurityMode":"ENFORCED"}}""", "AdvancedSecurityMode")]
    [InlineData("""{"UserPoolAddOns":{"AdvancedSecurityMode":"OFF","AdvancedSecurityAdditionalFlows":{"CustomAuthMode":"ENFORCED"}}}""", "CustomAuthMode")]
    [InlineData("""{"Policies":{"SignInPolicy":{"AllowedFirstAuthFactors":["PASSWORD","EMAIL_OTP"]}}}""", "AllowedFirstAuthFactors")]
    [InlineData("""{"DcrConfiguration":{"EnableStatus":"ENABLED"}}""", "EnableStatus")]
    [InlineData("""{"DcrConfiguration":{"OpenDcrEnabled":true}}""", "OpenDcrEnabled")]
    [InlineData("""{"AcrConfiguration":{"Level1":{"AcrValue":"urn:mine"}}}""", "AcrConfiguration")]
    public async Task Error_for_an_unsupported_setting_of_a_user_pool_names_the_setting(string settings, string name)
    {
        var input = JsonNode.Parse(settings)!.AsObject();
        input["PoolName"] = "p";
        input["UserPoolTier"] = "PLUS";

        var message = await AssertRefusedAsync(Invalid, "CreateUserPool", input);

        Assert.StartsWith($"The emulator does not support the member {name} (", message, StringComparison.Ordinal);
        Assert.Equal(2, Cognito.UserPools.Count);
    }

    [Theory]
    [InlineData("InitiateAuth", """{"ClientId":"x","AuthFlow":"USER_PASSWORD_AUTH","Session":"twenty characters long"}""", "Session")]
    [InlineData("GetTokensFromRefreshToken", """{"ClientId":"x","RefreshToken":"x","DeviceKey":"eu-west-1_0"}""", "DeviceKey")]
    [InlineData("RevokeToken", """{"ClientId":"x","Token":"x","RevokeAssociatedSessions":"LINKED"}""", "RevokeAssociatedSessions")]
    [InlineData("CreateUserPoolDomain", """{"UserPoolId":"eu-west-1_A","Domain":"a","Routing":{"Failover":{"SecondaryRegion":"eu-west-2","PrimaryRoute53HealthCheckId":"x"}}}""", "Routing")]
    [InlineData("CreateUserPool", """{"PoolName":"p","Schema":[{"Name":"a","DeveloperOnlyAttribute":true}]}""", "DeveloperOnlyAttribute")]
    public async Task Error_for_an_unsupported_member_of_another_operation_names_the_member(string operation, string input, string name) =>
        Assert.StartsWith(
            $"The emulator does not support the member {name} (",
            await AssertRefusedAsync(Invalid, operation, JsonNode.Parse(input)!),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"PoolName":"p","FutureSetting":1}""", "The emulator does not know the member FutureSetting ('futureSetting').")]
    [InlineData("""{"PoolName":"p","poolName":"p"}""", "The emulator does not know the member poolName ('poolName').")]
    [InlineData("""{"PoolName":"p","Policies":{"PasswordPolicy":{"Future":true}}}""", "The emulator does not know the member Future ('policies.passwordPolicy.future').")]
    [InlineData("""{"PoolName":"p","Schema":[{"Name":"a"},{"Name":"b","Future":1}]}""", "The emulator does not know the member Future ('schema.2.member.future').")]
    [InlineData("""{"PoolName":"p","Arn":"a"}""", "The emulator does not know the member Arn ('arn').")]
    [InlineData("""{"PoolName":"p","A":1,"DeviceConfiguration":{"B":1}}""", "The emulator does not know the member B ('deviceConfiguration.b'). The emulator does not know the member A ('a').")]
    public async Task Unknown_member_is_refused_at_any_depth(string input, string expected) =>
        Assert.Equal(expected, await AssertRefusedAsync(Invalid, "CreateUserPool", JsonNode.Parse(input)!));

    [Fact]
    public async Task Members_that_ask_for_the_usual_behaviour_of_the_emulator_are_accepted()
    {
        const string Settings = """
            {
              "PoolName": "defaults", "LambdaConfig": {}, "DeviceConfiguration": {}, "AcrConfiguration": {}, "FutureSetting": null,
              "UserPoolAddOns": { "AdvancedSecurityMode": "OFF" }, "Policies": { "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD"] } },
              "DcrConfiguration": { "EnableStatus": "DISABLED", "OpenDcrEnabled": false },
              "Schema": [{ "Name": "a", "DeveloperOnlyAttribute": false }]
            }
            """;

        await CallAsync("CreateUserPool", JsonNode.Parse(Settings)!);
        await CallAsync("ListUsers", new { UserPoolId = PoolId, Filter = "" });
    }

    [Fact]
    public async Task Update_of_a_user_pool_refuses_members_that_only_a_description_has()
    {
        foreach (var (name, value) in new (string, object)[] { ("Domain", "other"), ("UsernameAttributes", new[] { "email" }), ("SchemaAttributes", Array.Empty<object>()) })
        {
            var message = await AssertRefusedAsync(
                Invalid, "UpdateUserPool", new Dictionary<string, object>(StringComparer.Ordinal) { ["UserPoolId"] = PoolId, [name] = value });
            Assert.Equal($"UpdateUserPool cannot change {name}. Leave it out, or send the value of the description.", message);
        }
    }

    [Fact]
    public async Task Update_of_an_app_client_cannot_change_its_secret()
    {
        var client = await CreateClientAsync();
        var chosen = new { UserPoolId = PoolId, ClientId = client["ClientId"]!.GetValue<string>(), ClientSecret = "another_secret_of_enough_length" };

        var message = await AssertRefusedAsync(Invalid, "UpdateUserPoolClient", chosen);

        Assert.Equal("UpdateUserPoolClient cannot change ClientSecret. Leave it out, or send the value of the description.", message);
        Assert.Contains(
            "GenerateSecret",
            await AssertRefusedAsync(Invalid, "UpdateUserPoolClient", new { chosen.UserPoolId, chosen.ClientId, GenerateSecret = true }),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Violations_of_Cognitos_rules_are_reported_before_members_that_the_emulator_does_not_support()
    {
        var input = new { PoolName = "", LambdaConfig = new { PreSignUp = Function } };

        var message = await AssertRefusedAsync(Invalid, "CreateUserPool", input);

        Assert.StartsWith("2 validation errors detected: ", message, StringComparison.Ordinal);
    }
}
