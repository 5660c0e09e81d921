using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Steps;

/// <summary>A test in which a blueprint uses a user pool that may hold more than the blueprint names.</summary>
public abstract class SharedUserPoolTest
{
    private protected static Blueprint Own { get; } = new()
    {
        UserPool = new() { Name = "shared" },
        Domain = new() { Prefix = "shared-m2m" },
        ResourceServers = [new() { Identifier = "orders", Scopes = [new() { Name = "read" }] }],
        AppClients = [new() { Name = "billing", Scopes = ["orders/read"] }],
    };

    private protected FakeAccount Account { get; } = new();

    private protected Task<ProvisioningPlan> PlanAsync(Blueprint blueprint, DestroyOptions? options = null) =>
        Account.RunAsync(Account.CreateProvisioner().PlanDestroyAsync(blueprint, options, Account.Progress));

    private protected async Task<ProvisioningPlan> DestroyAsync(Blueprint blueprint, DestroyOptions? options = null)
    {
        var plan = await PlanAsync(blueprint, options);
        await Account.RunAsync(Account.CreateProvisioner().DestroyAsync(plan, plan.DestructiveChanges, Account.Progress));
        return plan;
    }

    private protected void Add(FakePool pool, string kind)
    {
        switch (kind)
        {
            case "app client":
                Account.Cognito.AddClient(pool, "web", hasSecret: false);
                break;
            case "resource server":
                pool.Servers.Add(new ResourceServer { Identifier = "stock", Name = "Stock" });
                break;
            case "domain":
                pool.Custom = new FakeCustomDomain { Name = "login.example.com", CertificateArn = "arn" };
                break;
            case "user":
                pool.Users.Add("ann");
                break;
            case "group":
                pool.Groups.Add("admins");
                break;
            default:
                pool.IdentityProviders.Add("Google");
                break;
        }
    }
}
