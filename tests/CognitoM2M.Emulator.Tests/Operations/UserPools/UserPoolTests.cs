using System.Globalization;
using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Operations.UserPools;

public sealed class UserPoolTests : ManagementTest
{
    [Fact]
    public async Task New_pool_has_Cognitos_defaults()
    {
        var pool = await DescribePoolAsync();

        Assert.Equal("wired", pool["Name"]!.GetValue<string>());
        Assert.Equal($"arn:aws:cognito-idp:eu-west-1:123456789012:userpool/{PoolId}", pool["Arn"]!.GetValue<string>());
        Assert.Equal("INACTIVE", pool["DeletionProtection"]!.GetValue<string>());
        Assert.Equal("ESSENTIALS", pool["UserPoolTier"]!.GetValue<string>());
        Assert.Equal("OFF", pool["MfaConfiguration"]!.GetValue<string>());
        Assert.Equal("ORIGINAL", pool["IssuerConfiguration"]!["Type"]!.GetValue<string>());
        Assert.Equal(8, pool["Policies"]!["PasswordPolicy"]!["MinimumLength"]!.GetValue<int>());
        Assert.Equal("{}", pool["UserPoolTags"]!.ToJsonString());
        Assert.Equal(20, pool["SchemaAttributes"]!.AsArray().Count);
        Assert.False(pool.ContainsKey("Domain"));
        Assert.False(pool.ContainsKey("CustomDomain"));
    }

    [Fact]
    public async Task Instants_are_seconds_with_a_fraction()
    {
        Clock.Advance(TimeSpan.FromMilliseconds(239));

        var created = (await DoAsync("CreateUserPool", new { PoolName = "later" }))["UserPool"]!;

        var expected = (Clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000m).ToString(CultureInfo.InvariantCulture);
        Assert.EndsWith(".239", expected, StringComparison.Ordinal);
        Assert.Equal(expected, created["CreationDate"]!.ToJsonString());
        Assert.Equal(expected, created["LastModifiedDate"]!.ToJsonString());
    }

    [Fact]
    public async Task All_settings_come_back_and_so_do_those_nobody_knows()
    {
        const string Settings = """
            {
              "PoolName": "full", "DeletionProtection": "ACTIVE", "UserPoolTier": "PLUS", "UserPoolTags": { "team": "orders" },
              "AdminCreateUserConfig": { "AllowAdminCreateUserOnly": true, "InviteMessageTemplate": { "EmailSubject": "Hello" } },
              "Policies": { "PasswordPolicy": { "MinimumLength": 20, "PasswordHistorySize": 3 },
                            "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"] } },
              "IssuerConfiguration": { "Type": "UPDATED" }, "KeyConfiguration": { "KeyType": "AWS_OWNED_KEY" },
              "DcrConfiguration": { "EnableStatus": "DISABLED" },
              "AcrConfiguration": { "low": { "Level": 1 } },
              "LambdaConfig": { "PreSignUp": "arn:aws:lambda:eu-west-1:123456789012:function:f" },
              "MfaConfiguration": "OPTIONAL", "AutoVerifiedAttributes": ["email"], "AliasAttributes": ["email"],
              "UsernameConfiguration": { "CaseSensitive": false },
              "AccountRecoverySetting": { "RecoveryMechanisms": [{ "Priority": 1, "Name": "admin_only" }] },
              "UserAttributeUpdateSettings": { "AttributesRequireVerificationBeforeUpdate": ["email"] },
              "DeviceConfiguration": { "ChallengeRequiredOnNewDevice": true },
              "EmailConfiguration": { "EmailSendingAccount": "COGNITO_DEFAULT", "ReplyToEmailAddress": "a@example.com" },
              "SmsConfiguration": { "SnsCallerArn": "arn:aws:iam::123456789012:role/sms", "SnsRegion": "eu-west-1" },
              "SmsVerificationMessage": "Code {####}", "SmsAuthenticationMessage": "Code {####}", "EmailVerificationMessage": "Code {####}",
              "EmailVerificationSubject": "Code", "VerificationMessageTemplate": { "DefaultEmailOption": "CONFIRM_WITH_LINK" },
              "UserPoolAddOns": { "AdvancedSecurityMode": "ENFORCED" }, "FutureSetting": { "Nested": [1, { "Deep": true }] }
            }
            """;
        var sent = JsonNode.Parse(Settings)!.AsObject();

        var id = (await DoAsync("CreateUserPool", sent))["UserPool"]!["Id"]!.GetValue<string>();

        var described = (await DoAsync("DescribeUserPool", new { UserPoolId = id }))["UserPool"]!;
        sent.Remove("PoolName");
        Assert.All(sent, setting => Assert.Equal(setting.Value!.ToJsonString(), described[setting.Key]?.ToJsonString()));
    }

