using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Planning;

/// <summary>App clients and resource servers of others that have the names of a blueprint, in a user pool of others.</summary>
public sealed class NamesakesTests
{
    private static readonly Blueprint _guest = new()
    {
        UserPool = new() { Name = "central", External = true },
        ResourceServers = [new() { Identifier = "orders", Scopes = [new() { Name = "read" }] }],
        AppClients = [new() { Name = "billing", Scopes = ["orders/read"], Route = AppClientRoute.GetClientToken }],
    };

    private static readonly Blueprint _changed = _guest with
    {
        ResourceServers = [_guest.ResourceServers[0] with { Scopes = [new() { Name = "read" }, new() { Name = "write" }] }],
        AppClients = [_guest.AppClients[0] with { TokenLifetime = TimeSpan.FromMinutes(15) }],
    };

    private readonly FakeAccount _account = new();
    private readonly FakePool _pool;

    public NamesakesTests() => _pool = _account.Cognito.AddPool("central");

    private Blueprint GuestWithId => _guest with { AppClients = [_guest.AppClients[0] with { Id = _pool.Clients[0].Id }] };

    [Fact]
    public async Task Resource_that_others_created_under_the_same_name_is_not_changed()
    {
        var client = _account.Cognito.AddClient(_pool, "billing");
        _pool.Servers.Add(new ResourceServer { Identifier = "orders", Name = "Orders of others", Scopes = [new() { ScopeName = "all", ScopeDescription = "All" }] });

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.ApplyAsync(_guest, DestructiveChanges.All));

        Assert.Equal(ProvisioningError.AdoptionRequired, failure.Error);
        Assert.Contains($"app client 'billing' ({client.Id}): ExplicitAuthFlows:", failure.Message, StringComparison.Ordinal);
        Assert.Contains("resource server 'orders': scope read:", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--adopt", failure.Hint, StringComparison.Ordinal);
        Assert.Contains("PlanOptions.Adopt", failure.Hint, StringComparison.Ordinal);
        Assert.Equal(0, _account.Cognito.Changes);
    }

    [Fact]
    public async Task App_client_of_the_same_name_without_a_secret_is_not_replaced()
    {
        var client = _account.Cognito.AddClient(_pool, "billing", hasSecret: false);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.ApplyAsync(_guest, DestructiveChanges.All));

