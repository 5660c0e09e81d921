using CognitoM2M.Emulator;
using CognitoM2M.Provisioning;

namespace CognitoM2M.EndToEnd.Tests;

/// <summary>A provisioner that knows the emulator only as the address of the user pools API, as from <c>AWS_ENDPOINT_URL</c>.</summary>
public sealed class EndpointOfAnEmulatorTests : IDisposable
{
    private static readonly Blueprint _blueprint = new()
    {
        UserPool = new() { Name = "acme" },
        Domain = new() { Prefix = "acme-m2m" },
        ResourceServers = [new() { Identifier = "orders", Scopes = [new() { Name = "read" }] }],
        AppClients = [new() { Name = "billing", Scopes = ["orders/read"], Route = AppClientRoute.Both }],
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cognito-m2m-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Tokens_outputs_and_secrets_come_from_the_emulator()
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        var address = cognito.BaseAddress;
        using var provisioner = Create(cognito);
        var sink = CreateSink();

        var outputs = await provisioner.ApplyAsync(await provisioner.PlanAsync(_blueprint), new() { Secrets = sink, Ready = new() { Timeout = TimeSpan.FromSeconds(10) } });
        // On AWS, this rotation would keep the old secret for an hour.
        var rotation = await provisioner.RotateSecretAsync(_blueprint, "billing", sink);

        Assert.Equal(new Uri(address, "/oauth2/token"), outputs.TokenEndpoint);
        Assert.Equal(new Uri(address, $"/{outputs.UserPoolId}/.well-known/jwks.json"), outputs.JwksUri);
        Assert.Equal(new SecretOwner { ClientId = rotation.ClientId, UserPoolId = outputs.UserPoolId, IsEmulated = true }, await sink.FindOwnerAsync("billing", default));
        Assert.False(rotation.IsOldSecretKept);
    }

    [Fact]
    public async Task Secrets_of_an_emulator_that_was_started_again_are_replaced()
    {
        var sink = CreateSink();
        for (var i = 0; i < 2; i++)
        {
            await using var cognito = await CognitoEmulator.StartAsync();
            using var provisioner = Create(cognito);

            var outputs = await provisioner.ApplyAsync(await provisioner.PlanAsync(_blueprint), new() { Secrets = sink });

            Assert.Equal(outputs.AppClients[0].ClientId, (await sink.FindOwnerAsync("billing", default))!.ClientId);
        }
    }

    private static CognitoProvisioner Create(CognitoEmulator cognito) => new(new CognitoProvisionerOptions { EndpointUrl = cognito.BaseAddress, Region = "eu-west-1" });

    private FileSecretSink CreateSink() => new(Path.Combine(_folder.FullName, "secrets.json"));
}
