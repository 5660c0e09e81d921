using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Planning;

/// <summary>Blueprints that refer to what others own.</summary>
public sealed class ExternalReferencesTests
{
    private static readonly Blueprint _blueprint = new()
    {
        UserPool = new() { Name = "central" },
        ResourceServers = [new() { Identifier = "https://stock/v1", External = true }],
        AppClients = [new() { Name = "warehouse", Scopes = ["https://stock/v1/read"], Route = AppClientRoute.GetClientToken }],
    };

    private static readonly Blueprint _guest = new()
    {
        UserPool = new() { Name = "central", External = true },
        Domain = new() { Prefix = "central-m2m", Custom = new() { Name = "auth.example.com" } },
        ResourceServers = [new() { Identifier = "orders", Scopes = [new() { Name = "read" }] }],
        AppClients = [new() { Name = "billing", Scopes = ["orders/read"] }],
    };

    private readonly FakeAccount _account = new();

    [Fact]
    public async Task App_client_gets_scopes_of_an_external_resource_server_which_is_never_changed()
    {
        var stock = AddStock(_account.Cognito.AddPool("central", isOwned: true));

        await _account.ApplyAsync(_blueprint);
        var second = await _account.PlanAsync(_blueprint, new() { Prune = true });
        await _account.DestroyAsync(_blueprint);

        Assert.True(second.IsEmpty, second.ToString());
        Assert.Same(stock, Assert.Single(_account.Cognito.Pool.Servers));
        Assert.Empty(_account.Cognito.Pool.Clients);
    }

    [Fact]
    public async Task Everything_external_that_is_missing_is_named_before_anything_is_changed()
    {
        AddStock(_account.Cognito.AddPool("central", isOwned: true));
        var blueprint = _blueprint with
        {
            ResourceServers = [_blueprint.ResourceServers[0] with { Scopes = [new() { Name = "write" }] }, new() { Identifier = "gone", External = true }],
            AppClients = [_blueprint.AppClients[0] with { Scopes = ["https://stock/v1/read", "https://stock/v1/count"] }],
        };

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.ApplyAsync(blueprint));

        Assert.Equal(ProvisioningError.NotFound, failure.Error);
        Assert.Contains(
            "in user pool eu-west-1_Pool1: scope 'https://stock/v1/write'; scope 'https://stock/v1/count'; resource server 'gone'.",
            failure.Message,
            StringComparison.Ordinal);
        Assert.Equal(0, _account.Cognito.Changes);
    }

    [Fact]
    public async Task External_resource_server_needs_a_user_pool_that_exists()
    {
        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.ApplyAsync(_blueprint));

        Assert.Equal(ProvisioningError.NotFound, failure.Error);
        Assert.Empty(_account.Cognito.Pools);
    }

    [Fact]
    public async Task External_user_pool_and_its_domains_stay_as_they_are()
    {
        var pool = AddCentralPool();

        await _account.ApplyAsync(_guest);
        var second = await _account.PlanAsync(_guest);
        var plan = await _account.RunAsync(_account.CreateProvisioner().PlanDestroyAsync(_guest, new() { AllowUntaggedUserPool = true, AllowWholeUserPool = true }));
        await _account.DestroyAsync(_guest, new() { AllowUntaggedUserPool = true });

        Assert.True(second.IsEmpty, second.ToString());
        Assert.Equal(["delete app client 'billing'", "delete resource server 'orders'"], plan.Steps.Select(step => step.Title));
        Assert.Equal(["user pool 'central' (eu-west-1_Pool1): the blueprint calls it external; it has what the blueprint does not name: 2 domains"], plan.Staying);
        Assert.Equal(("central", "central-m2m", "auth.example.com", 0, 0, 0), (pool.Name, pool.Prefix, pool.Custom!.Name, pool.Tags.Count, pool.Clients.Count, pool.Servers.Count));
    }

    [Fact]
    public async Task External_user_pool_must_exist_and_have_the_named_domains()
    {
        var missing = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.PlanAsync(_guest));
        var pool = AddCentralPool();
        pool.Prefix = "renamed";
        pool.Custom = null;
        var different = await Assert.ThrowsAsync<CognitoProvisioningException>(() =>
            _account.PlanAsync(_guest with { UserPool = _guest.UserPool with { Name = "mine", Id = pool.Id } }));

        Assert.Equal(ProvisioningError.NotFound, missing.Error);
        Assert.Contains("'central', not 'mine'; prefix domain 'central-m2m'; custom domain 'auth.example.com'", different.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task External_user_pool_is_not_pruned()
    {
        var pool = AddCentralPool();
        _account.Cognito.AddClient(pool, "web");

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.PlanAsync(_guest, new() { Prune = true }));

        Assert.Equal(ProvisioningError.DestructiveChangeNotAllowed, failure.Error);
    }

    [Fact]
    public void Settings_that_an_external_thing_cannot_have_are_mistakes()
    {
        var blueprint = _guest with
        {
            UserPool = _guest.UserPool with { Tier = UserPoolTier.Lite },
            Domain = new() { Custom = new() { Name = "auth.example.com", CertificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/one" } },
            ResourceServers = [new() { Identifier = "orders", External = true, Name = "Orders" }],
            AppClients = [_guest.AppClients[0] with { Scopes = ["orders/", "orders/read", "order/read"] }],
        };

        Assert.Equal(
            ["appClients[0].scopes[0]", "appClients[0].scopes[2]", "userPool.tier", "domain.custom.certificateArn", "resourceServers[0].external"],
            blueprint.Validate().Select(mistake => mistake.Path));
    }

    private static ResourceServer AddStock(FakePool pool)
    {
        pool.Servers.Add(new ResourceServer { Identifier = "https://stock/v1", Name = "Stock", Scopes = [new() { ScopeName = "read", ScopeDescription = "Read" }] });
        return pool.Servers[0];
    }

    private FakePool AddCentralPool()
    {
        var pool = _account.Cognito.AddPool("central");
        pool.Prefix = "central-m2m";
        pool.Custom = new FakeCustomDomain { Name = "auth.example.com", CertificateArn = "arn" };
        return pool;
    }
}
