
namespace CognitoM2M.Provisioning.Tests.Steps;

/// <summary>The plan of a deletion says what is in the user pool.</summary>
public sealed class DestroyWholeUserPoolTests : SharedUserPoolTest
{
    [Fact]
    public async Task Last_user_on_a_later_page_keeps_the_user_pool()
    {
        await Account.ApplyAsync(Own);
        Account.Cognito.Pool.Users.Add("ann");
        Account.Cognito.ServesSmallPages = true;

        await DestroyAsync(Own);

        Assert.Equal(["ann"], Account.Cognito.Pool.Users);
    }

    [Fact]
    public async Task Whole_user_pool_is_deleted_if_that_is_allowed_and_the_plan_lists_each_loss()
    {
        var pool = Account.Cognito.AddPool("shared", isOwned: true);
        pool.Users.AddRange(Enumerable.Range(0, 130).Select(number => $"user{number}"));
        foreach (var kind in new[] { "app client", "resource server", "domain", "group", "identity provider" })
            Add(pool, kind);

        var plan = await DestroyAsync(Own, new() { AllowWholeUserPool = true });

        Assert.Empty(Account.Cognito.Pools);
        Assert.Empty(plan.Staying);
        Assert.Equal(["delete domain 'login.example.com'", "delete user pool 'shared'"], plan.Steps.Select(step => step.Title));
        Assert.Equal(
            [
                ("Id", pool.Id), ("app client", "'web' (client2)"), ("resource server", "'stock'"), ("domain", "'login.example.com'"),
                ("identity provider", "'Google'"), ("group", "'admins'"), ("users", "130"),
            ],
            plan.Steps[^1].Changes.Select(change => (change.Member, change.Before!)));
    }

    [Fact]
    public async Task Estimate_of_one_user_is_shown_in_the_singular()
    {
        var pool = Account.Cognito.AddPool("shared");
        pool.EstimatedUsers = 1;

        var plan = await Account.RunAsync(Account.CreateProvisioner().PlanDestroyAsync(Own));

        Assert.Equal(["about 1 user"], plan.Unmanaged);
    }

    [Fact]
    public async Task Number_of_users_is_estimated_if_there_are_many()
    {
        var pool = Account.Cognito.AddPool("shared", isOwned: true);
        pool.Users.AddRange(Enumerable.Range(0, 700).Select(number => $"user{number}"));
        pool.EstimatedUsers = 50_000;

        var plan = await PlanAsync(Own);

        Assert.Equal(["about 50000 users"], plan.Unmanaged);
        Assert.Equal(10, Account.Cognito.Calls.Count(call => call == "ListUsers"));
    }

    [Fact]
    public async Task User_pool_is_not_deleted_if_something_was_added_after_the_plan()
    {
        await Account.ApplyAsync(Own);
        var plan = await PlanAsync(Own);
        Account.Cognito.Pool.Users.Add("ann");

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() =>
            Account.RunAsync(Account.CreateProvisioner().DestroyAsync(plan, DestructiveChanges.All)));

        Assert.Equal(ProvisioningError.PlanOutdated, failure.Error);
        Assert.Contains("1 user", failure.Message, StringComparison.Ordinal);
        // Nothing was taken from the user pool before.
        Assert.Equal("shared-m2m", Account.Cognito.Pool.Prefix);
    }
}
