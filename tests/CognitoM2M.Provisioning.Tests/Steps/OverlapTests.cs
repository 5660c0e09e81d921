using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Service;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Steps;

/// <summary>Two runs apply the same blueprint at the same time.</summary>
public sealed class OverlapTests
{
    private static readonly Blueprint _blueprint = new()
    {
        UserPool = new() { Name = "acme", DeletionProtection = true },
        Domain = new() { Prefix = "acme-m2m" },
        ResourceServers = [new() { Identifier = "orders", Scopes = [new() { Name = "read" }] }],
        AppClients = [new() { Name = "billing", Scopes = ["orders/read"] }, new() { Name = "reports", Scopes = ["orders/read"] }],
    };

    private readonly FakeAccount _account = new();

    [Fact]
    public async Task Second_run_that_starts_and_ends_between_any_two_requests_of_the_first_leaves_one_of_everything()
    {
        var requests = await CountRequestsAsync();
        for (var pause = 1; pause <= requests; pause++)
        {
            var account = new FakeAccount();
            var (first, second) = (new ConcurrentRun(account), new ConcurrentRun(account));
            first.PausesBefore = pause;
            first.Pause = () => second.RunAsync(_blueprint);

            await account.RunAsync(first.RunAsync(_blueprint));

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
    public async Task Lists_that_show_new_things_late_leave_nothing_over_that_is_not_named()
    {
        var requests = await CountRequestsAsync();
        for (var pause = 1; pause <= requests; pause++)
        {
            var account = new FakeAccount();
            account.Cognito.ListsLagBehind = TimeSpan.FromSeconds(5);
            var (first, second) = (new ConcurrentRun(account), new ConcurrentRun(account));
            first.PausesBefore = pause;
            first.Pause = () => second.RunAsync(_blueprint);

            await account.RunAsync(first.RunAsync(_blueprint));

            account.Clock.Advance(TimeSpan.FromMinutes(1));
            await AssertNothingIsLeftOverUnnamedAsync(account, first, second);
        }
    }

    [Fact]
    public async Task Run_that_may_not_delete_names_the_second_app_client_and_the_command_that_removes_it()
    {
        var (first, second) = (new ConcurrentRun(_account), new ConcurrentRun(_account));
        _account.Cognito.Fault = operation =>
            operation == AppClientOperations.Delete ? ServiceRefusal.CreateException(operation, "AccessDeniedException", "No.") : null;
        await RunAtAsync(first, AppClientOperations.Create, () => second.RunAsync(_blueprint));

        var surplus = _account.Cognito.Pool.Clients.Single(client => client.Name == "billing" && client.Id != second.Sink.Held["billing"].ClientId);
        Assert.Equal(ProvisioningError.Overlap, first.Failure?.Error);
        Assert.Contains(
            $"aws cognito-idp delete-user-pool-client --user-pool-id {_account.Cognito.Pool.Id} --client-id {surplus.Id} --region eu-west-1", first.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(second.Sink.Held["billing"].ClientSecret, first.Sink.Held["billing"].ClientSecret);
    }

    [Fact]
    public async Task User_pool_that_somebody_has_put_something_into_is_not_removed()
    {
        var (first, second) = (new ConcurrentRun(_account), new ConcurrentRun(_account));
        await RunAtAsync(first, UserPoolOperations.Create, async () =>
        {
            await second.RunAsync(_blueprint);
            // A third run finds the pool of the first run before the first run looks again.
            _account.Cognito.Fault = operation =>
            {
                if (operation == AppClientOperations.List && _account.Cognito.Pools.Count == 2)
                    _account.Cognito.AddClient(_account.Cognito.Pools[1], "theirs");
                return null;
            };
        });

        Assert.Equal(2, _account.Cognito.Pools.Count);
        Assert.Contains($"aws cognito-idp delete-user-pool --user-pool-id {_account.Cognito.Pools[1].Id} --region eu-west-1", first.Failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task User_pool_that_no_list_shows_yet_is_still_the_first_of_its_name(bool hasEqualDates)
    {
        _account.Cognito.ListsLagBehind = TimeSpan.FromHours(1);
        _account.Cognito.HasCoarseDates = hasEqualDates;
        var first = new ConcurrentRun(_account);
        await RunAtAsync(first, AppClientOperations.Create, () =>
        {
            _account.Cognito.AddPool("acme", isOwned: true).ShowsAt = 0;
            return Task.CompletedTask;
        });

        var (own, rival) = (_account.Cognito.Pools[0], _account.Cognito.Pools[1]);
        Assert.Equal(ProvisioningError.Overlap, first.Failure?.Error);
        Assert.Contains($"user pool 'acme' ({own.Id}). This run uses", first.Failure!.Message, StringComparison.Ordinal);
        Assert.Contains($"delete-user-pool --user-pool-id {rival.Id} ", first.Failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain($"delete-user-pool --user-pool-id {own.Id} ", first.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_does_not_remove_its_user_pool_for_a_later_one_that_lists_show_earlier()
    {
        _account.Cognito.ListsLagBehind = TimeSpan.FromHours(1);
        var first = new ConcurrentRun(_account);
        var hasCreated = false;
        first.BeforeRequest = operation =>
        {
            if (hasCreated && operation == UserPoolOperations.List && _account.Cognito.Pools.Count == 1)
                _account.Cognito.AddPool("acme", isOwned: true).ShowsAt = 0;
            hasCreated |= operation == UserPoolOperations.Create;
            return Task.CompletedTask;
        };

        await _account.RunAsync(first.RunAsync(_blueprint));

        Assert.Equal(2, _account.Cognito.Pools.Count);
        Assert.Equal(["billing", "reports"], _account.Cognito.Pools[0].Clients.Select(client => client.Name));
        Assert.Contains($"delete-user-pool --user-pool-id {_account.Cognito.Pools[1].Id} ", first.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_that_has_worked_in_the_second_user_pool_says_so()
    {
        var first = new ConcurrentRun(_account);
        FakePool? rival = null;
        first.BeforeRequest = operation =>
        {
            if (operation == UserPoolOperations.Create)
            {
                rival = _account.Cognito.AddPool("acme", isOwned: true);
                rival.ShowsAt = long.MaxValue;
            }

            if (operation == AppClientOperations.Create)
                rival!.ShowsAt = 0;
            return Task.CompletedTask;
        };

        await _account.RunAsync(first.RunAsync(_blueprint));

        var own = _account.Cognito.Pools[1];
        Assert.Equal(ProvisioningError.Overlap, first.Failure?.Error);
        Assert.Contains(
            $"User pool 'acme' ({rival!.Id}) was created first, so it stays. But this run has worked in the second one ({own.Id}), and the secrets that it has stored are of app clients there.",
            first.Failure!.Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain($"({rival.Id}). This run uses", first.Failure.Message, StringComparison.Ordinal);
        Assert.Contains($"delete-user-pool --user-pool-id {own.Id} ", first.Failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain($"delete-user-pool --user-pool-id {rival.Id} ", first.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task App_client_that_another_run_has_created_with_other_settings_is_left_alone()
    {
        var (first, second) = (new ConcurrentRun(_account), new ConcurrentRun(_account));
        var other = _blueprint with { AppClients = [_blueprint.AppClients[0] with { Route = AppClientRoute.GetClientToken }, _blueprint.AppClients[1]] };
        await RunAtAsync(first, AppClientOperations.Create, () => second.RunAsync(other));

        var billing = Assert.Single(_account.Cognito.Pool.Clients, client => client.Name == "billing");
        Assert.Equal(ProvisioningError.PlanOutdated, first.Failure?.Error);
        Assert.Contains(billing.Id, first.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(["ALLOW_CLIENT_TOKEN_AUTH"], billing.Settings.ExplicitAuthFlows!);
    }

    private static async Task<int> CountRequestsAsync()
    {
        var account = new FakeAccount();
        var alone = new ConcurrentRun(account);
        await account.RunAsync(alone.RunAsync(_blueprint));
        Assert.Null(alone.Failure);
        return alone.Requests;
    }

    /// <summary>Pauses the first run, starts the second, pauses the second, ends the first, and then ends the second.</summary>
    private static async Task RunInterleavedAsync(FakeAccount account, ConcurrentRun first, int pause, ConcurrentRun second, int otherPause)
    {
        var (secondPauses, firstIsDone) = (new TaskCompletionSource(), new TaskCompletionSource());
        Task? started = null;
        first.PausesBefore = pause;
        first.Pause = () => Task.WhenAny(started = second.RunAsync(_blueprint), secondPauses.Task);
        second.PausesBefore = otherPause;
        second.Pause = () =>
        {
            secondPauses.SetResult();
            return firstIsDone.Task;
        };

        await account.RunAsync(first.RunAsync(_blueprint));
        firstIsDone.SetResult();
        await account.RunAsync(started!);
    }

    /// <summary>Runs the first run, and the second at the first request of this operation.</summary>
    private async Task RunAtAsync(ConcurrentRun first, Operation operation, Func<Task> second)
    {
        var hasRun = false;
        first.BeforeRequest = async called =>
        {
            if (called != operation || hasRun)
                return;

            hasRun = true;
            await second();
        };
        await _account.RunAsync(first.RunAsync(_blueprint));
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

        Assert.True((await account.PlanAsync(_blueprint)).IsEmpty);
    }

    /// <summary>One of everything exists. What exists twice is named by one of the runs, or by the next plan, with the command that removes it.</summary>
    private static async Task AssertNothingIsLeftOverUnnamedAsync(FakeAccount account, ConcurrentRun first, ConcurrentRun second)
    {
        Assert.Superset(new HashSet<string> { "billing", "reports" }, account.Cognito.Pools.SelectMany(pool => pool.Clients).Select(client => client.Name).ToHashSet());
        var next = await Record.ExceptionAsync(() => account.PlanAsync(_blueprint));
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
