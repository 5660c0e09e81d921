using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Steps;

/// <summary>Settings that stay as they are if the blueprint does not name them.</summary>
public sealed class SettingsTests
{
    private const string Function = "arn:aws:lambda:eu-west-1:123456789012:function:claims";
    private const string OtherFunction = "arn:aws:lambda:eu-west-1:123456789012:function:other";
    private const string Key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    private static readonly Blueprint _plain = FakeAccount.Acme with { UserPool = new() { Name = "acme" } };

    private static readonly Blueprint _full = _plain with
    {
        UserPool = new() { Name = "acme", Issuer = IssuerForm.Updated, PreTokenGenerationArn = Function, KmsKeyArn = Key },
        Domain = new()
        {
            Prefix = "acme-m2m",
            PrefixManagedLoginVersion = 2,
            Custom = FakeAccount.Acme.Domain!.Custom! with { TlsPolicy = TlsPolicy.Tls13, ManagedLoginVersion = 1 },
        },
    };

    private readonly FakeAccount _account = new();

    private FakePool Pool => _account.Cognito.Pool;

    [Fact]
    public async Task New_user_pool_gets_every_setting_and_the_next_plan_is_empty()
    {
        await _account.ApplyAsync(_full);

        AssertFull();
        var second = await _account.PlanAsync(_full);
        Assert.True(second.IsEmpty, second.ToString());
    }

    [Fact]
    public async Task Existing_user_pool_gets_every_setting_and_the_next_plan_is_empty()
    {
        await _account.ApplyAsync(_plain);

        var plan = await _account.PlanAsync(_full);
        await _account.ApplyAsync(_full, DestructiveChanges.Issuer);

        Assert.Equal(
            [
                "IssuerConfiguration: ORIGINAL -> UPDATED", $"KeyConfiguration: AWS_OWNED_KEY -> {Key}", $"PreTokenGenerationConfig:  -> {Function} (V3_0)",
                "ManagedLoginVersion:  -> 2", "SecurityPolicy:  -> TLS_V1_3_2025", "ManagedLoginVersion:  -> 1",
            ],
            plan.Steps.SelectMany(step => step.Changes).Select(Format));
        Assert.Equal("tokens get the UPDATED form of the issuer, and verifiers that know only the ORIGINAL form reject them", plan.Steps[0].Warning);
        AssertFull();
        var second = await _account.PlanAsync(_full);
        Assert.True(second.IsEmpty, second.ToString());
    }

    [Fact]
    public async Task Change_of_the_issuer_must_be_allowed()
    {
        await _account.ApplyAsync(_plain);

        var refusal = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.ApplyAsync(_full));