    [Fact]
    public async Task Members_that_are_null_count_as_left_out()
    {
        const string Input = """
            {"PoolName":"nulls","DeletionProtection":null,"Policies":{"PasswordPolicy":{"MinimumLength":9,"RequireSymbols":null}}}
            """;

        var pool = (await DoAsync("CreateUserPool", JsonNode.Parse(Input)!))["UserPool"]!;

        Assert.Equal("INACTIVE", pool["DeletionProtection"]!.GetValue<string>());
        Assert.Equal("""{"MinimumLength":9}""", pool["Policies"]!["PasswordPolicy"]!.ToJsonString());
    }

    [Fact]
    public async Task Schema_adds_custom_attributes_and_changes_standard_ones()
    {
        object[] schema = [new { Name = "tenant", AttributeDataType = "String", Mutable = false }, new { Name = "email", Required = true }];

        var pool = (await DoAsync("CreateUserPool", new { PoolName = "schema", Schema = schema }))["UserPool"]!;

        var attributes = pool["SchemaAttributes"]!.AsArray();
        Assert.Equal(21, attributes.Count);
        Assert.False(Named("custom:tenant")["Mutable"]!.GetValue<bool>());
        Assert.True(Named("email")["Required"]!.GetValue<bool>());

        JsonNode Named(string name) => attributes.Single(attribute => attribute!["Name"]!.GetValue<string>() == name)!;
    }

    [Fact]
    public async Task Update_resets_what_it_leaves_out_but_not_the_name_and_what_is_fixed()
    {
        var id = (await DoAsync("CreateUserPool", new
        {
            PoolName = "reset",
            DeletionProtection = "ACTIVE",
            UserPoolTags = new { team = "orders" },
            MfaConfiguration = "OPTIONAL",
            UsernameAttributes = new[] { "email" },
            Schema = new[] { new { Name = "tenant" } },
        }))["UserPool"]!["Id"]!.GetValue<string>();
        Clock.Advance(TimeSpan.FromMinutes(1));

        var output = await DoAsync("UpdateUserPool", new { UserPoolId = id, UserPoolTier = "LITE" });

        Assert.Empty(output);
        var pool = (await DoAsync("DescribeUserPool", new { UserPoolId = id }))["UserPool"]!;
        Assert.Equal("reset", pool["Name"]!.GetValue<string>());
        Assert.Equal("LITE", pool["UserPoolTier"]!.GetValue<string>());
        Assert.Equal("INACTIVE", pool["DeletionProtection"]!.GetValue<string>());
        Assert.Equal("OFF", pool["MfaConfiguration"]!.GetValue<string>());
        Assert.Equal("{}", pool["UserPoolTags"]!.ToJsonString());
        Assert.Equal(["email"], TextsOf(pool["UsernameAttributes"]));
        Assert.Equal(21, pool["SchemaAttributes"]!.AsArray().Count);
        Assert.Equal(60m, pool["LastModifiedDate"]!.GetValue<decimal>() - pool["CreationDate"]!.GetValue<decimal>());
    }

    [Fact]
    public async Task Description_sent_back_changes_nothing_but_the_date()
    {
        var before = await DescribePoolAsync();
        var sent = before.DeepClone().AsObject();
        sent["UserPoolId"] = PoolId;

        await DoAsync("UpdateUserPool", sent);

        Assert.Equal(before.ToJsonString(), (await DescribePoolAsync()).ToJsonString());
    }

    [Fact]
    public async Task Pool_is_renamed()
    {
        await DoAsync("UpdateUserPool", new { UserPoolId = PoolId, PoolName = "renamed" });

        Assert.Equal("renamed", (await DescribePoolAsync())["Name"]!.GetValue<string>());
        Assert.Equal("renamed", Cognito.UserPools[^1].Name);
    }

