using System.Text.Json.Nodes;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Policies;

public sealed class ProvisioningPolicyTests
{
    [Fact]
    public async Task Policy_allows_every_operation_that_provisioning_calls()
    {
        var account = new FakeAccount();
        await account.ApplyAsync(FakeAccount.Acme);
        await account.RunAsync(account.CreateProvisioner().RotateSecretAsync(FakeAccount.Acme, "billing", account.Sink));
        var changed = FakeAccount.Acme with
        {
            UserPool = FakeAccount.Acme.UserPool with { Tags = new Dictionary<string, string> { ["team"] = "else" } },
            Domain = new() { Prefix = "acme-new", Custom = FakeAccount.Acme.Domain!.Custom! with { CertificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/two" } },
            ResourceServers = [.. FakeAccount.Acme.ResourceServers.Select(server => server with { Name = "New" })],
            AppClients = [FakeAccount.Acme.AppClients[0] with { TokenLifetime = TimeSpan.FromHours(3) }],
        };
        await account.ApplyAsync(changed, DestructiveChanges.All, new() { Prune = true });
        await account.DestroyAsync(FakeAccount.Acme, new() { OverrideDeletionProtection = true });

        var allowed = Actions(ProvisioningPolicy.Create(FakeAccount.Acme));

        // IAM does not govern GetClientToken: the secret is the credential.
        Assert.Empty(account.Cognito.Calls.Where(call => call != "GetClientToken").Select(call => $"cognito-idp:{call}").Except(allowed));
    }

    [Fact]
    public void Policy_for_a_known_user_pool_names_it_as_the_resource()
    {
        var policy = JsonNode.Parse(ProvisioningPolicy.Create(FakeAccount.Acme, new() { UserPoolId = "us-gov-west-1_Ab", Region = "eu-west-1", AccountId = "123456789012" }))!;

        const string UserPool = "arn:aws-us-gov:cognito-idp:us-gov-west-1:123456789012:userpool/us-gov-west-1_Ab";
        Assert.Equal(["*", UserPool, UserPool, UserPool, UserPool, UserPool, "*"], policy["Statement"]!.AsArray().Select(item => item!["Resource"]!.GetValue<string>()));
        Assert.DoesNotContain("cognito-idp:CreateUserPool", Actions(policy.ToJsonString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("eu-west-1_Ab")]
    public void Policy_for_temporary_users_allows_nothing_else_and_is_limited_to_one_user_pool_or_by_the_tag(string? userPoolId)
    {
        var text = ProvisioningPolicy.CreateForTemporaryUsers(new() { UserPoolId = userPoolId, Region = "eu-west-1", AccountId = "123456789012" });

        Assert.Equal(
            ["cognito-idp:AdminCreateUser", "cognito-idp:AdminDeleteUser", "cognito-idp:AdminSetUserPassword", "cognito-idp:DescribeUserPool", "cognito-idp:ListUsers"],
            Actions(text).Order(StringComparer.Ordinal));
        var statement = Assert.Single(JsonNode.Parse(text)!["Statement"]!.AsArray())!;
        Assert.Equal($"arn:aws:cognito-idp:eu-west-1:123456789012:userpool/{userPoolId ?? "*"}", statement["Resource"]!.GetValue<string>());
        Assert.Equal(
            userPoolId is null ? """{"StringEquals":{"aws:ResourceTag/cognito-m2m:managed":["created","adopted"]}}""" : null, statement["Condition"]?.ToJsonString());
    }

    [Fact]
    public async Task Policy_for_temporary_users_allows_every_operation_that_they_need()
    {
        var account = new FakeAccount();
        var pool = account.Cognito.AddPool("acme");
        var user = await account.RunAsync(account.CreateProvisioner().CreateTemporaryUserAsync(pool.Id));
        await account.RunAsync(account.CreateProvisioner().ListTemporaryUsersAsync(pool.Id, TimeSpan.Zero));
        await account.RunAsync(user.DisposeAsync().AsTask());

        Assert.Empty(account.Cognito.Calls.Select(call => $"cognito-idp:{call}").Except(Actions(ProvisioningPolicy.CreateForTemporaryUsers())));
    }

    [Fact]
    public void Policy_for_planning_allows_no_change()
    {
        var actions = Actions(ProvisioningPolicy.Create(FakeAccount.Acme, new() { AllowApply = false, AllowDelete = false, AllowRotation = false }));

        Assert.All(actions, action => Assert.Matches("^cognito-idp:(List|Describe)", action));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("eu-west-1_Ab")]
    public void Every_deletion_is_limited_by_the_tag(string? userPoolId)
    {
        var statements = JsonNode.Parse(ProvisioningPolicy.Create(FakeAccount.Acme, new() { UserPoolId = userPoolId }))!["Statement"]!.AsArray();

        Assert.Equal("""{"StringEquals":{"aws:ResourceTag/cognito-m2m:managed":["created","adopted"]}}""", FindCondition(statements, "DeleteUserPoolClient"));
        Assert.Equal("""{"StringEquals":{"aws:ResourceTag/cognito-m2m:managed":["created","adopted"]}}""", FindCondition(statements, "DeleteResourceServer"));
        Assert.Equal("""{"StringEquals":{"aws:ResourceTag/cognito-m2m:managed":["created","adopted"]}}""", FindCondition(statements, "DeleteUserPoolDomain"));
        Assert.Equal("""{"StringEquals":{"aws:ResourceTag/cognito-m2m:managed":["created"]}}""", FindCondition(statements, "DeleteUserPool"));
        Assert.Equal("""{"StringEquals":{"aws:ResourceTag/cognito-m2m:managed":["created"]}}""", FindCondition(statements, "ListUsers"));
        Assert.Equal(userPoolId is not null, FindCondition(statements, "DeleteUserPoolClientSecret") is null);
        Assert.Null(FindCondition(statements, "UpdateUserPoolClient"));
    }

    [Fact]
    public void Policy_for_an_external_user_pool_changes_no_user_pool()
    {
        var blueprint = new Blueprint
        {
            UserPool = new() { Name = "central", Id = "eu-west-1_Ab", External = true },
            AppClients = [new() { Name = "billing", Scopes = ["orders/read"], Route = AppClientRoute.GetClientToken }],
            ResourceServers = [new() { Identifier = "orders", External = true }],
        };
        var policy = ProvisioningPolicy.Create(blueprint);

        Assert.Empty(Actions(policy).Intersect(
            new[] { "CreateUserPool", "UpdateUserPool", "DeleteUserPool", "TagResource", "UntagResource", "CreateUserPoolDomain", "DeleteUserPoolDomain" }
                .Select(operation => $"cognito-idp:{operation}"),
            StringComparer.Ordinal));
        Assert.Null(FindCondition(JsonNode.Parse(policy)!["Statement"]!.AsArray(), "DeleteUserPoolClient"));
        Assert.Null(FindCondition(JsonNode.Parse(policy)!["Statement"]!.AsArray(), "DeleteUserPoolClientSecret"));
    }

    [Fact]
    public void Policy_for_changes_in_an_external_user_pool_needs_its_id()
    {
        var blueprint = new Blueprint { UserPool = new() { Name = "central", External = true } };

        var failure = Assert.Throws<ArgumentException>(() => ProvisioningPolicy.Create(blueprint, new() { AllowApply = false, AllowDelete = false }));
        var known = ProvisioningPolicy.Create(blueprint, new() { UserPoolId = "eu-west-1_Ab" });
        var reading = ProvisioningPolicy.Create(blueprint, new() { AllowApply = false, AllowDelete = false, AllowRotation = false });

        Assert.Contains("Set UserPoolId", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Condition", known, StringComparison.Ordinal);
        Assert.Contains("userpool/*", reading, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(null, true)]
    [InlineData("eu-west-1_Ab", false)]
    public void Tags_can_be_changed_only_where_the_ownership_tag_is_and_keep_its_value(string? userPoolId, bool allowsAdoption)
    {
        var policy = ProvisioningPolicy.Create(FakeAccount.Acme, new() { UserPoolId = userPoolId, AllowAdoption = allowsAdoption });

        string[] changes =
        [
            """{"StringEquals":{"aws:ResourceTag/cognito-m2m:managed":["created"]},"StringEqualsIfExists":{"aws:RequestTag/cognito-m2m:managed":["created"]}}""",
            """{"StringEquals":{"aws:ResourceTag/cognito-m2m:managed":["adopted"]},"StringEqualsIfExists":{"aws:RequestTag/cognito-m2m:managed":["adopted"]}}""",
        ];
        const string Adoption = """{"StringEquals":{"aws:RequestTag/cognito-m2m:managed":["adopted"]}}""";
        Assert.Equal(changes, FindConditions(policy, "UpdateUserPool"));
        Assert.Equal(changes, FindConditions(policy, "UntagResource"));
        Assert.Equal(allowsAdoption ? [.. changes, Adoption] : changes, FindConditions(policy, "TagResource"));
    }

    [Fact]
    public void Policy_for_planning_allows_everything_that_reading_asks_for()
    {
        var blueprint = new Blueprint { UserPool = new() { Name = "acme" } };

        var actions = Actions(ProvisioningPolicy.Create(blueprint, new() { AllowApply = false, AllowDelete = false, AllowRotation = false }));

        Assert.Equal(
            [
                "DescribeUserPoolDomain", "ListUserPools", "DescribeUserPool", "DescribeUserPoolClient", "ListResourceServers", "ListUserPoolClientSecrets", "ListUserPoolClients",
            ],
            actions.Select(action => action["cognito-idp:".Length..]));
    }

    private static IEnumerable<string?> FindConditions(string policy, string operation) =>
        JsonNode.Parse(policy)!["Statement"]!.AsArray()
            .Where(item => item!["Action"]!.AsArray().Any(action => action!.GetValue<string>() == $"cognito-idp:{operation}"))
            .Select(item => item!["Condition"]?.ToJsonString());

    /// <summary>The condition of the only statement that allows the operation; null if it has none.</summary>
    private static string? FindCondition(JsonArray statements, string operation) => Assert.Single(
        statements, item => item!["Action"]!.AsArray().Any(action => action!.GetValue<string>() == $"cognito-idp:{operation}"))!["Condition"]?.ToJsonString();

    [Fact]
    public void Policy_for_Parameter_Store_covers_the_path_and_the_named_key()
    {
        var policy = JsonNode.Parse(ProvisioningPolicy.Create(FakeAccount.Acme, new()
        {
            Region = "cn-north-1",
            AccountId = "123456789012",
            SecretsPath = "/acme/m2m",
            SecretsKmsKey = "mrk-0123456789abcdef0123456789abcdef",
        }))!;

        JsonNode[] expected =
        [
            JsonNode.Parse("""
                {
                  "Sid": "CognitoM2MSecrets", "Effect": "Allow", "Action": [ "ssm:GetParameter", "ssm:GetParameterHistory", "ssm:PutParameter" ],
                  "Resource": [
                    "arn:aws-cn:ssm:cn-north-1:123456789012:parameter/acme/m2m", "arn:aws-cn:ssm:cn-north-1:123456789012:parameter/acme/m2m/*"
                  ]
                }
                """)!,
            JsonNode.Parse("""
                {
                  "Sid": "CognitoM2MSecretsKey", "Effect": "Allow", "Action": [ "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey" ],
                  "Resource": [ "arn:aws-cn:kms:cn-north-1:123456789012:key/mrk-0123456789abcdef0123456789abcdef" ],
                  "Condition": { "StringLike": { "kms:EncryptionContext:PARAMETER_ARN": "arn:aws-cn:ssm:cn-north-1:123456789012:parameter/acme/m2m/*" } }
                }
                """)!,
        ];
        Assert.Equal(expected.Select(item => item.ToJsonString()), policy["Statement"]!.AsArray().TakeLast(2).Select(item => item!.ToJsonString()));
    }

    [Fact]
    public void Policy_for_planning_does_not_allow_Parameter_Store()
    {
        var actions = Actions(ProvisioningPolicy.Create(
            FakeAccount.Acme, new() { AllowApply = false, AllowDelete = false, AllowRotation = false, SecretsPath = "/acme/m2m" }));

        Assert.DoesNotContain("ssm:GetParameter", actions);
    }

    [Theory]
    [InlineData("acme", null, "'acme' is not a path of parameters.")]
    [InlineData("/acme", "alias/acme", "'alias/acme' is not a KMS key.")]
    [InlineData(null, "11111111-2222-3333-4444-555555555555", "Set SecretsPath.")]
    public void Wrong_path_and_wrong_key_are_refused(string? path, string? key, string expected)
    {
        var failure = Assert.Throws<ArgumentException>(() => ProvisioningPolicy.Create(FakeAccount.Acme, new() { SecretsPath = path, SecretsKmsKey = key }));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    private static List<string> Actions(string policy) =>
        [.. JsonNode.Parse(policy)!["Statement"]!.AsArray().SelectMany(item => item!["Action"]!.AsArray()).Select(action => action!.GetValue<string>())];
}
