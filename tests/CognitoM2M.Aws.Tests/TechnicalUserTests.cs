using CognitoM2M.Emulator;
using CognitoM2M.Provisioning;
using CognitoM2M.Provisioning.ParameterStore;

namespace CognitoM2M.Aws.Tests;

/// <summary>A service that reads the password of its technical user, and the secret of the app client, from the parameter that provisioning has written.</summary>
public sealed class TechnicalUserTests : IAsyncLifetime
{
    private FakeParameterStore _store = null!;
    private CognitoEmulator _cognito = null!;

    public async Task InitializeAsync() => (_store, _cognito) = (await FakeParameterStore.StartAsync(), await CognitoEmulator.StartAsync());

    public async Task DisposeAsync()
    {
        await _cognito.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Service_signs_in_with_the_content_of_one_parameter(bool hasSecret)
    {
        using var provisioner = new CognitoProvisioner(new CognitoProvisionerOptions { EmulatorAddress = _cognito.BaseAddress, Region = "eu-west-1" });
        var sink = new SsmParameterSecretSink(_store.CreateClient(), "/acme");
        var blueprint = new Blueprint
        {
            UserPool = new() { Name = "acme" },
            AppClients = [new() { Name = "robots", Route = AppClientRoute.UserPassword, GenerateSecret = hasSecret }],
        };
        var outputs = await provisioner.ApplyAsync(await provisioner.PlanAsync(blueprint), new() { Secrets = sink });
        await provisioner.CreateUserAsync("acme", new() { Username = "robot", ClientName = "robots" }, sink);

        var options = new CognitoM2MClientOptions
        {
            Route = CognitoTokenRoute.UserPassword,
            TokenEndpoint = _cognito.BaseAddress,
            ClientId = Assert.Single(outputs.AppClients).ClientId,
            Username = "robot",
            AllowAnyHost = true,
            // The emulator takes long to check a password on a busy machine.
            AttemptTimeout = TimeSpan.FromMinutes(1),
        };
        options.UseParameterStoreForPassword("/acme/robots", _store.CreateClient());
        if (hasSecret)
            options.UseParameterStore("/acme/robots", _store.CreateClient());
        using var client = new CognitoM2MClient(options);

        Assert.Equal(["aws.cognito.signin.user.admin"], (await client.GetTokenAsync()).Scopes);
    }
}
