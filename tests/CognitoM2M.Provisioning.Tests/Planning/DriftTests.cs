using System.Text.Json;
using CognitoM2M.Provisioning.Api;
using CognitoM2M.Provisioning.Tests.Support;

namespace CognitoM2M.Provisioning.Tests.Planning;

public sealed class DriftTests : IAsyncLifetime
{
    private readonly World _world = new();

    public async Task InitializeAsync() => await _world.ApplyAsync(World.Acme);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Every_change_behind_its_back_shows_and_is_undone()
    {
        var pool = _world.Cognito.Pool;
        pool.IsProtected = false;
        pool.Tags["team"] = "else";
        pool.Servers[0] = pool.Servers[0] with { Name = "Renamed", Scopes = [pool.Servers[0].Scopes![0] with { ScopeDescription = "Changed" }] };
        pool.Clients[0].Settings = pool.Clients[0].Settings with { AllowedOAuthFlowsUserPoolClient = false, AccessTokenValidity = 45 };

        var plan = await _world.PlanAsync(World.Acme);
        await _world.ApplyAsync(World.Acme);

        Assert.Equal(
            """
            User pool 'acme' (eu-west-1_Pool1)
              1. update user pool 'acme'
                 ~ DeletionProtection: INACTIVE -> ACTIVE
                 ~ tag team: else -> core
              2. update resource server 'orders'
                 ~ Name: Renamed -> Orders
                 ~ scope read: Changed -> Read orders
                 + scope write: write
              3. update app client 'billing'
                 ~ AllowedOAuthFlowsUserPoolClient: false -> true
                 ~ AccessTokenValidity: 45m -> 30m

            """.ReplaceLineEndings(),
            plan.ToString());
        Assert.Equal(ProvisioningLosses.None, plan.Losses);
        Assert.True((await _world.PlanAsync(World.Acme)).IsEmpty);
    }

    [Fact]
    public async Task Nothing_that_the_blueprint_does_not_name_is_reset_by_an_update()
    {
        var pool = _world.Cognito.Pool;
        pool.Tags["theirs"] = "kept";
        pool.Others["Novelty"] = FakeCognito.Json("""{"Deep":[1]}""");
        pool.Servers[0] = pool.Servers[0] with
        {
            Name = "Renamed",
            OtherMembers = new Dictionary<string, JsonElement> { ["Novelty"] = FakeCognito.Json("2") },
        };
        var client = pool.Clients[0];
        client.Settings = client.Settings with
        {
            AccessTokenValidity = 10,
            TokenValidityUnits = new() { AccessToken = "minutes" },
            OtherMembers = new Dictionary<string, JsonElement> { ["RefreshTokenValidity"] = FakeCognito.Json("7"), ["Novelty"] = FakeCognito.Json("3") },
        };
        pool.IsProtected = false;

        await _world.ApplyAsync(World.Acme);

        Assert.Equal("kept", pool.Tags["theirs"]);
        Assert.Equal("""{"Deep":[1]}""", pool.Others["Novelty"].GetRawText());
        Assert.Equal("2", pool.Servers[0].OtherMembers!["Novelty"].GetRawText());
        Assert.Equal("3", client.Settings.OtherMembers!["Novelty"].GetRawText());
        Assert.Equal("7", client.Settings.OtherMembers["RefreshTokenValidity"].GetRawText());
        Assert.Equal((30, "minutes", "hours", "days"),
            (client.Settings.AccessTokenValidity!.Value, client.Settings.TokenValidityUnits!.AccessToken, client.Settings.TokenValidityUnits.IdToken, client.Settings.TokenValidityUnits.RefreshToken));
    }

    [Fact]
    public async Task Setting_with_two_names_is_sent_once()
    {
        var pool = _world.Cognito.Pool;
        pool.Others["AdminCreateUserConfig"] = FakeCognito.Json("""{"AllowAdminCreateUserOnly":true,"UnusedAccountValidityDays":7}""");
        pool.Others["Policies"] = FakeCognito.Json("""{"PasswordPolicy":{"TemporaryPasswordValidityDays":7}}""");
        pool.IsProtected = false;

        await _world.ApplyAsync(World.Acme);

        Assert.Equal("""{"AllowAdminCreateUserOnly":true}""", pool.Others["AdminCreateUserConfig"].GetRawText());
    }

