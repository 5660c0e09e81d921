using System.Globalization;
using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Operations.UserPools;

public sealed class UserPoolTests : OperationTest
{
    [Fact]
    public async Task New_pool_has_the_defaults_of_Cognito()
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
    public async Task Dates_are_seconds_with_milliseconds_as_a_fraction()
    {
        Clock.Advance(TimeSpan.FromMilliseconds(239));

        var created = (await CallAsync("CreateUserPool", new { PoolName = "later" }))["UserPool"]!;

        var expected = (Clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000m).ToString(CultureInfo.InvariantCulture);
        Assert.EndsWith(".239", expected, StringComparison.Ordinal);
        Assert.Equal(expected, created["CreationDate"]!.ToJsonString());
        Assert.Equal(expected, created["LastModifiedDate"]!.ToJsonString());
    }

    [Fact]
    public async Task Description_returns_all_settings()
    {
        const string Settings = """
            {
              "PoolName": "full", "DeletionProtection": "ACTIVE", "UserPoolTier": "PLUS", "UserPoolTags": { "team": "orders" },
              "AdminCreateUserConfig": { "AllowAdminCreateUserOnly": true, "InviteMessageTemplate": { "EmailSubject": "Hello" } },
              "Policies": { "PasswordPolicy": { "MinimumLength": 20, "PasswordHistorySize": 3 },
                            "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD"] } },
              "IssuerConfiguration": { "Type": "UPDATED" }, "KeyConfiguration": { "KeyType": "AWS_OWNED_KEY" },
              "DcrConfiguration": { "EnableStatus": "DISABLED" },
              "LambdaConfig": { "PreTokenGeneration": "arn:aws:lambda:eu-west-1:123456789012:function:f" },
              "MfaConfiguration": "OPTIONAL", "AutoVerifiedAttributes": ["email"], "AliasAttributes": ["email"],
              "UsernameConfiguration": { "CaseSensitive": false },
              "AccountRecoverySetting": { "RecoveryMechanisms": [{ "Priority": 1, "Name": "admin_only" }] },
              "UserAttributeUpdateSettings": { "AttributesRequireVerificationBeforeUpdate": ["email"] },
              "EmailConfiguration": { "EmailSendingAccount": "COGNITO_DEFAULT", "ReplyToEmailAddress": "a@example.com" },
              "SmsConfiguration": { "SnsCallerArn": "arn:aws:iam::123456789012:role/sms", "SnsRegion": "eu-west-1" },
              "SmsVerificationMessage": "Code {####}", "SmsAuthenticationMessage": "Code {####}", "EmailVerificationMessage": "Code {####}",
              "EmailVerificationSubject": "Code", "VerificationMessageTemplate": { "DefaultEmailOption": "CONFIRM_WITH_LINK", "SmsMessage": "Code {####}", "EmailMessage": "Code {####}", "EmailSubject": "Code" },
              "UserPoolAddOns": { "AdvancedSecurityMode": "AUDIT" }
            }
            """;
        var sent = JsonNode.Parse(Settings)!.AsObject();

        var id = (await CallAsync("CreateUserPool", sent))["UserPool"]!["Id"]!.GetValue<string>();

        var described = (await CallAsync("DescribeUserPool", new { UserPoolId = id }))["UserPool"]!;
        sent.Remove("PoolName");
        Assert.All(sent, setting => Assert.Equal(setting.Value!.ToJsonString(), described[setting.Key]?.ToJsonString()));
    }

    [Fact]
    public async Task Members_that_are_null_count_as_left_out()
    {
        const string Input = """
            {"PoolName":"nulls","DeletionProtection":null,"Policies":{"PasswordPolicy":{"MinimumLength":9,"RequireSymbols":null}}}
            """;

        var pool = (await CallAsync("CreateUserPool", JsonNode.Parse(Input)!))["UserPool"]!;

        Assert.Equal("INACTIVE", pool["DeletionProtection"]!.GetValue<string>());
        Assert.Equal("""{"MinimumLength":9}""", pool["Policies"]!["PasswordPolicy"]!.ToJsonString());
    }

    [Fact]
    public async Task Schema_adds_custom_attributes_and_changes_standard_attributes()
    {
        object[] schema = [new { Name = "tenant", AttributeDataType = "String", Mutable = false }, new { Name = "email", Required = true }];

        var pool = (await CallAsync("CreateUserPool", new { PoolName = "schema", Schema = schema }))["UserPool"]!;

        var attributes = pool["SchemaAttributes"]!.AsArray();
        Assert.Equal(21, attributes.Count);
        Assert.False(Named("custom:tenant")["Mutable"]!.GetValue<bool>());
        Assert.True(Named("email")["Required"]!.GetValue<bool>());

        JsonNode Named(string name) => attributes.Single(attribute => attribute!["Name"]!.GetValue<string>() == name)!;
    }

    [Fact]
    public async Task Update_resets_settings_that_it_leaves_out_except_name_tags_and_fixed_settings()
    {
        var id = (await CallAsync("CreateUserPool", new
        {
            PoolName = "reset",
            DeletionProtection = "ACTIVE",
            UserPoolTags = new { team = "orders" },
            MfaConfiguration = "OPTIONAL",
            UsernameAttributes = new[] { "email" },
            Schema = new[] { new { Name = "tenant" } },
        }))["UserPool"]!["Id"]!.GetValue<string>();
        Clock.Advance(TimeSpan.FromMinutes(1));

        var output = await CallAsync("UpdateUserPool", new { UserPoolId = id, UserPoolTier = "LITE" });

        Assert.Empty(output);
        var pool = (await CallAsync("DescribeUserPool", new { UserPoolId = id }))["UserPool"]!;
        Assert.Equal("reset", pool["Name"]!.GetValue<string>());
        Assert.Equal("LITE", pool["UserPoolTier"]!.GetValue<string>());
        Assert.Equal("INACTIVE", pool["DeletionProtection"]!.GetValue<string>());
        Assert.Equal("OFF", pool["MfaConfiguration"]!.GetValue<string>());
        Assert.Equal("""{"team":"orders"}""", pool["UserPoolTags"]!.ToJsonString());
        Assert.Equal(["email"], ReadTexts(pool["UsernameAttributes"]));
        Assert.Equal(21, pool["SchemaAttributes"]!.AsArray().Count);
        Assert.Equal(60m, pool["LastModifiedDate"]!.GetValue<decimal>() - pool["CreationDate"]!.GetValue<decimal>());
    }

