using CognitoM2M.Emulator;
using CognitoM2M.Provisioning;

namespace CognitoM2M.EndToEnd.Tests;

/// <summary>A blueprint, and what tests do with it: plan and apply through the AWS SDK and real sockets, against the emulator.</summary>
internal static class AppliedBlueprint
{
    public static Blueprint Acme { get; } = new()
    {
        UserPool = new() { Name = "acme", Tags = new Dictionary<string, string> { ["team"] = "orders" } },
        Domain = new() { Prefix = "acme-m2m" },
        ResourceServers = [new() { Identifier = "orders", Scopes = [new() { Name = "read" }, new() { Name = "write" }] }],
        AppClients =
        [
            new() { Name = "reader", Scopes = ["orders/read"], Route = AppClientRoute.Both, TokenLifetime = TimeSpan.FromMinutes(30) },
            new() { Name = "writer", Scopes = ["orders/read", "orders/write"], Route = AppClientRoute.OAuth2 },
        ],
    };

    public static async Task ApplyAsync(
        CognitoEmulator cognito, Blueprint blueprint, List<AppClientCredentials> secrets, CancellationToken cancellationToken = default)
    {
        using var provisioner = CreateProvisioner(cognito);
        var plan = await provisioner.PlanAsync(blueprint, cancellationToken: cancellationToken);
        await ApplyAsync(cognito, plan, secrets, cancellationToken);
    }

    public static async Task ApplyAsync(
        CognitoEmulator cognito, ProvisioningPlan plan, List<AppClientCredentials> secrets, CancellationToken cancellationToken = default)
    {
        using var provisioner = CreateProvisioner(cognito);
        var sink = new DelegateSecretSink((credentials, _) =>
        {
            secrets.Add(credentials);
            return ValueTask.CompletedTask;
        });
        await provisioner.ApplyAsync(plan, new ApplyOptions { Secrets = sink }, cancellationToken: cancellationToken);
    }

    public static async Task<ProvisioningPlan> PlanAsync(CognitoEmulator cognito, Blueprint blueprint)
    {
        using var provisioner = CreateProvisioner(cognito);
        return await provisioner.PlanAsync(blueprint);
    }

    public static CognitoProvisioner CreateProvisioner(CognitoEmulator cognito, TimeProvider? clock = null) => new(new CognitoProvisionerOptions
    {
        EmulatorAddress = cognito.BaseAddress,
        Region = "eu-west-1",
        TimeProvider = clock ?? TimeProvider.System,
    });
}
