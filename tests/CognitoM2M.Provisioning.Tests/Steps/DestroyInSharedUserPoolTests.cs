using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Steps;

/// <summary>What destroying does to a user pool in which there is more than the blueprint names.</summary>
public sealed class DestroyInSharedUserPoolTests
{
    private static readonly Blueprint _own = new()
    {
        UserPool = new() { Name = "shared" },
        Domain = new() { Prefix = "shared-m2m" },
        ResourceServers = [new() { Identifier = "orders", Scopes = [new() { Name = "read" }] }],
        AppClients = [new() { Name = "billing", Scopes = ["orders/read"] }],
    };

    private readonly FakeAccount _account = new();

    [Fact]
    public async Task Adopted_user_pool_stays_with_everything_that_the_blueprint_does_not_name()
    {
        var pool = _account.Cognito.AddPool("shared");
        pool.Prefix = "shared-m2m";
        pool.Tags["team"] = "web";
        pool.Users.AddRange(["ann", "bob", "eve"]);
        pool.EstimatedUsers = 3;
        var web = _account.Cognito.AddClient(pool, "web", hasSecret: false);
        await _account.ApplyAsync(_own, options: new() { Adopt = true });
        Assert.Equal("adopted", pool.Tags["cognito-m2m:managed"]);

        var plan = await DestroyAsync(_own);

        Assert.Equal(
            ["delete app client 'billing'", "delete resource server 'orders'", "update user pool 'shared'"], plan.Steps.Select(step => step.Title));
        Assert.Equal(
            [
                "domain 'shared-m2m': it was not created from a blueprint",
                $"user pool 'shared' ({pool.Id}): it was not created from a blueprint; it has what the blueprint does not name: 1 app client, about 3 users",
            ],
            plan.Staying);
        Assert.Equal([$"app client 'web' ({web.Id})", "about 3 users"], plan.Unmanaged);
        Assert.Same(pool, _account.Cognito.Pool);
        Assert.Same(web, Assert.Single(pool.Clients));
        Assert.Equal(("shared-m2m", 3), (pool.Prefix, pool.Users.Count));
        Assert.Equal(new Dictionary<string, string> { ["team"] = "web" }, pool.Tags);
    }

    [Fact]
    public async Task Domain_that_a_blueprint_has_given_to_an_adopted_user_pool_is_deleted()
    {
        var pool = _account.Cognito.AddPool("shared");
        await _account.ApplyAsync(_own, options: new() { Adopt = true });
        Assert.Equal("shared-m2m", pool.Tags["cognito-m2m:prefix-domain"]);

        await DestroyAsync(_own);

        Assert.Null(pool.Prefix);
        Assert.Empty(pool.Tags);
        Assert.True((await PlanAsync(_own)).IsEmpty);
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
        await _account.ApplyAsync(_own);
        var pool = _account.Cognito.Pool;
        Add(pool, kind);

        var plan = await DestroyAsync(_own);

        Assert.Equal($"user pool 'shared' ({pool.Id}): it has what the blueprint does not name: 1 {kind}", plan.Staying[^1]);
        Assert.Contains(kind, Assert.Single(plan.Unmanaged), StringComparison.Ordinal);
        Assert.Same(pool, _account.Cognito.Pool);
        Assert.DoesNotContain(pool.Clients, client => client.Name == "billing");
        Assert.DoesNotContain(pool.Servers, server => server.Identifier == "orders");
        Assert.Equal(kind == "app client" ? "shared-m2m" : null, pool.Prefix);
    }

    [Fact]
    public async Task Last_user_on_a_later_page_keeps_the_user_pool()
    {
        await _account.ApplyAsync(_own);
        _account.Cognito.Pool.Users.Add("ann");
        _account.Cognito.ServesSmallPages = true;

        await DestroyAsync(_own);

        Assert.Equal(["ann"], _account.Cognito.Pool.Users);
    }

