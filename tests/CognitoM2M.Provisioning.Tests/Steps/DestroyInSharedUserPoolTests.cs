using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Steps;

/// <summary>What destroying does to a user pool in which there is more than the blueprint names.</summary>
public sealed class DestroyInSharedUserPoolTests : SharedUserPoolTest
{
    [Fact]
    public async Task Adopted_user_pool_stays_with_everything_that_the_blueprint_does_not_name()
    {
        var pool = Account.Cognito.AddPool("shared");
        pool.Prefix = "shared-m2m";
        pool.Tags["team"] = "web";
        pool.Users.AddRange(["ann", "bob", "eve"]);
        pool.EstimatedUsers = 3;
        var web = Account.Cognito.AddClient(pool, "web", hasSecret: false);
        await Account.ApplyAsync(Own, options: new() { Adopt = true });
        Assert.Equal("adopted", pool.Tags["cognito-m2m:managed"]);

        var plan = await DestroyAsync(Own);

        Assert.Equal(
            ["delete app client 'billing'", "delete resource server 'orders'", "update user pool 'shared'"], plan.Steps.Select(step => step.Title));
        Assert.Equal(
            [
                "domain 'shared-m2m': it was not created from a blueprint",
                $"user pool 'shared' ({pool.Id}): it was not created from a blueprint; it has what the blueprint does not name: 1 app client, about 3 users",
            ],
            plan.Staying);
        Assert.Equal([$"app client 'web' ({web.Id})", "about 3 users"], plan.Unmanaged);
        Assert.Same(pool, Account.Cognito.Pool);
        Assert.Same(web, Assert.Single(pool.Clients));
        Assert.Equal(("shared-m2m", 3), (pool.Prefix, pool.Users.Count));
        Assert.Equal(new Dictionary<string, string> { ["team"] = "web" }, pool.Tags);
    }

    [Fact]
    public async Task Domain_that_a_blueprint_has_given_to_an_adopted_user_pool_is_deleted()
    {
        var pool = Account.Cognito.AddPool("shared");
        await Account.ApplyAsync(Own, options: new() { Adopt = true });
        Assert.Equal("shared-m2m", pool.Tags["cognito-m2m:prefix-domain"]);

        await DestroyAsync(Own);

        Assert.Null(pool.Prefix);
        Assert.Empty(pool.Tags);
        Assert.True((await PlanAsync(Own)).IsEmpty);
    }

    [Theory]
    [InlineData("app client")]
    [InlineData("resource server")]
    [InlineData("domain")]
    [InlineData("user")]
    [InlineData("group")]
    [InlineData("identity provider")]
    public async Task User_pool_that_a_blueprint_has_created_stays_while_something_else_is_in_it(string kind)
    {
        await Account.ApplyAsync(Own);
        var pool = Account.Cognito.Pool;
        Add(pool, kind);

        var plan = await DestroyAsync(Own);

        Assert.Equal($"user pool 'shared' ({pool.Id}): it has what the blueprint does not name: 1 {kind}", plan.Staying[^1]);
        Assert.Contains(kind, Assert.Single(plan.Unmanaged), StringComparison.Ordinal);
        Assert.Same(pool, Account.Cognito.Pool);
        Assert.DoesNotContain(pool.Clients, client => client.Name == "billing");
        Assert.DoesNotContain(pool.Servers, server => server.Identifier == "orders");
        Assert.Equal(kind == "app client" ? "shared-m2m" : null, pool.Prefix);
    }

    [Fact]
    public async Task Destroying_one_of_two_blueprints_leaves_the_plan_of_the_other_empty()
    {
        var other = new Blueprint
        {
            UserPool = new() { Name = "shared" },
            Domain = new() { Prefix = "shared-m2m" },
            ResourceServers = [new() { Identifier = "stock", Scopes = [new() { Name = "read" }] }],
            AppClients = [new() { Name = "warehouse", Scopes = ["stock/read"] }],
        };
        await Account.ApplyAsync(Own);
        await Account.ApplyAsync(other);

        await DestroyAsync(other);

        Assert.Equal(["billing"], Account.Cognito.Pool.Clients.Select(client => client.Name));
        Assert.True((await Account.PlanAsync(Own)).IsEmpty);
        await DestroyAsync(Own);
        Assert.Empty(Account.Cognito.Pools);
    }

    [Fact]
    public async Task Tag_of_an_adopted_user_pool_stays_while_another_blueprint_may_need_it()
    {
        var pool = Account.Cognito.AddPool("shared");
        pool.Prefix = "shared-m2m";
        var other = Own with
        {
            ResourceServers = [new() { Identifier = "orders", External = true }],
            AppClients = [new() { Name = "warehouse", Scopes = ["orders/read"] }],
        };
        await Account.ApplyAsync(Own, options: new() { Adopt = true });
        await Account.ApplyAsync(other);

        var plan = await DestroyAsync(Own);

        Assert.Equal("adopted", pool.Tags["cognito-m2m:managed"]);
        Assert.Contains($"its scopes are in use by app client 'warehouse' ({pool.Clients[0].Id})", plan.Steps[1].Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resources_that_were_deleted_by_hand_after_the_plan_cause_no_error()
    {
        await Account.ApplyAsync(Own);
        Add(Account.Cognito.Pool, "group");
        var plan = await PlanAsync(Own);
        Account.Cognito.Pool.Clients.Clear();
        Account.Cognito.Pool.Servers.Clear();

        await Account.RunAsync(Account.CreateProvisioner().DestroyAsync(plan, DestructiveChanges.All));

        Assert.Null(Account.Cognito.Pool.Prefix);
    }

    [Fact]
    public async Task Next_destroy_completes_a_run_that_was_killed_after_any_request()
    {
        for (var last = 1; ; last++)
        {
            var account = new FakeAccount();
            var pool = account.Cognito.AddPool("shared");
            await account.ApplyAsync(Own, options: new() { Adopt = true });
            pool.Users.Add("ann");
            account.Cognito.Calls.Clear();
            account.Cognito.DiesAfter = last;
            try
            {
                await account.DestroyAsync(Own);
                Assert.True(last > 8, $"{last}");
                return;
            }
            catch (DiedException)
            {
                account.Cognito.DiesAfter = null;
            }

            await account.DestroyAsync(Own);

            Assert.Equal((0, 0, null, 0, 1), (pool.Clients.Count, pool.Servers.Count, pool.Prefix, pool.Tags.Count, pool.Users.Count));
        }
    }
}
