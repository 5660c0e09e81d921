using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Secrets;

public sealed class RotationTests : IAsyncLifetime
{
    private readonly FakeAccount _account = new();

    public async Task InitializeAsync() => await _account.ApplyAsync(FakeAccount.Acme);

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("billing")]
    [InlineData("warehouse")]
    [InlineData("reports")]
    public async Task Rotation_leaves_only_the_new_secret_and_the_sink_holds_it(string name)
    {
        var client = _account.Cognito.Pool.Clients.Single(client => client.Name == name);

        var rotation = await RotateAsync(_account, name);

        var secret = Assert.Single(client.Secrets);
        Assert.Equal((client.Id, $"{client.Id}--1", $"{client.Id}--2"), (rotation.ClientId, rotation.OldSecretId, rotation.NewSecretId));
        Assert.Equal((secret.ClientSecretId, secret.ClientSecretValue), (_account.Sink.Held[name].ClientSecretId, _account.Sink.Held[name].ClientSecret));
    }

    [Fact]
    public async Task Next_rotation_completes_a_rotation_that_was_killed_after_any_request()
    {
        for (var last = 1; ; last++)
        {
            var account = new FakeAccount();
            await account.ApplyAsync(FakeAccount.Acme);
            account.Cognito.Calls.Clear();
            account.Cognito.DiesAfter = last;
            try
            {
                await RotateAsync(account, "reports");
                Assert.True(last > 6, $"{last}");
                return;
            }
            catch (DiedException)
            {
                account.Cognito.DiesAfter = null;
            }

            var hadEnded = account.Cognito.Calls.Contains("DeleteUserPoolClientSecret");
            await RotateAsync(account, "reports");

            var secret = Assert.Single(account.Cognito.Pool.Clients[2].Secrets);
            Assert.Equal(secret.ClientSecretValue, account.Sink.Held["reports"].ClientSecret);
            Assert.Null(account.Sink.Held["reports"].PendingSecret);
            // The second run goes on with the secret that the first has added, unless the first had nothing left to do.
            Assert.Equal(hadEnded ? 3 : 2, account.Cognito.Pool.Clients[2].SecretsMade);
        }
    }

    [Fact]
    public async Task Secret_can_be_rotated_several_times()
    {
        for (var i = 0; i < 3; i++)
            await RotateAsync(_account, "billing");

        Assert.Equal(4, _account.Cognito.Pool.Clients[0].SecretsMade);
        Assert.Single(_account.Cognito.Pool.Clients[0].Secrets);
    }

    [Fact]
    public async Task Old_secret_stays_if_the_new_one_gets_no_token()
    {
        _account.TokenEndpoint.InactiveScopes.Add("orders/read");

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => RotateAsync(_account, "billing"));

        Assert.Equal(ProvisioningError.TimedOut, failure.Error);
        Assert.Equal(2, _account.Cognito.Pool.Clients[0].Secrets.Count);
    }

    [Fact]
    public async Task Two_secrets_that_the_sink_does_not_know_are_an_error_until_one_is_named_for_deletion()
    {
        var client = _account.Cognito.Pool.Clients[0];
        client.AddSecret();
        _account.Sink.Held.Clear();

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => RotateAsync(_account, "billing"));
        await _account.RunAsync(_account.CreateProvisioner().RotateSecretAsync(FakeAccount.Acme, "billing", _account.Sink, new() { SupersededSecretId = $"{client.Id}--2" }));

        Assert.Equal(ProvisioningError.Ambiguous, failure.Error);
        Assert.Contains($"has two secrets, {client.Id}--1 and {client.Id}--2, and the sink holds neither", failure.Message, StringComparison.Ordinal);
        Assert.Equal($"{client.Id}--3", Assert.Single(client.Secrets).ClientSecretId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Newer_secret_that_somebody_else_has_added_is_not_deleted(bool isRotationInterrupted)
    {
        var client = _account.Cognito.Pool.Clients[0];
        await RotateAsync(_account, "billing");
        if (isRotationInterrupted)
        {
            // The pending secret is stored, and another caller adds a secret before this rotation does.
            _account.Cognito.Fault = operation => operation == AppClientOperations.AddSecret ? new DiedException() : null;
            await Assert.ThrowsAsync<DiedException>(() => RotateAsync(_account, "billing"));
            _account.Cognito.Fault = null;
            Assert.NotNull(_account.Sink.Held["billing"].PendingSecret);
        }

        client.AddSecret();
        var before = client.Secrets.ToList();

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => RotateAsync(_account, "billing"));

        Assert.Equal(ProvisioningError.Ambiguous, failure.Error);
        Assert.Contains($"has two secrets, {client.Id}--2 and {client.Id}--3, and the sink holds the older one", failure.Message, StringComparison.Ordinal);
        Assert.Contains(
            $"aws cognito-idp delete-user-pool-client-secret --user-pool-id {_account.Cognito.Pool.Id} --client-id {client.Id} --client-secret-id {client.Id}--3 --region eu-west-1",
            failure.Hint,
            StringComparison.Ordinal);
        Assert.DoesNotContain($"--client-secret-id {client.Id}--2", failure.Hint, StringComparison.Ordinal);
        Assert.Equal(before, client.Secrets);
    }

    [Fact]
    public async Task Pending_secret_survives_an_apply_and_is_never_shown()
    {
        _account.Cognito.LoseAnswer = operation => operation == AppClientOperations.AddSecret ? new(ProvisioningError.Unreachable, "The answer was lost.") : null;
        await Assert.ThrowsAsync<CognitoProvisioningException>(() => RotateAsync(_account, "billing"));
        _account.Cognito.LoseAnswer = null;
        var pending = _account.Sink.Held["billing"].PendingSecret!;

        await _account.ApplyAsync(FakeAccount.Acme);
        await RotateAsync(_account, "billing");

        Assert.Matches("^[0-9a-z]{52}$", pending);
        Assert.Equal(pending, Assert.Single(_account.Cognito.Pool.Clients[0].Secrets).ClientSecretValue);
        Assert.Equal((pending, null), (_account.Sink.Held["billing"].ClientSecret, _account.Sink.Held["billing"].PendingSecret));
        Assert.DoesNotContain(_account.Progress.Reports, report => report.ToString()!.Contains(pending, StringComparison.Ordinal));
        Assert.DoesNotContain(pending, new HeldSecret { PendingSecret = pending }.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_in_use_is_not_deleted_even_if_it_is_named()
    {
        var client = _account.Cognito.Pool.Clients[0];
        await RotateAsync(_account, "billing");
        client.AddSecret();

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() =>
            _account.RunAsync(_account.CreateProvisioner().RotateSecretAsync(FakeAccount.Acme, "billing", _account.Sink, new() { SupersededSecretId = $"{client.Id}--2" })));

        Assert.Equal(ProvisioningError.Secret, failure.Error);
        Assert.Equal(2, client.Secrets.Count);
    }

    [Fact]
    public async Task Old_secret_stays_if_the_sink_cannot_store_the_new_one()
    {
        var sink = new DelegateSecretSink((_, _) => throw new IOException("The disk is full."));

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() =>
            _account.RunAsync(_account.CreateProvisioner().RotateSecretAsync(FakeAccount.Acme, "billing", sink)));

        Assert.Equal(ProvisioningError.Secret, failure.Error);
        Assert.Equal(2, _account.Cognito.Pool.Clients[0].Secrets.Count);
        Assert.All(
            _account.Cognito.Pool.Clients[0].Secrets,
            secret => Assert.DoesNotContain(secret.ClientSecretValue!, failure.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Apply_after_a_rotation_neither_changes_nor_loses_the_secret()
    {
        await RotateAsync(_account, "billing");
        var secret = _account.Sink.Held["billing"].ClientSecret;

        var outputs = await _account.ApplyAsync(FakeAccount.Acme);

        Assert.Empty(outputs.UnknownSecrets);
        Assert.Equal(secret, _account.Sink.Held["billing"].ClientSecret);
    }

    [Fact]
    public async Task Apply_names_the_app_clients_whose_secret_is_unknown()
    {
        await RotateAsync(_account, "billing");
        _account.Sink.Held.Clear();

        var outputs = await _account.ApplyAsync(FakeAccount.Acme);

        Assert.Equal(["billing"], outputs.UnknownSecrets);
    }

    private static Task<SecretRotation> RotateAsync(FakeAccount account, string name) =>
        account.RunAsync(account.CreateProvisioner().RotateSecretAsync(FakeAccount.Acme, name, account.Sink, progress: account.Progress));
}