    [Fact]
    public async Task Whole_user_pool_is_deleted_if_that_is_allowed_and_the_plan_lists_each_loss()
    {
        var pool = _account.Cognito.AddPool("shared", isOwned: true);
        pool.Users.AddRange(Enumerable.Range(0, 130).Select(number => $"user{number}"));
        foreach (var kind in new[] { "app client", "resource server", "domain", "group", "identity provider" })
            Add(pool, kind);

        var plan = await DestroyAsync(_own, new() { AllowWholeUserPool = true });

        Assert.Empty(_account.Cognito.Pools);
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
    public async Task One_estimated_user_is_one_user()
    {
        var pool = _account.Cognito.AddPool("shared");
        pool.EstimatedUsers = 1;

        var plan = await _account.RunAsync(_account.CreateProvisioner().PlanDestroyAsync(_own));

        Assert.Equal(["about 1 user"], plan.Unmanaged);
    }

    [Fact]
    public async Task Users_beyond_a_number_that_matters_are_estimated()
    {
        var pool = _account.Cognito.AddPool("shared", isOwned: true);
        pool.Users.AddRange(Enumerable.Range(0, 700).Select(number => $"user{number}"));
        pool.EstimatedUsers = 50_000;

        var plan = await PlanAsync(_own);

        Assert.Equal(["about 50000 users"], plan.Unmanaged);
        Assert.Equal(10, _account.Cognito.Calls.Count(call => call == "ListUsers"));
    }

    [Fact]
    public async Task User_pool_is_not_deleted_if_something_was_added_after_the_plan()
    {
        await _account.ApplyAsync(_own);
        var plan = await PlanAsync(_own);
        _account.Cognito.Pool.Users.Add("ann");

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() =>
            _account.RunAsync(_account.CreateProvisioner().DestroyAsync(plan, DestructiveChanges.All)));

        Assert.Equal(ProvisioningError.PlanOutdated, failure.Error);
        Assert.Contains("1 user", failure.Message, StringComparison.Ordinal);
        // Nothing was taken from the user pool before.
        Assert.Equal("shared-m2m", _account.Cognito.Pool.Prefix);
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
        await _account.ApplyAsync(_own);
        await _account.ApplyAsync(other);

        await DestroyAsync(other);

        Assert.Equal(["billing"], _account.Cognito.Pool.Clients.Select(client => client.Name));
        Assert.True((await _account.PlanAsync(_own)).IsEmpty);
        await DestroyAsync(_own);
        Assert.Empty(_account.Cognito.Pools);
    }

    [Fact]
    public async Task Tag_of_an_adopted_user_pool_stays_while_another_blueprint_may_need_it()
    {
        var pool = _account.Cognito.AddPool("shared");
        pool.Prefix = "shared-m2m";
        var other = _own with
        {
            ResourceServers = [new() { Identifier = "orders", External = true }],
            AppClients = [new() { Name = "warehouse", Scopes = ["orders/read"] }],
        };
        await _account.ApplyAsync(_own, options: new() { Adopt = true });
        await _account.ApplyAsync(other);

        var plan = await DestroyAsync(_own);

        Assert.Equal("adopted", pool.Tags["cognito-m2m:managed"]);
        Assert.Contains($"its scopes are in use by app client 'warehouse' ({pool.Clients[0].Id})", plan.Steps[1].Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Things_that_were_deleted_by_hand_after_the_plan_are_no_error()
    {
        await _account.ApplyAsync(_own);
        Add(_account.Cognito.Pool, "group");
        var plan = await PlanAsync(_own);
        _account.Cognito.Pool.Clients.Clear();
        _account.Cognito.Pool.Servers.Clear();

        await _account.RunAsync(_account.CreateProvisioner().DestroyAsync(plan, DestructiveChanges.All));

        Assert.Null(_account.Cognito.Pool.Prefix);
    }

    [Fact]
    public async Task Next_destroy_completes_a_run_that_was_killed_after_any_request()
    {
        for (var last = 1; ; last++)
        {
            var account = new FakeAccount();
            var pool = account.Cognito.AddPool("shared");
            await account.ApplyAsync(_own, options: new() { Adopt = true });
            pool.Users.Add("ann");
            account.Cognito.Calls.Clear();
            account.Cognito.DiesAfter = last;
            try
            {
                await account.DestroyAsync(_own);
                Assert.True(last > 8, $"{last}");
                return;
            }
            catch (DiedException)
            {
                account.Cognito.DiesAfter = null;
            }

            await account.DestroyAsync(_own);

            Assert.Equal((0, 0, null, 0, 1), (pool.Clients.Count, pool.Servers.Count, pool.Prefix, pool.Tags.Count, pool.Users.Count));
        }
    }

    private Task<ProvisioningPlan> PlanAsync(Blueprint blueprint, DestroyOptions? options = null) =>
        _account.RunAsync(_account.CreateProvisioner().PlanDestroyAsync(blueprint, options, _account.Progress));

    private async Task<ProvisioningPlan> DestroyAsync(Blueprint blueprint, DestroyOptions? options = null)
    {
        var plan = await PlanAsync(blueprint, options);
        await _account.RunAsync(_account.CreateProvisioner().DestroyAsync(plan, plan.DestructiveChanges, _account.Progress));
        return plan;
    }

    private void Add(FakePool pool, string kind)
    {
        switch (kind)
        {
            case "app client":
                _account.Cognito.AddClient(pool, "web", hasSecret: false);
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