    [Fact]
    public async Task Deleted_pool_takes_its_clients_along()
    {
        var client = await CreateClientAsync();

        using (var deleted = await CallAsync("DeleteUserPool", $$"""{"UserPoolId":"{{PoolId}}"}"""))
            Assert.Empty(await deleted.Content.ReadAsByteArrayAsync());

        Assert.Equal($"User pool {PoolId} does not exist.", await RefusedAsync(NotFound, "DescribeUserPool", new { UserPoolId = PoolId }));
        Assert.Equal($"User pool {PoolId} does not exist.", await RefusedAsync(NotFound, "DeleteUserPool", new { UserPoolId = PoolId }));
        using var token = await PostTokenForAsync(client);
        await AssertOAuthErrorAsync("invalid_client", token);
    }

    [Fact]
    public async Task Protected_pool_is_not_deleted()
    {
        await DoAsync("UpdateUserPool", new { UserPoolId = PoolId, DeletionProtection = "ACTIVE" });

        var message = await RefusedAsync(Invalid, "DeleteUserPool", new { UserPoolId = PoolId });

        Assert.StartsWith("The user pool cannot be deleted because deletion protection is activated.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"PoolName":"shöp"}""", "Value 'shöp' at 'poolName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w\\s+=,.@-]+")]
    [InlineData("{}", "Value null at 'poolName' failed to satisfy constraint: Member must not be null")]
    [InlineData("""{"PoolName":"p","MfaConfiguration":"MAYBE"}""", "Value 'MAYBE' at 'mfaConfiguration' failed to satisfy constraint: Member must satisfy enum value set: [OFF, ON, OPTIONAL]")]
    [InlineData("""{"PoolName":"p","Policies":{"PasswordPolicy":{"MinimumLength":5}}}""", "Value '5' at 'policies.passwordPolicy.minimumLength' failed to satisfy constraint: Member must have value greater than or equal to 6")]
    [InlineData("""{"PoolName":"p","AccountRecoverySetting":{"RecoveryMechanisms":[{"Priority":3,"Name":"admin_only"}]}}""", "Value '3' at 'accountRecoverySetting.recoveryMechanisms.1.member.priority' failed to satisfy constraint: Member must have value less than or equal to 2")]
    [InlineData("""{"PoolName":"p","AutoVerifiedAttributes":["fax"]}""", "Value '[fax]' at 'autoVerifiedAttributes' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [phone_number, email]]")]
    public async Task Value_out_of_range_is_named_with_its_constraint(string input, string violation)
    {
        var message = await RefusedAsync(Invalid, "CreateUserPool", JsonNode.Parse(input)!);

        Assert.Equal($"1 validation error detected: {violation.Replace(@"\\", @"\", StringComparison.Ordinal)}", message);
    }

    [Theory]
    [InlineData("""{"PoolName":5}""")]
    [InlineData("""{"PoolName":"p","Policies":[]}""")]
    [InlineData("""{"PoolName":"p","UserPoolTags":{"a":1}}""")]
    [InlineData("""{"PoolName":"p","PoolName":"q"}""")]
    [InlineData("""{"PoolName":"\ud800"}""")]
    [InlineData("""{"PoolName":"p","Policies":{"PasswordPolicy":{"MinimumLength":8.5}}}""")]
    public async Task Value_of_another_type_is_a_serialization_error(string input)
    {
        using var response = await CallAsync("CreateUserPool", input);

        Assert.Equal("SerializationException", (await JsonOf(response))["__type"]!.GetValue<string>());
        Assert.Equal(400, (int)response.StatusCode);
    }

    [Fact]
    public async Task Advanced_security_needs_the_highest_tier() => await RefusedAsync(
        "FeatureUnavailableInTierException",
        "CreateUserPool",
        new { PoolName = "p", UserPoolAddOns = new { AdvancedSecurityMode = "AUDIT" } });

    [Fact]
    public async Task There_are_at_most_1000_pools()
    {
        while (Cognito.UserPools.Count < 1000)
            Cognito.CreateUserPool("many");

        await RefusedAsync(LimitExceeded, "CreateUserPool", new { PoolName = "one too many" });
    }
}
