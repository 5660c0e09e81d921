using CognitoM2M;
using CognitoM2M.Emulator;
using CognitoM2M.Provisioning;

namespace ConsoleConsumer;

/// <summary>Creates user pool, resource server, app client and domain on the emulator, with the same code as on AWS.</summary>
internal sealed record Setup(EmulatedUserPool Pool, EmulatedAppClient AppClient, AppClientCredentials Credentials)
{
    public static async Task<Setup> ProvisionAsync(CognitoEmulator cognito, CognitoTokenRoute route)
    {
        var blueprint = new Blueprint
        {
            UserPool = new UserPoolBlueprint { Name = "acme" },
            Domain = route == CognitoTokenRoute.OAuth2 ? new DomainBlueprint { Prefix = "acme-m2m" } : null,
            ResourceServers = [new ResourceServerBlueprint { Identifier = "orders", Scopes = [new ScopeBlueprint { Name = "read" }] }],
            AppClients =
            [
                new AppClientBlueprint
                {
                    Name = "console-consumer",
                    Scopes = ["orders/read"],
                    Route = route == CognitoTokenRoute.OAuth2 ? AppClientRoute.OAuth2 : AppClientRoute.GetClientToken,
                },
            ],
        };

        using var provisioner = new CognitoProvisioner(new CognitoProvisionerOptions { EmulatorAddress = cognito.BaseAddress, Region = "eu-west-1" });

        var plan = await provisioner.PlanAsync(blueprint);
        Report.Say($"\n0. Provisioning: {plan.Steps.Count} steps from an empty account.");
        foreach (var step in plan.Steps)
            Report.Say($"    {step.Title}");

        AppClientCredentials? credentials = null;
        await provisioner.ApplyAsync(plan, new ApplyOptions
        {
            Secrets = new DelegateSecretSink((handedOver, _) =>
            {
                credentials = handedOver;
                return ValueTask.CompletedTask;
            }),
            Ready = new ReadyOptions(),
        });

        var pool = cognito.UserPools.Single();
        // Provisioning requested one token to see that the app client is ready. Count only the requests of the sample.
        cognito.TokenRequests.Reset();
        return new Setup(pool, pool.AppClients.Single(), credentials!);
    }
}
