using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Secrets;

public sealed class TwoStepRotationTests : IAsyncLifetime
{
    private readonly FakeAccount _account = new();

    private FakeClient Client => _account.Cognito.Pool.Clients[0];

    public async Task InitializeAsync() => await _account.ApplyAsync(FakeAccount.Acme);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task First_step_stores_and_tests_the_new_secret_and_keeps_the_old_one()
    {
        var rotation = await RotateAsync(new() { KeepOldSecret = true });

        Assert.True(rotation.IsOldSecretKept);
        Assert.Equal(TimeSpan.FromMinutes(35), rotation.DeleteOldSecretAfter);
        Assert.Equal([$"{Client.Id}--1", $"{Client.Id}--2"], Client.Secrets.Select(secret => secret.ClientSecretId));
        Assert.Equal($"{Client.Id}--2", _account.Sink.Held["billing"].ClientSecretId);
        Assert.NotEmpty(_account.TokenEndpoint.Requests);
    }

    [Fact]
    public async Task Second_step_deletes_the_old_secret_and_adds_none()
    {
        await RotateAsync(new() { KeepOldSecret = true });

        var rotation = await FinishAsync();

        Assert.Equal(($"{Client.Id}--1", $"{Client.Id}--2", false), (rotation.OldSecretId, rotation.NewSecretId, rotation.IsOldSecretKept));
        Assert.Equal($"{Client.Id}--2", Assert.Single(Client.Secrets).ClientSecretId);
        Assert.Equal(2, Client.SecretsMade);
    }

    [Fact]
    public async Task Repeated_steps_change_nothing()
    {
        await RotateAsync(new() { KeepOldSecret = true });
        var again = await RotateAsync(new() { KeepOldSecret = true });
        await FinishAsync();

        var rotation = await FinishAsync();

        Assert.True(again.IsOldSecretKept);
        Assert.Null(rotation.OldSecretId);
        Assert.Equal(2, Client.SecretsMade);
        Assert.Single(Client.Secrets);
    }

    [Fact]
    public async Task Second_step_without_a_first_changes_nothing_if_the_only_secret_gets_a_token()
    {
        // Apply stores the first secret without its id.
        Assert.Null(_account.Sink.Held["billing"].ClientSecretId);

        var rotation = await FinishAsync(new() { DeleteOldSecretAfter = TimeSpan.FromHours(1) });

        Assert.Equal((null, $"{Client.Id}--1"), (rotation.OldSecretId, rotation.NewSecretId));
        Assert.Single(Client.Secrets);

        _account.TokenEndpoint.InactiveScopes.Add("orders/read");
        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => FinishAsync());
        Assert.Contains("gets no token", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Second_step_refuses_if_the_new_secret_gets_no_token()
    {
        await RotateAsync(new() { KeepOldSecret = true });
        _account.TokenEndpoint.InactiveScopes.Add("orders/read");

        await AssertRefusedAsync("gets no token");
    }

    [Fact]
    public async Task Second_step_refuses_if_the_sink_holds_the_old_secret()
    {
        Client.AddSecret();

        await AssertRefusedAsync($"does not hold the newest secret of app client 'billing' ({Client.Id}--2)");
    }

    [Fact]
    public async Task Second_step_refuses_if_the_sink_holds_nothing()
    {
        await RotateAsync(new() { KeepOldSecret = true });
        _account.Sink.Held.Clear();

        await AssertRefusedAsync("does not hold the newest secret");
    }

    [Fact]
    public async Task Second_step_refuses_on_request_while_the_new_secret_is_too_new()
    {
        await RotateAsync(new() { KeepOldSecret = true });
        Client.Secrets[1] = Client.Secrets[1] with { ClientSecretCreateDate = _account.Clock.GetUtcNow().ToUnixTimeSeconds() - 600 };

        await AssertRefusedAsync("is too young", new() { DeleteOldSecretAfter = TimeSpan.FromMinutes(30) });
        await FinishAsync(new() { DeleteOldSecretAfter = TimeSpan.FromMinutes(10) });

        Assert.Single(Client.Secrets);
    }

    [Fact]
    public async Task Rotation_in_one_step_waits_for_the_lifetime_of_a_token_and_for_services_that_keep_a_secret_for_five_minutes()
    {
        var startedAt = _account.Clock.GetElapsedTime(0);

        await RotateAsync(new());

        Assert.InRange(_account.Clock.GetElapsedTime(0) - startedAt, TimeSpan.FromMinutes(35), TimeSpan.FromMinutes(36));
        Assert.Contains(_account.Progress.Reports, report => report.Message.StartsWith("waiting for services to take the new secret of app client 'billing'; the old one stays until ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rotation_waits_as_long_as_the_caller_says()
    {
        await RotateAsync(new() { DeleteOldSecretAfter = TimeSpan.Zero });

        Assert.DoesNotContain(_account.Progress.Reports, report => report.Message.Contains("services to take", StringComparison.Ordinal));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RotationOptions { DeleteOldSecretAfter = TimeSpan.FromSeconds(-1) });
    }

    [Fact]
    public async Task Next_rotation_ends_one_that_was_cancelled_while_it_waited()
    {
        using var stop = new CancellationTokenSource();
        var progress = new ActingProgress("services to take", stop.Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _account.RunAsync(
            _account.CreateProvisioner().RotateSecretAsync(FakeAccount.Acme, "billing", _account.Sink, progress: progress, cancellationToken: stop.Token)));
        Assert.Equal(2, Client.Secrets.Count);

        await RotateAsync(new());

        Assert.Equal(2, Client.SecretsMade);
        Assert.Equal($"{Client.Id}--2", Assert.Single(Client.Secrets).ClientSecretId);
    }

    [Fact]
    public async Task Old_secret_stays_if_another_run_puts_it_back_into_the_sink_during_the_wait()
    {
        var old = _account.Sink.Held["billing"];
        var progress = new ActingProgress("services to take", () => _account.Sink.Held["billing"] = old with { ClientSecretId = $"{Client.Id}--1" });

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.RunAsync(
            _account.CreateProvisioner().RotateSecretAsync(FakeAccount.Acme, "billing", _account.Sink, new(), progress)));

        Assert.Equal(ProvisioningError.Secret, failure.Error);
        Assert.Equal(2, Client.Secrets.Count);
    }

    private async Task AssertRefusedAsync(string message, RotationOptions? options = null)
    {
        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => FinishAsync(options));

        Assert.Equal(ProvisioningError.Secret, failure.Error);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, Client.Secrets.Count);
    }

    private Task<SecretRotation> RotateAsync(RotationOptions options) =>
        _account.RunAsync(_account.CreateProvisioner().RotateSecretAsync(FakeAccount.Acme, "billing", _account.Sink, options, _account.Progress));

    private Task<SecretRotation> FinishAsync(RotationOptions? options = null) =>
        _account.RunAsync(_account.CreateProvisioner().FinishRotationAsync(FakeAccount.Acme, "billing", _account.Sink, options, _account.Progress));

    private sealed class ActingProgress(string text, Action act) : IProgress<ProvisioningProgress>
    {
        public void Report(ProvisioningProgress value)
        {
            if (value.Message.Contains(text, StringComparison.Ordinal))
                act();
        }
    }
}
