using CognitoM2M.Provisioning.Tests.Support;

namespace CognitoM2M.Provisioning.Tests.Secrets;

public sealed class RotationTests : IAsyncLifetime
{
    private readonly World _world = new();

    public async Task InitializeAsync() => await _world.ApplyAsync(World.Acme);

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("billing")]
    [InlineData("warehouse")]
    [InlineData("reports")]
    public async Task Old_secret_is_replaced_by_one_that_the_sink_holds_and_that_works(string name)
    {
        var client = _world.Cognito.Pool.Clients.Single(client => client.Name == name);

        var rotation = await RotateAsync(_world, name);

        var secret = Assert.Single(client.Secrets);
        Assert.Equal((client.Id, $"{client.Id}--1", $"{client.Id}--2"), (rotation.ClientId, rotation.OldSecretId, rotation.NewSecretId));
        Assert.Equal((secret.ClientSecretId, secret.ClientSecretValue), (_world.Sink.Held[name].ClientSecretId, _world.Sink.Held[name].ClientSecret));
    }

    [Fact]
    public async Task Killed_after_any_request_it_is_completed_by_the_next()
    {
        for (var last = 1; ; last++)
        {
            var world = new World();
            await world.ApplyAsync(World.Acme);
            world.Cognito.Calls.Clear();
            world.Cognito.DiesAfter = last;
            try
            {
                await RotateAsync(world, "reports");
                Assert.True(last > 6, $"{last}");
                return;
            }
            catch (DiedException)
            {
                world.Cognito.DiesAfter = null;
            }

            await RotateAsync(world, "reports");

            var secret = Assert.Single(world.Cognito.Pool.Clients[2].Secrets);
            Assert.Equal(secret.ClientSecretValue, world.Sink.Held["reports"].ClientSecret);
        }
    }

    [Fact]
    public async Task Rotations_follow_one_another()
    {
        for (var i = 0; i < 3; i++)
            await RotateAsync(_world, "billing");

        Assert.Equal(4, _world.Cognito.Pool.Clients[0].SecretsMade);
        Assert.Single(_world.Cognito.Pool.Clients[0].Secrets);
    }

    [Fact]
    public async Task Old_secret_stays_if_the_new_one_gets_no_token()
    {
        _world.TokenEndpoint.Inactive.Add("orders/read");

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => RotateAsync(_world, "billing"));

        Assert.Equal(ProvisioningError.TimedOut, failure.Error);
        Assert.Equal(2, _world.Cognito.Pool.Clients[0].Secrets.Count);
    }

    [Fact]
    public async Task Two_secrets_of_which_the_sink_knows_neither_are_an_error_until_one_is_given_up()
    {
        var client = _world.Cognito.Pool.Clients[0];
        await _world.Cognito.AddUserPoolClientSecretAsync(new(_world.Cognito.Pool.Id, client.Id));
        _world.Sink.Held.Clear();

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => RotateAsync(_world, "billing"));
        await _world.RunAsync(_world.Provisioner().RotateSecretAsync(World.Acme, "billing", _world.Sink, new() { SupersededSecretId = $"{client.Id}--2" }));

        Assert.Equal(ProvisioningError.Ambiguous, failure.Error);
        Assert.Contains($"{client.Id}--1, {client.Id}--2", failure.Message, StringComparison.Ordinal);
        Assert.Equal($"{client.Id}--3", Assert.Single(client.Secrets).ClientSecretId);
    }

    [Fact]
    public async Task Secret_in_use_is_not_given_up_even_on_request()
    {
        var client = _world.Cognito.Pool.Clients[0];
        await RotateAsync(_world, "billing");
        await _world.Cognito.AddUserPoolClientSecretAsync(new(_world.Cognito.Pool.Id, client.Id));

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() =>
            _world.RunAsync(_world.Provisioner().RotateSecretAsync(World.Acme, "billing", _world.Sink, new() { SupersededSecretId = $"{client.Id}--2" })));

        Assert.Equal(ProvisioningError.Secret, failure.Error);
        Assert.Equal(2, client.Secrets.Count);
    }

    [Fact]
    public async Task Secret_that_the_sink_could_not_store_is_told_and_the_old_one_stays()
    {
        var sink = new DelegateSecretSink((_, _) => throw new IOException("The disk is full."));

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() =>
            _world.RunAsync(_world.Provisioner().RotateSecretAsync(World.Acme, "billing", sink)));

        Assert.Equal(ProvisioningError.Secret, failure.Error);
        Assert.Equal(2, _world.Cognito.Pool.Clients[0].Secrets.Count);
        Assert.DoesNotContain("marker", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_after_a_rotation_neither_changes_nor_loses_the_secret()
    {
        await RotateAsync(_world, "billing");
        var secret = _world.Sink.Held["billing"].ClientSecret;

        var outputs = await _world.ApplyAsync(World.Acme);

        Assert.Empty(outputs.SecretsUnknown);
        Assert.Equal(secret, _world.Sink.Held["billing"].ClientSecret);
    }

    [Fact]
    public async Task Apply_names_the_clients_whose_secret_nobody_knows()
    {
        await RotateAsync(_world, "billing");
        _world.Sink.Held.Clear();

        var outputs = await _world.ApplyAsync(World.Acme);

        Assert.Equal(["billing"], outputs.SecretsUnknown);
    }

    private static Task<SecretRotation> RotateAsync(World world, string name) =>
        world.RunAsync(world.Provisioner().RotateSecretAsync(World.Acme, name, world.Sink, progress: world.Progress));
}
