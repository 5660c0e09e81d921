using CognitoM2M.Provisioning.Tests.Fakes;
using Xunit.Abstractions;

namespace CognitoM2M.Provisioning.Tests.Steps;

public sealed class LargeBlueprintTests(ITestOutputHelper output)
{
    private const long MemoryBound = 100 * 1024 * 1024;

    private static readonly Blueprint _large = new()
    {
        UserPool = new() { Name = "large" },
        Domain = new() { Prefix = "large-m2m" },
        ResourceServers =
        [
            .. Enumerable.Range(0, 25).Select(server => new ResourceServerBlueprint
            {
                Identifier = $"server-{server}",
                Scopes = [.. Enumerable.Range(0, 100).Select(scope => new ScopeBlueprint { Name = $"scope-{scope}" })],
            }),
        ],
        AppClients =
        [
            .. Enumerable.Range(0, 300).Select(client => new AppClientBlueprint
            {
                Name = $"client-{client}",
                Scopes = [.. Enumerable.Range(0, 50).Select(scope => $"server-{client % 25}/scope-{scope}")],
            }),
        ],
    };

    [Fact]
    public async Task Large_blueprint_is_applied_and_planned_again_within_quotas_with_a_known_number_of_requests()
    {
        var account = new FakeAccount();
        account.Cognito.EnforcesQuotas = true;
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await account.ApplyAsync(_large);
        var (applied, appliedIn) = (account.Cognito.Calls.Count, account.Clock.GetElapsedTime(0));
        // The second plan is made by another provisioner, which does not know the requests of the last second.
        account.Clock.Advance(TimeSpan.FromSeconds(1));
        var plan = await account.PlanAsync(_large);
        var (planned, plannedIn) = (account.Cognito.Calls.Count - applied, account.Clock.GetElapsedTime(0) - appliedIn);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        output.WriteLine($"apply: {applied} requests in {appliedIn}; second plan: {planned} requests in {plannedIn}; memory {held / 1024} KiB");

        Assert.True(plan.IsEmpty);
        Assert.Equal(0, account.Cognito.Throttled);

        // Apply: one request for each of the 327 things it makes; one look at the domain; four pages of pools, and the new pool twice; and at
        // most one page of app clients for each app client, to see whether another run creates the same ones.
        Assert.Equal(1 + 1 + 25 + 300, account.Cognito.Changes);
        Assert.InRange(applied - account.Cognito.Changes, 1 + 4 + 2, 1 + 4 + 2 + 300 + 6);

        // Plan: a page of pools, the pool, a page of resource servers, five of app clients, and each app client.
        Assert.Equal(1 + 1 + 1 + 5 + 300, planned);
        Assert.InRange(appliedIn, TimeSpan.Zero, TimeSpan.FromSeconds(80));
        Assert.InRange(plannedIn, TimeSpan.Zero, TimeSpan.FromSeconds(75));
        Assert.InRange(held, 0, MemoryBound);
        Assert.True(account.Progress.Reports.Count > 600);
        GC.KeepAlive(plan);
    }
}
