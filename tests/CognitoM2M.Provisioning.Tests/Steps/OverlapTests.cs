using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Service;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Steps;

/// <summary>Two runs apply the same blueprint at the same time.</summary>
public sealed class OverlapTests : OverlapTest
{
    [Fact]
    public async Task Second_run_that_starts_and_ends_between_any_two_requests_of_the_first_leaves_one_of_everything()
    {
        var requests = await CountRequestsAsync();
        for (var pause = 1; pause <= requests; pause++)
        {
            var account = new FakeAccount();
            var (first, second) = (new ConcurrentRun(account), new ConcurrentRun(account));
            first.PausesBefore = pause;
            first.Pause = () => second.RunAsync(Wanted);

            await account.RunAsync(first.RunAsync(Wanted));

            Assert.Null(second.Failure);
            await AssertOneOfEverythingAsync(account, first, second);
            AssertNames(first, second.Plan!.Steps, $"before request {pause}");
        }
    }

    [Fact]
    public async Task Two_runs_that_overlap_at_any_two_requests_leave_one_of_everything()
    {
        var requests = await CountRequestsAsync();
        for (var pause = 1; pause <= requests; pause++)
        {
            for (var otherPause = 1; otherPause <= requests; otherPause++)
            {
                var account = new FakeAccount();
                var (first, second) = (new ConcurrentRun(account), new ConcurrentRun(account));
                await RunInterleavedAsync(account, first, pause, second, otherPause);

                await AssertOneOfEverythingAsync(account, first, second);
                Assert.All([first.Failure, second.Failure], failure => Assert.True(failure is null or { Error: ProvisioningError.Overlap }, $"{pause}, {otherPause}: {failure}"));
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Equal_creation_dates_never_make_both_runs_remove_their_own(bool newerIdsAreLower)
    {
        var requests = await CountRequestsAsync();
        for (var pause = 1; pause <= requests; pause++)
        {
            for (var otherPause = 1; otherPause <= requests; otherPause++)
            {
                var account = new FakeAccount();
                account.Cognito.HasCoarseDates = true;
                account.Cognito.GivesNewerIdsLowerNumbers = newerIdsAreLower;
                var (first, second) = (new ConcurrentRun(account), new ConcurrentRun(account));
                await RunInterleavedAsync(account, first, pause, second, otherPause);

                await AssertNothingIsLeftOverUnnamedAsync(account, first, second);
            }
        }
    }

    [Fact]
    public async Task Resources_that_lists_show_late_are_removed_or_named()
    {
        var requests = await CountRequestsAsync();
        for (var pause = 1; pause <= requests; pause++)
        {
            var account = new FakeAccount();
            account.Cognito.ListsLagBehind = TimeSpan.FromSeconds(5);
            var (first, second) = (new ConcurrentRun(account), new ConcurrentRun(account));
            first.PausesBefore = pause;
            first.Pause = () => second.RunAsync(Wanted);

            await account.RunAsync(first.RunAsync(Wanted));

            account.Clock.Advance(TimeSpan.FromMinutes(1));
            await AssertNothingIsLeftOverUnnamedAsync(account, first, second);
        }
    }

    [Fact]
    public async Task Run_without_delete_permission_names_the_second_app_client_and_the_command_that_removes_it()
    {
        var (first, second) = (new ConcurrentRun(Account), new ConcurrentRun(Account));
        Account.Cognito.Fault = operation =>
            operation == AppClientOperations.Delete ? ServiceRefusal.CreateException(operation, "AccessDeniedException", "No.") : null;
        await RunAtAsync(first, AppClientOperations.Create, () => second.RunAsync(Wanted));

        var surplus = Account.Cognito.Pool.Clients.Single(client => client.Name == "billing" && client.Id != second.Sink.Held["billing"].ClientId);
        Assert.Equal(ProvisioningError.Overlap, first.Failure?.Error);
        Assert.Contains(
            $"aws cognito-idp delete-user-pool-client --user-pool-id {Account.Cognito.Pool.Id} --client-id {surplus.Id} --region eu-west-1", first.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(second.Sink.Held["billing"].ClientSecret, first.Sink.Held["billing"].ClientSecret);
    }

    [Fact]
    public async Task App_client_that_another_run_has_created_with_other_settings_is_left_alone()
    {
        var (first, second) = (new ConcurrentRun(Account), new ConcurrentRun(Account));
        var other = Wanted with { AppClients = [Wanted.AppClients[0] with { Route = AppClientRoute.GetClientToken }, Wanted.AppClients[1]] };
        await RunAtAsync(first, AppClientOperations.Create, () => second.RunAsync(other));

        var billing = Assert.Single(Account.Cognito.Pool.Clients, client => client.Name == "billing");
        Assert.Equal(ProvisioningError.PlanOutdated, first.Failure?.Error);
        Assert.Contains(billing.Id, first.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(["ALLOW_CLIENT_TOKEN_AUTH"], billing.Settings.ExplicitAuthFlows!);
    }

    private static async Task<int> CountRequestsAsync()
    {
        var account = new FakeAccount();
        var alone = new ConcurrentRun(account);
        await account.RunAsync(alone.RunAsync(Wanted));
        Assert.Null(alone.Failure);
        return alone.Requests;
    }

    /// <summary>Pauses the first run, starts the second, pauses the second, ends the first, and then ends the second.</summary>
    private static async Task RunInterleavedAsync(FakeAccount account, ConcurrentRun first, int pause, ConcurrentRun second, int otherPause)
    {
        var (secondPauses, firstIsDone) = (new TaskCompletionSource(), new TaskCompletionSource());
        Task? started = null;
        first.PausesBefore = pause;
        first.Pause = () => Task.WhenAny(started = second.RunAsync(Wanted), secondPauses.Task);
        second.PausesBefore = otherPause;
        second.Pause = () =>
        {
            secondPauses.SetResult();
            return firstIsDone.Task;
        };

        await account.RunAsync(first.RunAsync(Wanted));
        firstIsDone.SetResult();
        await account.RunAsync(started!);
    }

    private static async Task AssertOneOfEverythingAsync(FakeAccount account, params ConcurrentRun[] runs)
    {
        var pool = account.Cognito.Pool;
        Assert.Equal("acme-m2m", pool.Prefix);
        Assert.Single(pool.Servers);
        Assert.Equal(["billing", "reports"], pool.Clients.Select(client => client.Name).Order());
        foreach (var run in runs)
        {
            Assert.All(pool.Clients, client => Assert.Equal(
                (client.Id, client.Secrets[0].ClientSecretValue), (run.Sink.Held[client.Name].ClientId, run.Sink.Held[client.Name].ClientSecret)));
        }

        Assert.True((await account.PlanAsync(Wanted)).IsEmpty);
    }

    /// <summary>One of everything exists. What exists twice is named by one of the runs, or by the next plan, with the command that removes it.</summary>
    private static async Task AssertNothingIsLeftOverUnnamedAsync(FakeAccount account, ConcurrentRun first, ConcurrentRun second)
    {
        Assert.Superset(new HashSet<string> { "billing", "reports" }, account.Cognito.Pools.SelectMany(pool => pool.Clients).Select(client => client.Name).ToHashSet());
        var next = await Record.ExceptionAsync(() => account.PlanAsync(Wanted));
        var messages = $"{first.Failure?.Message} {second.Failure?.Message} {next?.Message}";
        foreach (var same in account.Cognito.Pools.SelectMany(pool => pool.Clients.GroupBy(client => client.Name)).Where(same => same.Count() > 1))
            Assert.Contains(same, client => messages.Contains($"--client-id {client.Id} ", StringComparison.Ordinal));
        if (account.Cognito.Pools.Count > 1)
            Assert.Contains(account.Cognito.Pools, pool => messages.Contains($"delete-user-pool --user-pool-id {pool.Id} ", StringComparison.Ordinal));
    }

    /// <summary>The run names everything that the other run has created although this run was to create it.</summary>
    private static void AssertNames(ConcurrentRun run, IEnumerable<PlanStep> createdByOther, string context)
    {
        var expected = run.Plan!.Steps.Select(step => step.Title).Intersect(createdByOther.Select(step => step.Title)).ToList();
        if (expected.Count == 0)
        {
            Assert.True(run.Failure is null, $"{context}: {run.Failure}");
            return;
        }

        Assert.True(run.Failure?.Error == ProvisioningError.Overlap, $"{context}: {run.Failure}");
        Assert.All(expected, title => Assert.Contains(title["create ".Length..], run.Failure!.Message, StringComparison.Ordinal));
    }
}