    [Fact]
    public async Task Update_with_an_unchanged_description_changes_only_the_date()
    {
        var before = await DescribePoolAsync();
        var sent = before.DeepClone().AsObject();
        sent["UserPoolId"] = PoolId;

        await CallAsync("UpdateUserPool", sent);

        Assert.Equal(before.ToJsonString(), (await DescribePoolAsync()).ToJsonString());
    }

    [Fact]
    public async Task Update_can_rename_the_pool()
    {
        await CallAsync("UpdateUserPool", new { UserPoolId = PoolId, PoolName = "renamed" });

        Assert.Equal("renamed", (await DescribePoolAsync())["Name"]!.GetValue<string>());
        Assert.Equal("renamed", Cognito.UserPools[^1].Name);
    }

    [Fact]
    public async Task Deleting_a_pool_deletes_its_clients()
    {
        var client = await CreateClientAsync();

        using (var deleted = await SendOperationAsync("DeleteUserPool", $$"""{"UserPoolId":"{{PoolId}}"}"""))
            Assert.Empty(await deleted.Content.ReadAsByteArrayAsync());

        Assert.Equal($"User pool {PoolId} does not exist.", await AssertRefusedAsync(NotFound, "DescribeUserPool", new { UserPoolId = PoolId }));
        Assert.Equal($"User pool {PoolId} does not exist.", await AssertRefusedAsync(NotFound, "DeleteUserPool", new { UserPoolId = PoolId }));
        using var token = await RequestTokenAsync(client);
        await AssertOAuthErrorAsync("invalid_client", token);
    }

    [Fact]
    public async Task Pool_with_deletion_protection_cannot_be_deleted()
    {
        await CallAsync("UpdateUserPool", new { UserPoolId = PoolId, DeletionProtection = "ACTIVE" });

        var message = await AssertRefusedAsync(Invalid, "DeleteUserPool", new { UserPoolId = PoolId });

        Assert.StartsWith("The user pool cannot be deleted because deletion protection is activated.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"PoolName":"shöp"}""", "Value 'shöp' at 'poolName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w\\s+=,.@-]+")]
    [InlineData("{}", "Value null at 'poolName' failed to satisfy constraint: Member must not be null")]
    [InlineData("""{"PoolName":"p","MfaConfiguration":"MAYBE"}""", "Value 'MAYBE' at 'mfaConfiguration' failed to satisfy constraint: Member must satisfy enum value set: [OFF, ON, OPTIONAL]")]
    [InlineData("""{"PoolName":"p","Policies":{"PasswordPolicy":{"MinimumLength":5}}}""", "Value '5' at 'policies.passwordPolicy.minimumLength' failed to satisfy constraint: Member must have value greater than or equal to 6")]
    [InlineData("""{"PoolName":"p","AccountRecoverySetting":{"RecoveryMechanisms":[{"Priority":3,"Name":"admin_only"}]}}""", "Value '3' at 'accountRecoverySetting.recoveryMechanisms.1.member.priority' failed to satisfy constraint: Member must have value less than or equal to 2")]
    [InlineData("""{"PoolName":"p","AutoVerifiedAttributes":["fax"]}""", "Value '[fax]' at 'autoVerifiedAttributes' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [phone_number, email]]")]
    public async Task Error_names_the_invalid_value_and_its_constraint(string input, string violation)
    {
        var message = await AssertRefusedAsync(Invalid, "CreateUserPool", JsonNode.Parse(input)!);

        Assert.Equal($"1 validation error detected: {violation.Replace(@"\\", @"\", StringComparison.Ordinal)}", message);
    }

    [Theory]
    [InlineData("""{"PoolName":5}""")]
    [InlineData("""{"PoolName":"p","Policies":[]}""")]
    [InlineData("""{"PoolName":"p","UserPoolTags":{"a":1}}""")]
    [InlineData("""{"PoolName":"p","PoolName":"q"}""")]
    [InlineData("""{"PoolName":"\ud800"}""")]
    [InlineData("""{"PoolName":"p","Policies":{"PasswordPolicy":{"MinimumLength":8.5}}}""")]
    public async Task Value_of_another_type_gets_a_serialization_error(string input)
    {
        using var response = await SendOperationAsync("CreateUserPool", input);

        Assert.Equal("SerializationException", (await ReadJsonAsync(response))["__type"]!.GetValue<string>());
        Assert.Equal(400, (int)response.StatusCode);
    }

    [Fact]
    public async Task Advanced_security_is_refused_below_the_tier_PLUS() => await AssertRefusedAsync(
        "FeatureUnavailableInTierException",
        "CreateUserPool",
        new { PoolName = "p", UserPoolAddOns = new { AdvancedSecurityMode = "AUDIT" } });

    [Fact]
    public async Task More_than_1000_pools_are_refused()
    {
        while (Cognito.UserPools.Count < 1000)
            Cognito.CreateUserPool("many");

        await AssertRefusedAsync(LimitExceeded, "CreateUserPool", new { PoolName = "one too many" });
    }
}
