using Amazon.SimpleSystemsManagement;
using CognitoM2M.Emulator;
using CognitoM2M.Provisioning;
using CognitoM2M.Provisioning.ParameterStore;

namespace CognitoM2M.Aws.Tests;

/// <summary>A service that reads its secret from Parameter Store while provisioning rotates the secret there.</summary>
public sealed class RotationTests : IAsyncLifetime
{
    private const string Path = "/acme/m2m";

    private static readonly Blueprint _blueprint = new()
    {
        UserPool = new() { Name = "acme" },
        Domain = new() { Prefix = "acme-m2m" },
        ResourceServers = [new() { Identifier = "orders", Scopes = [new() { Name = "read" }] }],
        AppClients = [new() { Name = "billing", Scopes = ["orders/read"] }],
    };

    private FakeParameterStore _store = null!;

    private static AppClientCredentials Credentials => new()
    {
        ClientName = "billing",
        ClientId = "abc",
        UserPoolId = "eu-west-1_A",
        ClientSecret = "one",
        Route = AppClientRoute.OAuth2,
        Region = "eu-west-1",
        Scopes = ["orders/read"],
    };

    public async Task InitializeAsync() => _store = await FakeParameterStore.StartAsync();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public Task Service_gets_tokens_before_between_and_after_the_steps_of_a_rotation() => RotateAsync(_store.CreateClient);

    [MotoFact]
    public async Task Service_gets_tokens_before_between_and_after_the_steps_of_a_rotation_with_the_Parameter_Store_of_moto()
    {
        using var moto = await MotoServer.StartAsync();

        await RotateAsync(moto.CreateClient);
    }

    [Fact]
    public async Task Second_apply_writes_no_parameter()
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        using var provisioner = new CognitoProvisioner(new CognitoProvisionerOptions { EmulatorAddress = cognito.BaseAddress, Region = "eu-west-1" });
        var sink = new SsmParameterSecretSink(_store.CreateClient(), Path);
        await provisioner.ApplyAsync(await provisioner.PlanAsync(_blueprint), new() { Secrets = sink });
        _store.Calls.Clear();

        await provisioner.ApplyAsync(await provisioner.PlanAsync(_blueprint), new() { Secrets = sink });