        Assert.Equal(ProvisioningError.DestructiveChangeNotAllowed, refusal.Error);
        Assert.Null(Pool.Issuer);
    }

    [Fact]
    public async Task Settings_stay_if_a_blueprint_without_them_changes_something_else()
    {
        await _account.ApplyAsync(_full);
        Pool.Triggers = Pool.Triggers! with { OtherMembers = Members("PreSignUp", $"\"{OtherFunction}\"") };
        Pool.Key = Pool.Key! with { OtherMembers = Members("Novelty", "1") };
        Pool.Issuer = Pool.Issuer! with { OtherMembers = Members("Novelty", "2") };

        var changed = _plain with
        {
            UserPool = _plain.UserPool with { DeletionProtection = true },
            Domain = _plain.Domain! with { Custom = _plain.Domain.Custom! with { CertificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/two" } },
        };
        await _account.ApplyAsync(changed);

        Assert.True(Pool.IsProtected);
        Assert.Equal("arn:aws:acm:us-east-1:123456789012:certificate/two", Pool.Custom!.CertificateArn);
        AssertFull();
        Assert.Equal(OtherFunction, Pool.Triggers.OtherMembers!["PreSignUp"].GetString());
        Assert.Equal((1, 2), (Pool.Key.OtherMembers!["Novelty"].GetInt32(), Pool.Issuer.OtherMembers!["Novelty"].GetInt32()));
    }

    [Fact]
    public async Task Import_lists_the_triggers_that_a_blueprint_cannot_name()
    {
        await _account.ApplyAsync(_full);
        Pool.Triggers = Pool.Triggers! with { OtherMembers = Members("PreSignUp", $"\"{OtherFunction}\"") };
        using var provisioner = _account.CreateProvisioner();

        var imported = await _account.RunAsync(provisioner.ImportAsync("acme"));

        Assert.Contains("user pool: settings LambdaConfig.PreSignUp", string.Join('\n', imported.NotInBlueprint), StringComparison.Ordinal);
    }

    [Fact]
    public async Task None_removes_trigger_and_key_and_keeps_other_triggers()
    {
        await _account.ApplyAsync(_full);
        Pool.Triggers = Pool.Triggers! with { PreTokenGeneration = Function, OtherMembers = Members("PreSignUp", $"\"{OtherFunction}\"") };
        var without = _plain with
        {
            UserPool = new() { Name = "acme", PreTokenGenerationArn = UserPoolBlueprint.None, KmsKeyArn = UserPoolBlueprint.None },
        };

        await _account.ApplyAsync(without);

        Assert.Equal((null, null), (Pool.Triggers!.PreTokenGeneration, Pool.Triggers.PreTokenGenerationConfig));
        Assert.Equal(OtherFunction, Pool.Triggers.OtherMembers!["PreSignUp"].GetString());
        Assert.Equal(("AWS_OWNED_KEY", null), (Pool.Key!.KeyType, Pool.Key.KmsKeyArn));
        Assert.True((await _account.PlanAsync(without)).IsEmpty);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("V1_0")]
    [InlineData("V2_0")]
    public async Task Trigger_of_an_older_version_is_raised_and_its_older_name_follows(string? version)
    {
        await _account.ApplyAsync(_plain);
        Pool.Triggers = new()
        {
            PreTokenGeneration = OtherFunction,
            PreTokenGenerationConfig = version is null ? null : new() { LambdaVersion = version, LambdaArn = OtherFunction },
        };
        var wanted = _plain with { UserPool = new() { Name = "acme", PreTokenGenerationArn = Function } };

        var change = Assert.Single(Assert.Single((await _account.PlanAsync(wanted)).Steps).Changes);
        await _account.ApplyAsync(wanted);

        Assert.Equal(($"{OtherFunction} ({version ?? "V1_0"})", $"{Function} (V3_0)"), (change.Before, change.After));
        Assert.Equal((Function, Function, "V3_0"), (
            Pool.Triggers!.PreTokenGeneration, Pool.Triggers.PreTokenGenerationConfig!.LambdaArn, Pool.Triggers.PreTokenGenerationConfig.LambdaVersion));
        Assert.True((await _account.PlanAsync(wanted)).IsEmpty);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Removed_tags_go_and_other_tags_stay(bool withOtherChange)
    {
        await _account.ApplyAsync(_plain);
        Pool.Tags["team"] = "old";
        Pool.Tags["kept"] = "yes";
        var wanted = _plain with
        {
            UserPool = new()
            {
                Name = "acme",
                DeletionProtection = withOtherChange ? true : null,
                RemovedTags = ["team", "never there"],
                Tags = new Dictionary<string, string> { ["new"] = "1" },
            },
        };

        var plan = await _account.PlanAsync(wanted);
        await _account.ApplyAsync(wanted);

        Assert.Contains("tag team: old -> ", plan.Steps.SelectMany(step => step.Changes).Select(Format));
        Assert.Equal(["cognito-m2m:managed", "kept", "new"], Pool.Tags.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("UntagResource", _account.Cognito.Calls);
        Assert.True((await _account.PlanAsync(wanted)).IsEmpty);
    }

    private void AssertFull()
    {
        Assert.Equal(TokenSettings.UpdatedIssuer, Pool.Issuer!.Type);
        Assert.Equal(("CUSTOMER_MANAGED_KEY", Key), (Pool.Key!.KeyType, Pool.Key.KmsKeyArn));
        Assert.Equal((Function, "V3_0"), (Pool.Triggers!.PreTokenGenerationConfig!.LambdaArn, Pool.Triggers.PreTokenGenerationConfig.LambdaVersion));
        Assert.Equal((2, 1, "TLS_V1_3_2025"), (Pool.PrefixManagedLoginVersion, Pool.Custom!.ManagedLoginVersion, Pool.Custom.SecurityPolicy));
    }

    private static string Format(PlanChange change) => $"{change.Member}: {change.Before} -> {change.After}";

    private static Dictionary<string, System.Text.Json.JsonElement> Members(string name, string value) =>
        new(StringComparer.Ordinal) { [name] = FakeCognito.Json(value) };
}
