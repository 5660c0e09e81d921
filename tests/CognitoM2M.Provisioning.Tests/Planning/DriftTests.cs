using System.Text.Json;
using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Planning;

public sealed class DriftTests : IAsyncLifetime
{
    private readonly FakeAccount _account = new();

    public async Task InitializeAsync() => await _account.ApplyAsync(FakeAccount.Acme);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Plan_shows_every_change_made_elsewhere_and_apply_undoes_it()
    {
        var pool = _account.Cognito.Pool;
        pool.IsProtected = false;
        pool.Tags["team"] = "else";
        pool.Servers[0] = pool.Servers[0] with { Name = "Renamed", Scopes = [pool.Servers[0].Scopes![0] with { ScopeDescription = "Changed" }] };
        pool.Clients[0].Settings = pool.Clients[0].Settings with { AllowedOAuthFlowsUserPoolClient = false, AccessTokenValidity = 45 };

        var plan = await _account.PlanAsync(FakeAccount.Acme);
        await _account.ApplyAsync(FakeAccount.Acme);

        Assert.Equal(
            """
            User pool 'acme' (eu-west-1_Pool1)
              1. update user pool 'acme'
                 ~ DeletionProtection: INACTIVE -> ACTIVE
                 ~ tag team: else -> core
              2. update resource server 'orders'
                 ~ Name: Renamed -> Orders
                 ~ scope read: Changed -> Read orders
                 + scope write: (new)
              3. update app client 'billing'
                 ~ AllowedOAuthFlowsUserPoolClient: false -> true
                 ~ AccessTokenValidity: 45m -> 30m

            """.ReplaceLineEndings(),
            plan.ToString());
        Assert.Equal(DestructiveChanges.None, plan.DestructiveChanges);
        Assert.True((await _account.PlanAsync(FakeAccount.Acme)).IsEmpty);
    }

    [Fact]
    public async Task Update_resets_nothing_that_the_blueprint_does_not_name()
    {
        var pool = _account.Cognito.Pool;
        pool.Tags["other-team"] = "kept";
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

        await _account.ApplyAsync(FakeAccount.Acme);

        Assert.Equal("kept", pool.Tags["other-team"]);
        Assert.Equal("""{"Deep":[1]}""", pool.Others["Novelty"].GetRawText());
        Assert.Equal("2", pool.Servers[0].OtherMembers!["Novelty"].GetRawText());
        Assert.Equal("3", client.Settings.OtherMembers!["Novelty"].GetRawText());
        Assert.Equal("7", client.Settings.OtherMembers["RefreshTokenValidity"].GetRawText());
        Assert.Equal((30, "minutes", "hours", "days"),
            (client.Settings.AccessTokenValidity!.Value, client.Settings.TokenValidityUnits!.AccessToken, client.Settings.TokenValidityUnits.IdToken, client.Settings.TokenValidityUnits.RefreshToken));
    }

    [Fact]
    public async Task Setting_that_has_two_names_is_sent_under_one()
    {
        var pool = _account.Cognito.Pool;
        pool.UserCreation = new() { AllowAdminCreateUserOnly = true, UnusedAccountValidityDays = 7 };
        pool.Policies = new() { PasswordPolicy = new() { TemporaryPasswordValidityDays = 7 } };
        pool.IsProtected = false;

        await _account.ApplyAsync(FakeAccount.Acme);

        Assert.Equal(new AdminCreateUserConfig { AllowAdminCreateUserOnly = true }, pool.UserCreation);
        Assert.Equal(7, pool.Policies!.PasswordPolicy!.TemporaryPasswordValidityDays);
    }

    [Fact]
    public async Task Setting_that_the_blueprint_leaves_out_causes_no_difference()
    {
        var open = FakeAccount.Acme with
        {
            UserPool = new() { Name = "acme" },
            ResourceServers = [.. FakeAccount.Acme.ResourceServers.Select(server => server with { Name = null, Scopes = [.. server.Scopes.Select(scope => scope with { Description = null })] })],
            AppClients = [.. FakeAccount.Acme.AppClients.Select(client => client with { TokenLifetime = null })],
        };

        Assert.True((await _account.PlanAsync(open)).IsEmpty);
    }