        Assert.All(_store.Calls, call => Assert.StartsWith("GetParameter ", call, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refusal_of_the_store_stops_the_apply_before_anything_is_created_and_is_not_quoted()
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        using var provisioner = new CognitoProvisioner(new CognitoProvisionerOptions { EmulatorAddress = cognito.BaseAddress, Region = "eu-west-1" });
        _store.Refusal = ("AccessDeniedException", "marker");
        var plan = await provisioner.PlanAsync(_blueprint);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() =>
            provisioner.ApplyAsync(plan, new() { Secrets = new SsmParameterSecretSink(_store.CreateClient(), Path) }));

        Assert.Equal(ProvisioningError.Secret, failure.Error);
        Assert.Contains("ssm:GetParameter failed for parameter '/acme/m2m' with AccessDeniedException", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("marker", failure.ToString(), StringComparison.Ordinal);
        Assert.Empty(cognito.UserPools);
    }

    [Fact]
    public async Task Unreadable_answer_is_not_quoted()
    {
        _store.ForeignAnswer = "{\"Parameter\":{\"Value\":\"marker\"";

        var failure = await Assert.ThrowsAsync<IOException>(async () =>
            await new SsmParameterSecretSink(_store.CreateClient(), Path).FindAsync("billing", "abc", default));

        Assert.DoesNotContain("marker", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_keeps_a_secret_that_a_rotation_has_stored_meanwhile()
    {
        var sink = new SsmParameterSecretSink(_store.CreateClient(), Path);
        await sink.StoreAsync(Credentials with { ClientSecret = "newer", ClientSecretId = "abc--2", PendingSecret = "newest" }, default);

        await sink.RefreshAsync(Credentials, default);

        Assert.Equal(new HeldSecret { ClientSecret = "newer", ClientSecretId = "abc--2", PendingSecret = "newest" }, await sink.FindAsync("billing", "abc", default));
    }

    [Fact]
    public async Task Parameter_that_another_run_creates_after_the_look_stays()
    {
        var sink = new SsmParameterSecretSink(_store.CreateClient(), Path);
        _store.BeforePut = () => _store.Parameters["/acme/m2m/billing"] = ("SecureString", "of another run");

        await Assert.ThrowsAsync<IOException>(async () => await sink.StoreAsync(Credentials, default));

        Assert.Equal("of another run", _store.Parameters["/acme/m2m/billing"].Value);
    }

    [Fact]
    public async Task Parameter_is_encrypted_with_the_named_key()
    {
        var sink = new SsmParameterSecretSink(_store.CreateClient(), Path, "alias/acme");

        await sink.StoreAsync(Credentials, default);

        Assert.Equal("alias/acme", _store.Requests[^1].KmsKey);
    }

    [Fact]
    public async Task Parameter_keeps_its_key_if_no_key_is_named()
    {
        await new SsmParameterSecretSink(_store.CreateClient(), Path).StoreAsync(Credentials with { ClientSecret = "zero" }, default);
        await new SsmParameterSecretSink(_store.CreateClient(), Path, "alias/acme").StoreAsync(Credentials, default);

        await new SsmParameterSecretSink(_store.CreateClient(), Path).StoreAsync(Credentials with { ClientSecret = "two" }, default);

        Assert.Equal(["alias/aws/ssm", "alias/acme", "alias/acme"], _store.Keys["/acme/m2m/billing"]);
    }

    [Fact]
    public async Task Value_that_stays_is_encrypted_again_if_another_key_is_named()
    {
        await new SsmParameterSecretSink(_store.CreateClient(), Path, "alias/acme").StoreAsync(Credentials, default);
        var other = new SsmParameterSecretSink(_store.CreateClient(), Path, "alias/other");

        await other.RefreshAsync(Credentials, default);
        await other.RefreshAsync(Credentials, default);

        Assert.Equal(["alias/acme", "alias/other"], _store.Keys["/acme/m2m/billing"]);
        Assert.Equal("one", (await other.FindAsync("billing", "abc", default))!.ClientSecret);
    }

    [Theory]
    [InlineData("1111", "arn:aws:kms:eu-west-1:123456789012:key/1111", true)]
    [InlineData("arn:aws:kms:eu-west-1:123456789012:key/1111", "1111", true)]
    [InlineData("arn:aws:kms:eu-west-1:123456789012:alias/acme", "alias/acme", true)]
    [InlineData("1111", "2222", false)]
    [InlineData("1111", "alias/acme", false)]
    [InlineData("alias/1111", "arn:aws:kms:eu-west-1:123456789012:key/1111", false)]
    [InlineData("arn:aws:kms:eu-west-1:123456789012:key/1111", "arn:aws:kms:us-east-1:123456789012:key/1111", false)]
    public async Task Key_is_recognized_by_its_id_and_by_its_ARN(string stored, string named, bool isSame)
    {
        await new SsmParameterSecretSink(_store.CreateClient(), Path, stored).StoreAsync(Credentials, default);

        await new SsmParameterSecretSink(_store.CreateClient(), Path, named).RefreshAsync(Credentials, default);

        Assert.Equal(isSame ? [stored] : [stored, named], _store.Keys["/acme/m2m/billing"]);
    }

    [Theory]
    [InlineData("/aws/m2m")]
    [InlineData("/SSMacme")]
    [InlineData("")]
    [InlineData("acme")]
    [InlineData("/acme/")]
    [InlineData("/acme//m2m")]
    [InlineData("/ac me")]
    public void Malformed_path_is_refused(string path)
    {
        Assert.Throws<ArgumentException>(() => new SsmParameterSecretSink(_store.CreateClient(), path));
    }

    private static async Task RotateAsync(Func<IAmazonSimpleSystemsManagement> createStore)
    {
        using var store = createStore();
        using var storeOfService = createStore();
        await using var cognito = await CognitoEmulator.StartAsync();
        using var provisioner = new CognitoProvisioner(new CognitoProvisionerOptions { EmulatorAddress = cognito.BaseAddress, Region = "eu-west-1" });
        var sink = new SsmParameterSecretSink(store, Path);
        var outputs = await provisioner.ApplyAsync(await provisioner.PlanAsync(_blueprint), new() { Secrets = sink });
        var options = new CognitoM2MClientOptions { TokenEndpoint = outputs.TokenEndpoint, ClientId = outputs.AppClients[0].ClientId };
        options.UseParameterStore($"{Path}/billing", storeOfService);
        using var service = new CognitoM2MClient(options);

        var before = await service.GetTokenAsync();
        var first = await provisioner.RotateSecretAsync(_blueprint, "billing", sink, new() { KeepOldSecret = true });
        var between = await service.GetTokenAsync(new CognitoTokenRequest { ForceRefresh = true });
        await provisioner.FinishRotationAsync(_blueprint, "billing", sink);
        var after = await service.GetTokenAsync(new CognitoTokenRequest { ForceRefresh = true });

        Assert.True(first.IsOldSecretKept);
        Assert.Equal(3, new[] { before.Value, between.Value, after.Value }.Distinct().Count());
        var stored = (await store.GetParameterAsync(new() { Name = $"{Path}/billing", WithDecryption = true })).Parameter;
        Assert.Equal(ParameterType.SecureString, stored.Type);
        Assert.Contains(first.NewSecretId, stored.Value, StringComparison.Ordinal);
    }
}
