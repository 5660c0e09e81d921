using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Secrets;

/// <summary>One place for secrets that holds the secrets of other app clients under the same names.</summary>
public sealed class OtherSecretTests : IDisposable
{
    private static readonly Blueprint _other = FakeAccount.Acme with { UserPool = new() { Name = "other" }, Domain = new() { Prefix = "other-m2m" } };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cognito-m2m-");
    private readonly FakeAccount _account = new();
    private readonly FileSecretSink _sink;

    public OtherSecretTests() => _sink = new FileSecretSink(Path.Combine(_folder.FullName, "secrets.json"));

    private FakeClient First => _account.Cognito.Pools[0].Clients[0];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Second_user_pool_does_not_replace_the_secrets_of_the_first()
    {
        await ApplyAsync(FakeAccount.Acme);
        var (before, changes) = (await ReadFileAsync(), _account.Cognito.Changes);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => ApplyAsync(_other));

        Assert.Equal(ProvisioningError.Secret, failure.Error);
        Assert.Contains(
            $"under the name 'billing' it holds the secret of another app client ({First.Id} of user pool {_account.Cognito.Pool.Id}), and the app client of the blueprint does not exist yet",
            failure.Message,
            StringComparison.Ordinal);
        Assert.EndsWith("--replace-secrets).", failure.Hint, StringComparison.Ordinal);
        Assert.Equal((before, changes), (await ReadFileAsync(), _account.Cognito.Changes));
    }

    [Fact]
    public async Task Both_client_ids_are_named_if_both_app_clients_exist()
    {
        await ApplyAsync(FakeAccount.Acme);
        await ApplyAsync(_other, sink: null);
        var before = await ReadFileAsync();

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => ApplyAsync(_other));

        Assert.Contains($"({First.Id} of user pool ", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"and the app client of the blueprint is {_account.Cognito.Pools[1].Clients[0].Id};", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, await ReadFileAsync());
    }

    [Fact]
    public async Task Rotation_adds_no_secret_that_would_replace_the_secret_of_another_app_client()
    {
        await ApplyAsync(FakeAccount.Acme);
        await ApplyAsync(_other, sink: null);
        var (before, changes) = (await ReadFileAsync(), _account.Cognito.Changes);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => RotateAsync(new()));

        Assert.Equal(ProvisioningError.Secret, failure.Error);
        Assert.Contains($"and the app client of the blueprint is {_account.Cognito.Pools[1].Clients[0].Id}.", failure.Message, StringComparison.Ordinal);
        Assert.Equal((before, changes), (await ReadFileAsync(), _account.Cognito.Changes));
    }

    [Fact]
    public async Task Secrets_of_other_app_clients_are_replaced_if_the_caller_says_so()
    {
        await ApplyAsync(FakeAccount.Acme);
        await ApplyAsync(_other, mayReplace: true);
        await ApplyAsync(FakeAccount.Acme, sink: null);

        var rotation = await RotateAsync(new() { ReplaceOtherSecrets = true });

        var second = _account.Cognito.Pools[1].Clients[0];
        Assert.Equal(second.Id, rotation.ClientId);
        Assert.Equal(Assert.Single(second.Secrets).ClientSecretValue, (await _sink.FindAsync("billing", second.Id, default))!.ClientSecret);
    }

    [Fact]
    public async Task Secret_of_an_app_client_that_was_deleted_from_the_same_user_pool_is_replaced()
    {
        await ApplyAsync(FakeAccount.Acme);
        _account.Cognito.Pool.Clients.RemoveAt(0);

        await ApplyAsync(FakeAccount.Acme);

        var created = _account.Cognito.Pool.Clients.Single(client => client.Name == "billing");
        Assert.Equal(created.Secrets[0].ClientSecretValue, (await _sink.FindAsync("billing", created.Id, default))!.ClientSecret);
    }

    [Fact]
    public async Task Stored_secret_is_replaced_if_the_plan_replaces_the_app_client()
    {
        await ApplyAsync(FakeAccount.Acme);
        First.Secrets.Clear();

        await ApplyAsync(FakeAccount.Acme, allow: DestructiveChanges.AppClient);

        var created = _account.Cognito.Pool.Clients.Single(client => client.Name == "billing");
        Assert.NotNull(await _sink.FindAsync("billing", created.Id, default));
    }

    [Fact]
    public async Task Secret_that_names_no_app_client_stays()
    {
        await File.WriteAllTextAsync(_sink.Path, """{"CognitoM2M":{"Clients":{"billing":{"ClientSecret":"marker"}}}}""");

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => ApplyAsync(FakeAccount.Acme));

        Assert.Contains("under the name 'billing' it holds a secret that names no app client", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("marker", failure.ToString(), StringComparison.Ordinal);
        Assert.Empty(_account.Cognito.Pools);
    }

    [Fact]
    public async Task Sink_itself_refuses_a_secret_that_another_run_has_stored_meanwhile()
    {
        await ApplyAsync(FakeAccount.Acme);
        var before = await ReadFileAsync();

        var refusal = await Assert.ThrowsAsync<InvalidDataException>(async () => await _sink.StoreAsync(
            new()
            {
                ClientName = "Billing",
                ClientId = "second",
                UserPoolId = "eu-west-1_B",
                ClientSecret = "marker",
                Route = AppClientRoute.OAuth2,
                Region = "eu-west-1",
                Scopes = [],
            },
            default));

        Assert.Contains($"({First.Id} of user pool ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("marker", refusal.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, await ReadFileAsync());
    }

    private Task<string> ReadFileAsync() => File.ReadAllTextAsync(_sink.Path);

    private Task<SecretRotation> RotateAsync(RotationOptions options) =>
        _account.RunAsync(_account.CreateProvisioner().RotateSecretAsync(_other, "billing", _sink, options));

    private Task ApplyAsync(Blueprint blueprint, bool mayReplace = false, DestructiveChanges allow = DestructiveChanges.None) =>
        ApplyAsync(blueprint, _sink, mayReplace, allow);

    private async Task ApplyAsync(Blueprint blueprint, ISecretSink? sink, bool mayReplace = false, DestructiveChanges allow = DestructiveChanges.None)
    {
        var plan = await _account.PlanAsync(blueprint);
        await _account.RunAsync(_account.CreateProvisioner().ApplyAsync(plan, new() { Secrets = sink, ReplaceOtherSecrets = mayReplace, Allow = allow }));
    }
}