    [Fact]
    public async Task Removed_scope_is_a_destructive_change_that_the_plan_names()
    {
        var wanted = FakeAccount.Acme with
        {
            ResourceServers = [FakeAccount.Acme.ResourceServers[0] with { Scopes = [FakeAccount.Acme.ResourceServers[0].Scopes[0]] }, FakeAccount.Acme.ResourceServers[1]],
            AppClients = [FakeAccount.Acme.AppClients[0] with { Scopes = ["orders/read"] }, .. FakeAccount.Acme.AppClients.Skip(1)],
        };

        var plan = await _account.PlanAsync(wanted);
        var refusal = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.ApplyAsync(wanted));
        var changes = _account.Cognito.Changes;
        await _account.ApplyAsync(wanted, DestructiveChanges.Scope);

        Assert.Equal(["tokens lose orders/write", "the client loses https://stock/read"], plan.Steps.Select(step => step.Warning));
        Assert.Equal(ProvisioningError.DestructiveChangeNotAllowed, refusal.Error);
        Assert.Equal(changes + 2, _account.Cognito.Changes);
        Assert.True((await _account.PlanAsync(wanted)).IsEmpty);
    }

    [Fact]
    public async Task Removed_route_is_a_destructive_change()
    {
        var wanted = FakeAccount.Acme with { AppClients = [.. FakeAccount.Acme.AppClients.Take(2), FakeAccount.Acme.AppClients[2] with { Route = AppClientRoute.GetClientToken }] };

        var plan = await _account.PlanAsync(wanted);

        Assert.Equal(DestructiveChanges.Flow, plan.DestructiveChanges);
        Assert.Equal("the client loses client_credentials", Assert.Single(plan.Steps).Warning);
    }

    [Fact]
    public async Task Added_scope_and_added_route_are_not_destructive()
    {
        var wanted = FakeAccount.Acme with
        {
            AppClients = [FakeAccount.Acme.AppClients[0] with { Route = AppClientRoute.Both, Scopes = ["orders/read", "https://stock/read", "orders/write"] }, .. FakeAccount.Acme.AppClients.Skip(1)],
        };

        await _account.ApplyAsync(wanted);

        Assert.True((await _account.PlanAsync(wanted)).IsEmpty);
    }

    [Fact]
    public async Task Plan_lists_what_the_blueprint_does_not_name_and_leaves_it_alone()
    {
        var pool = _account.Cognito.Pool;
        pool.Servers.Add(new ResourceServer { Identifier = "other-team", Name = "Other team" });
        pool.Servers.Add(new ResourceServer { Identifier = "aws.cognito/dcr", Name = "Cognito's", ManagedBy = "COGNITO" });
        var client = _account.Cognito.AddClient(pool, "other-team");

        var plan = await _account.PlanAsync(FakeAccount.Acme with { Domain = new() { Prefix = "acme-m2m" } });

        Assert.True(plan.IsEmpty);
        Assert.Equal([$"app client 'other-team' ({client.Id})", "resource server 'other-team'", "domain 'auth.acme.com'"], plan.Unmanaged);
    }

    [Fact]
    public async Task Prune_deletes_what_the_blueprint_does_not_name()
    {
        var pool = _account.Cognito.Pool;
        pool.Servers.Add(new ResourceServer { Identifier = "other-team", Name = "Other team" });
        pool.Servers.Add(new ResourceServer { Identifier = "aws.cognito/dcr", Name = "Cognito's", ManagedBy = "COGNITO" });
        _account.Cognito.AddClient(pool, "other-team");
        var registered = _account.Cognito.AddClient(pool, "registered itself");
        registered.Settings = registered.Settings with { ClientType = "DCR" };
        var wanted = FakeAccount.Acme with { Domain = new() { Prefix = "acme-m2m" } };

        await _account.ApplyAsync(wanted, DestructiveChanges.All, new() { Prune = true });

        Assert.Null(pool.Custom);
        Assert.Equal(["orders", "https://stock", "aws.cognito/dcr"], pool.Servers.Select(server => server.Identifier));
        Assert.Equal(["billing", "warehouse", "reports", "registered itself"], pool.Clients.Select(item => item.Name));
    }
}
