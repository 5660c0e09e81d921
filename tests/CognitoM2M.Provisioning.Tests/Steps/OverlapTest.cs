using CognitoM2M.Provisioning.Service;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Steps;

/// <summary>A test in which two runs apply the same blueprint at the same time.</summary>
public abstract class OverlapTest
{
    private protected static Blueprint Wanted { get; } = new()
    {
        UserPool = new() { Name = "acme", DeletionProtection = true },
        Domain = new() { Prefix = "acme-m2m" },
        ResourceServers = [new() { Identifier = "orders", Scopes = [new() { Name = "read" }] }],
        AppClients = [new() { Name = "billing", Scopes = ["orders/read"] }, new() { Name = "reports", Scopes = ["orders/read"] }],
    };

    private protected FakeAccount Account { get; } = new();

    /// <summary>Runs the first run, and the second at the first request of this operation.</summary>
    private protected async Task RunAtAsync(ConcurrentRun first, Operation operation, Func<Task> second)
    {
        var hasRun = false;
        first.BeforeRequest = async called =>
        {
            if (called != operation || hasRun)
                return;

            hasRun = true;
            await second();
        };
        await Account.RunAsync(first.RunAsync(Wanted));
    }
}