    [Fact]
    public async Task What_the_blueprint_leaves_open_is_no_difference()
    {
        var open = World.Acme with
        {
            UserPool = new() { Name = "acme" },
            ResourceServers = [.. World.Acme.ResourceServers.Select(server => server with { Name = null, Scopes = [.. server.Scopes.Select(scope => scope with { Description = null })] })],
            AppClients = [.. World.Acme.AppClients.Select(client => client with { TokenLifetime = null })],
        };

        Assert.True((await _world.PlanAsync(open)).IsEmpty);
    }

    [Fact]
    public async Task Removed_scope_is_a_loss_that_the_plan_names()
    {
        var wanted = World.Acme with
        {
            ResourceServers = [World.Acme.ResourceServers[0] with { Scopes = [World.Acme.ResourceServers[0].Scopes[0]] }, World.Acme.ResourceServers[1]],
            AppClients = [World.Acme.AppClients[0] with { Scopes = ["orders/read"] }, .. World.Acme.AppClients.Skip(1)],
        };

        var plan = await _world.PlanAsync(wanted);
        var refusal = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _world.ApplyAsync(wanted));
        var changes = _world.Cognito.Changes;
        await _world.ApplyAsync(wanted, ProvisioningLosses.Scope);

        Assert.Equal(["tokens lose orders/write", "the client loses https://stock/read"], plan.Steps.Select(step => step.LossReason));
        Assert.Equal(ProvisioningError.LossNotAllowed, refusal.Error);
        Assert.Equal(changes + 2, _world.Cognito.Changes);
        Assert.True((await _world.PlanAsync(wanted)).IsEmpty);
    }

    [Fact]
    public async Task Removed_route_is_a_loss()
    {
        var wanted = World.Acme with { AppClients = [.. World.Acme.AppClients.Take(2), World.Acme.AppClients[2] with { Route = AppClientRoute.GetClientToken }] };

        var plan = await _world.PlanAsync(wanted);

        Assert.Equal(ProvisioningLosses.Flow, plan.Losses);
        Assert.Equal("the client loses client_credentials", Assert.Single(plan.Steps).LossReason);
    }

    [Fact]
    public async Task Added_scope_and_route_are_no_loss()
    {
        var wanted = World.Acme with
        {
            AppClients = [World.Acme.AppClients[0] with { Route = AppClientRoute.Both, Scopes = ["orders/read", "https://stock/read", "orders/write"] }, .. World.Acme.AppClients.Skip(1)],
        };

        await _world.ApplyAsync(wanted);

        Assert.True((await _world.PlanAsync(wanted)).IsEmpty);
    }

    [Fact]
    public async Task What_the_blueprint_does_not_name_is_listed_and_left_alone()
    {
        var pool = _world.Cognito.Pool;
        pool.Servers.Add(new ResourceServer { Identifier = "theirs", Name = "Theirs" });
        pool.Servers.Add(new ResourceServer { Identifier = "aws.cognito/dcr", Name = "Cognito's", ManagedBy = "COGNITO" });
        var client = _world.Cognito.AddClient(pool, "theirs");

        var plan = await _world.PlanAsync(World.Acme with { Domain = new() { Prefix = "acme-m2m" } });

        Assert.True(plan.IsEmpty);
        Assert.Equal([$"app client 'theirs' ({client.Id})", "resource server 'theirs'", "domain 'auth.acme.com'"], plan.Unmanaged);
    }

    [Fact]
    public async Task What_the_blueprint_does_not_name_is_deleted_on_request()
    {
        var pool = _world.Cognito.Pool;
        pool.Servers.Add(new ResourceServer { Identifier = "theirs", Name = "Theirs" });
        pool.Servers.Add(new ResourceServer { Identifier = "aws.cognito/dcr", Name = "Cognito's", ManagedBy = "COGNITO" });
        _world.Cognito.AddClient(pool, "theirs");
        var registered = _world.Cognito.AddClient(pool, "registered itself");
        registered.Settings = registered.Settings with { ClientType = "DCR" };
        var wanted = World.Acme with { Domain = new() { Prefix = "acme-m2m" } };

        await _world.ApplyAsync(wanted, ProvisioningLosses.All, new() { Prune = true });

        Assert.Null(pool.Custom);
        Assert.Equal(["orders", "https://stock", "aws.cognito/dcr"], pool.Servers.Select(server => server.Identifier));
        Assert.Equal(["billing", "warehouse", "reports", "registered itself"], pool.Clients.Select(item => item.Name));
    }
}
