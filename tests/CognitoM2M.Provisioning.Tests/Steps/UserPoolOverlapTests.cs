using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Steps;

/// <summary>Two runs create the same user pool at the same time.</summary>
public sealed class UserPoolOverlapTests : OverlapTest
{
    [Fact]
    public async Task User_pool_that_somebody_has_put_something_into_is_not_removed()
    {
        var (first, second) = (new ConcurrentRun(Account), new ConcurrentRun(Account));
        await RunAtAsync(first, UserPoolOperations.Create, async () =>
        {
            await second.RunAsync(Wanted);
            // A third run finds the pool of the first run before the first run looks again.
            Account.Cognito.Fault = operation =>
            {
                if (operation == AppClientOperations.List && Account.Cognito.Pools.Count == 2)
                    Account.Cognito.AddClient(Account.Cognito.Pools[1], "payments");
                return null;
            };
        });

        Assert.Equal(2, Account.Cognito.Pools.Count);
        Assert.Contains($"aws cognito-idp delete-user-pool --user-pool-id {Account.Cognito.Pools[1].Id} --region eu-west-1", first.Failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task User_pool_that_no_list_shows_yet_is_still_the_first_of_its_name(bool hasEqualDates)
    {
        Account.Cognito.ListsLagBehind = TimeSpan.FromHours(1);
        Account.Cognito.HasCoarseDates = hasEqualDates;
        var first = new ConcurrentRun(Account);
        await RunAtAsync(first, AppClientOperations.Create, () =>
        {
            Account.Cognito.AddPool("acme", isOwned: true).ShowsAt = 0;
            return Task.CompletedTask;
        });

        var (own, rival) = (Account.Cognito.Pools[0], Account.Cognito.Pools[1]);
        Assert.Equal(ProvisioningError.Overlap, first.Failure?.Error);
        Assert.Contains($"user pool 'acme' ({own.Id}). This run uses", first.Failure!.Message, StringComparison.Ordinal);
        Assert.Contains($"delete-user-pool --user-pool-id {rival.Id} ", first.Failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain($"delete-user-pool --user-pool-id {own.Id} ", first.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_does_not_remove_its_user_pool_for_a_later_one_that_lists_show_earlier()
    {
        Account.Cognito.ListsLagBehind = TimeSpan.FromHours(1);
        var first = new ConcurrentRun(Account);
        var hasCreated = false;
        first.BeforeRequest = operation =>
        {
            if (hasCreated && operation == UserPoolOperations.List && Account.Cognito.Pools.Count == 1)
                Account.Cognito.AddPool("acme", isOwned: true).ShowsAt = 0;
            hasCreated |= operation == UserPoolOperations.Create;
            return Task.CompletedTask;
        };

        await Account.RunAsync(first.RunAsync(Wanted));

        Assert.Equal(2, Account.Cognito.Pools.Count);
        Assert.Equal(["billing", "reports"], Account.Cognito.Pools[0].Clients.Select(client => client.Name));
        Assert.Contains($"delete-user-pool --user-pool-id {Account.Cognito.Pools[1].Id} ", first.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_reports_that_it_has_changed_the_second_user_pool()
    {
        var first = new ConcurrentRun(Account);
        FakePool? rival = null;
        first.BeforeRequest = operation =>
        {
            if (operation == UserPoolOperations.Create)
            {
                rival = Account.Cognito.AddPool("acme", isOwned: true);
                rival.ShowsAt = long.MaxValue;
            }

            if (operation == AppClientOperations.Create)
                rival!.ShowsAt = 0;
            return Task.CompletedTask;
        };

        await Account.RunAsync(first.RunAsync(Wanted));

        var own = Account.Cognito.Pools[1];
        Assert.Equal(ProvisioningError.Overlap, first.Failure?.Error);
        Assert.Contains(
            $"User pool 'acme' ({rival!.Id}) was created first, so it stays. But this run has worked in the second one ({own.Id}), and the secrets that it has stored are of app clients there.",
            first.Failure!.Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain($"({rival.Id}). This run uses", first.Failure.Message, StringComparison.Ordinal);
        Assert.Contains($"delete-user-pool --user-pool-id {own.Id} ", first.Failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain($"delete-user-pool --user-pool-id {rival.Id} ", first.Failure.Message, StringComparison.Ordinal);
    }
}