        Assert.Equal(ProvisioningError.AdoptionRequired, failure.Error);
        Assert.Same(client, Assert.Single(_pool.Clients));
    }

    [Fact]
    public async Task Adopting_takes_over_resources_of_the_same_name()
    {
        await _account.ApplyAsync(_guest);

        await _account.ApplyAsync(_changed, options: new() { Adopt = true });

        Assert.True((await _account.PlanAsync(_changed)).IsEmpty);
        Assert.Equal(2, _pool.Servers[0].Scopes!.Count);
        Assert.Empty(_pool.Tags);
    }

    [Fact]
    public async Task App_client_whose_id_the_blueprint_gives_is_changed_and_deleted_without_a_further_option()
    {
        await _account.ApplyAsync(_guest);
        var lifetime = GuestWithId with { AppClients = [GuestWithId.AppClients[0] with { TokenLifetime = TimeSpan.FromMinutes(15) }] };

        await _account.ApplyAsync(lifetime);
        Assert.Equal(15, _pool.Clients[0].Settings.AccessTokenValidity);
        await _account.DestroyAsync(lifetime with { ResourceServers = [_guest.ResourceServers[0] with { External = true }] });

        Assert.Empty(_pool.Clients);
        Assert.Single(_pool.Servers);
    }

    [Fact]
    public async Task Interrupted_apply_is_finished_without_adopting()
    {
        _pool.Servers.Add(new ResourceServer { Identifier = "orders", Name = "orders", Scopes = [new() { ScopeName = "read", ScopeDescription = "read" }] });

        await _account.ApplyAsync(_guest);

        Assert.True((await _account.PlanAsync(_guest)).IsEmpty);
    }

    [Fact]
    public async Task Destroying_deletes_nothing_that_may_belong_to_others_unless_allowed()
    {
        await _account.ApplyAsync(_guest);
        var before = _account.Cognito.Changes;

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.DestroyAsync(_guest));

        Assert.Equal(ProvisioningError.AdoptionRequired, failure.Error);
        Assert.Contains($"app client 'billing' ({_pool.Clients[0].Id}), resource server 'orders'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--allow-untagged-user-pool", failure.Hint, StringComparison.Ordinal);
        Assert.Equal(before, _account.Cognito.Changes);

        await _account.DestroyAsync(_guest, new() { AllowUntaggedUserPool = true });
        Assert.Equal((0, 0), (_pool.Clients.Count, _pool.Servers.Count));
        Assert.True((await _account.RunAsync(_account.CreateProvisioner().PlanDestroyAsync(_guest))).IsEmpty);
    }

    [Fact]
    public async Task Secret_of_an_app_client_that_may_belong_to_others_is_not_rotated()
    {
        var client = _account.Cognito.AddClient(_pool, "billing");
        await _account.ApplyAsync(_guest, options: new() { Adopt = true });
        var before = (Changes: _account.Cognito.Changes, Secrets: client.Secrets.ToList());

        foreach (var rotate in new[] { RotateAsync, FinishAsync })
        {
            var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => rotate(_guest));

            Assert.Equal(ProvisioningError.AdoptionRequired, failure.Error);
            Assert.Contains($"app client 'billing' ({client.Id})", failure.Message, StringComparison.Ordinal);
            Assert.Contains($"\"id\": \"{client.Id}\"", failure.Hint, StringComparison.Ordinal);
            Assert.Equal(before.Changes, _account.Cognito.Changes);
            Assert.Equal(before.Secrets, client.Secrets);
        }

        await RotateAsync(GuestWithId);
        Assert.Equal($"{client.Id}--2", Assert.Single(client.Secrets).ClientSecretId);
    }

    [Fact]
    public async Task Id_chooses_between_app_clients_of_one_name()
    {
        await _account.ApplyAsync(_guest);
        var other = _account.Cognito.AddClient(_pool, "billing");
        var blueprint = GuestWithId;

        var plan = await _account.PlanAsync(blueprint);
        await _account.DestroyAsync(blueprint, new() { AllowUntaggedUserPool = true });

        Assert.True(plan.IsEmpty, plan.ToString());
        Assert.Equal([$"app client 'billing' ({other.Id})"], plan.Unmanaged);
        Assert.Same(other, Assert.Single(_pool.Clients));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task App_client_whose_id_the_blueprint_gives_must_exist(bool isExternal)
    {
        _account.Cognito.AddClient(_pool, "billing");
        var blueprint = _guest with { UserPool = new() { Name = "central", External = isExternal }, AppClients = [_guest.AppClients[0] with { Id = "1example23456789" }] };

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.ApplyAsync(blueprint, options: new() { Adopt = true }));

        Assert.Equal(ProvisioningError.NotFound, failure.Error);
        Assert.Contains("app client 'billing' (1example23456789)", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, _account.Cognito.Changes);
    }

    [Fact]
    public async Task Adopting_a_user_pool_shows_what_it_takes_over()
    {
        var client = _account.Cognito.AddClient(_pool, "billing");
        _account.Cognito.AddClient(_pool, "web");
        _pool.Servers.Add(new ResourceServer { Identifier = "orders", Name = "orders", Scopes = [new() { ScopeName = "read", ScopeDescription = "read" }] });

        var plan = await _account.PlanAsync(_guest with { UserPool = new() { Name = "central" } }, new() { Adopt = true });

        Assert.Equal(
            [
                "tag cognito-m2m:managed: adopted",
                $"app client 'billing' ({client.Id}): of others -> of this blueprint",
                "resource server 'orders': of others -> of this blueprint",
            ],
            plan.Steps[0].Changes.Select(change => change.ToString()));
    }

    [Fact]
    public void Mistakes_in_ids_of_app_clients_are_found()
    {
        var blueprint = _guest with
        {
            AppClients =
            [
                _guest.AppClients[0] with { Id = "no id" }, _guest.AppClients[0] with { Name = "one", Id = "1example" }, _guest.AppClients[0] with { Name = "two", Id = "1example" },
            ],
        };

        Assert.Equal(["appClients[2]", "appClients[0].id"], blueprint.Validate().Select(mistake => mistake.Path));
    }

    private Task<SecretRotation> RotateAsync(Blueprint blueprint) =>
        _account.RunAsync(_account.CreateProvisioner().RotateSecretAsync(blueprint, "billing", _account.Sink));

    private Task<SecretRotation> FinishAsync(Blueprint blueprint) =>
        _account.RunAsync(_account.CreateProvisioner().FinishRotationAsync(blueprint, "billing", _account.Sink));
}
