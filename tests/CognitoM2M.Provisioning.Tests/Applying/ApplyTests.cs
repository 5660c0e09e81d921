using CognitoM2M.Provisioning.Api;
using CognitoM2M.Provisioning.Tests.Support;

namespace CognitoM2M.Provisioning.Tests.Applying;

public sealed class ApplyTests
{
    private readonly World _world = new();

    [Fact]
    public async Task Empty_account_becomes_what_the_blueprint_says_and_the_second_plan_is_empty()
    {
        var outputs = await _world.ApplyAsync(World.Acme);
        var second = await _world.PlanAsync(World.Acme);

        var pool = _world.Cognito.Pool;
        Assert.True(second.IsEmpty, second.ToString());
        Assert.Equal(("acme", true, "LITE", "acme-m2m", "auth.acme.com"), (pool.Name, pool.IsProtected, pool.Tier, pool.Prefix, pool.Custom!.Name));
        Assert.Equal(new Dictionary<string, string> { ["team"] = "core", [OwnershipTag.Key] = OwnershipTag.Value }, pool.Tags);
        Assert.Equal(["orders", "https://stock"], pool.Servers.Select(server => server.Identifier));
        Assert.Equal(["Orders", "https---stock"], pool.Servers.Select(server => server.Name));
        Assert.Equal(["billing", "warehouse", "reports"], outputs.AppClients.Select(client => client.Name));
        Assert.Equal(pool.Clients.Select(client => client.Id), outputs.AppClients.Select(client => client.ClientId));
        Assert.Equal(
            (pool.Id, "eu-west-1", $"https://cognito-idp.eu-west-1.amazonaws.com/{pool.Id}", $"https://cognito-idp.eu-west-1.amazonaws.com/{pool.Id}/.well-known/jwks.json",
                "https://auth.acme.com/oauth2/token", "d111.cloudfront.net"),
            (outputs.UserPoolId, outputs.Region, outputs.Issuer.AbsoluteUri, outputs.JwksAddress.AbsoluteUri, outputs.TokenEndpoint!.AbsoluteUri, outputs.CustomDomainTarget));
    }

    [Fact]
    public async Task App_clients_have_the_flows_of_their_routes_and_no_way_for_users_to_sign_in()
    {
        await _world.ApplyAsync(World.Acme);

        var (billing, warehouse, reports) = (_world.Cognito.Pool.Clients[0].Settings, _world.Cognito.Pool.Clients[1].Settings, _world.Cognito.Pool.Clients[2].Settings);
        Assert.Equal(["ALLOW_REFRESH_TOKEN_AUTH"], billing.ExplicitAuthFlows!);
        Assert.Equal((true, "client_credentials"), (billing.AllowedOAuthFlowsUserPoolClient!.Value, Assert.Single(billing.AllowedOAuthFlows!)));
        Assert.Equal((30, "minutes"), (billing.AccessTokenValidity!.Value, billing.TokenValidityUnits!.AccessToken));
        Assert.Equal(["ALLOW_CLIENT_TOKEN_AUTH"], warehouse.ExplicitAuthFlows!);
        Assert.False(warehouse.AllowedOAuthFlowsUserPoolClient);
        Assert.Equal(["https://stock/read"], warehouse.AllowedOAuthScopes!);
        Assert.Equal(["ALLOW_CLIENT_TOKEN_AUTH"], reports.ExplicitAuthFlows!);
        Assert.True(reports.AllowedOAuthFlowsUserPoolClient);
    }

    [Fact]
    public async Task Outputs_of_a_set_up_that_exists_are_those_of_its_apply()
    {
        var applied = await _world.ApplyAsync(World.Acme);

        var outputs = await _world.RunAsync(_world.Provisioner().GetOutputsAsync(World.Acme));

        Assert.Equal((applied.UserPoolId, applied.TokenEndpoint, applied.CustomDomainTarget), (outputs.UserPoolId, outputs.TokenEndpoint, outputs.CustomDomainTarget));
        Assert.Equal(applied.AppClients.Select(client => client.ClientId), outputs.AppClients.Select(client => client.ClientId));
    }

    [Fact]
    public async Task Process_killed_after_any_request_leaves_a_set_up_that_the_next_apply_completes_without_duplicates()
    {
        var requests = await CountAsync();
        for (var last = 1; last <= requests; last++)
        {
            var world = new World();
            world.Cognito.DiesAfter = last;
            await Assert.ThrowsAsync<DiedException>(() => world.ApplyAsync(World.Acme));
            world.Cognito.DiesAfter = null;

            await world.ApplyAsync(World.Acme);

            var pool = world.Cognito.Pool;
            Assert.Equal(2, pool.Servers.Count);
            Assert.Equal(["billing", "reports", "warehouse"], pool.Clients.Select(client => client.Name).Order());
            Assert.All(pool.Clients, client => Assert.Equal(client.Secrets[0].ClientSecretValue, world.Sink.Held[client.Name].ClientSecret));
            Assert.True((await world.PlanAsync(World.Acme)).IsEmpty);
        }

        static async Task<int> CountAsync()
        {
            var world = new World();
            await world.ApplyAsync(World.Acme);
            return world.Cognito.Calls.Count;
        }
    }

    [Fact]
    public async Task Failure_reports_what_had_been_made()
    {
        _world.Cognito.Fault = operation => operation == "CreateUserPoolClient"
            ? CognitoProvisioningException.FromService(operation, "LimitExceededException", "Too many clients.")
            : null;

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _world.ApplyAsync(World.Acme));

        Assert.Equal(ProvisioningError.QuotaReached, failure.Error);
        Assert.Equal(
            ["create user pool 'acme'", "create resource server 'orders'", "create resource server 'https://stock'"],
            failure.CompletedSteps.Select(step => step.Title));
    }

    [Fact]
    public async Task Plan_is_carried_out_once()
    {
        var plan = await _world.PlanAsync(World.Acme);
        await _world.RunAsync(_world.Provisioner().ApplyAsync(plan));

        await Assert.ThrowsAsync<InvalidOperationException>(() => _world.RunAsync(_world.Provisioner().ApplyAsync(plan)));
    }

    [Fact]
    public async Task Plan_that_no_longer_fits_what_exists_is_refused_before_it_overwrites_anything()
    {
        await _world.ApplyAsync(World.Acme);
        var wanted = World.Acme with { AppClients = [.. World.Acme.AppClients.Take(2), World.Acme.AppClients[2] with { TokenLifetime = TimeSpan.FromHours(2) }] };
        var plan = await _world.PlanAsync(wanted);
        var client = _world.Cognito.Pool.Clients[2];
        client.Settings = client.Settings with { AllowedOAuthScopes = ["orders/read", "orders/write"] };

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _world.RunAsync(_world.Provisioner().ApplyAsync(plan)));

        Assert.Equal(ProvisioningError.PlanOutdated, failure.Error);
        Assert.Equal(2, client.Settings.AllowedOAuthScopes.Count);
    }

    [Fact]
    public async Task Concurrent_changes_by_others_are_waited_out()
    {
        var refusals = 3;
        _world.Cognito.Fault = operation => operation == "CreateUserPoolClient" && refusals-- > 0
            ? CognitoProvisioningException.FromService(operation, "ConcurrentModificationException", "Only one request to update user pool client can be processed at a time.")
            : null;

        await _world.ApplyAsync(World.Acme);

        Assert.Equal(3, _world.Cognito.Pool.Clients.Count);
    }

    [Fact]
    public async Task Patience_ends()
    {
        _world.Cognito.Fault = operation => CognitoProvisioningException.FromService(operation, "ConcurrentModificationException", "Again.");

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _world.PlanAsync(World.Acme));

        Assert.Equal(ProvisioningError.ConcurrentChange, failure.Error);
        Assert.InRange(_world.Clock.GetElapsedTime(0), TimeSpan.FromMinutes(1.5), TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task Cancellation_ends_an_apply_between_two_requests()
    {
        var plan = await _world.PlanAsync(World.Acme);
        using var cancellation = new CancellationTokenSource();
        _world.Cognito.Fault = operation =>
        {
            if (operation == "CreateResourceServer")
                cancellation.Cancel();
            return null;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _world.RunAsync(_world.Provisioner().ApplyAsync(plan, cancellationToken: cancellation.Token)));

        Assert.Single(_world.Cognito.Pool.Servers);
    }

    [Fact]
    public async Task No_secret_stands_in_progress_plan_or_outputs()
    {
        await _world.ApplyAsync(World.Acme);
        var plan = await _world.PlanAsync(World.Acme with { AppClients = [World.Acme.AppClients[0] with { TokenLifetime = TimeSpan.FromHours(2) }] });
        var outputs = await _world.RunAsync(_world.Provisioner().GetOutputsAsync(World.Acme));

        string[] texts = [plan.ToString(), outputs.ToString(), .. _world.Progress.Reports.Select(report => report.ToString())];

        Assert.All(texts, text => Assert.DoesNotContain("marker", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_secret_is_handed_over_once()
    {
        var stored = new List<string>();
        var sink = new DelegateSecretSink((credentials, _) =>
        {
            stored.Add(credentials.ClientName);
            return ValueTask.CompletedTask;
        });

        var plan = await _world.PlanAsync(World.Acme);
        await _world.RunAsync(_world.Provisioner().ApplyAsync(plan, new() { Secrets = sink }));

        Assert.Equal(["billing", "warehouse", "reports"], stored);
    }

    [Fact]
    public async Task Invalid_blueprint_makes_no_request()
    {
        await Assert.ThrowsAsync<BlueprintException>(() => _world.PlanAsync(World.Acme with { Domain = new() { Prefix = "cognito" } }));

        Assert.Empty(_world.Cognito.Calls);
    }

    [Fact]
    public async Task Replaced_prefix_waits_until_the_old_one_is_gone_and_needs_an_allowance()
    {
        await _world.ApplyAsync(World.Acme);
        var moved = World.Acme with { Domain = World.Acme.Domain! with { Prefix = "acme-new" } };

        var refusal = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _world.ApplyAsync(moved));
        await _world.ApplyAsync(moved, ProvisioningLosses.Domain);

        Assert.Equal(ProvisioningError.LossNotAllowed, refusal.Error);
        Assert.Equal("acme-new", _world.Cognito.Pool.Prefix);
        Assert.Contains(_world.Progress.Reports, report => report is { Activity: ProvisioningActivity.Waiting, Message: "waiting for domain 'acme-m2m' to be gone" });
        Assert.True((await _world.PlanAsync(moved)).IsEmpty);
    }

    [Fact]
    public async Task Domain_on_its_way_out_is_waited_for_before_it_is_made_again()
    {
        var pool = _world.Cognito.AddPool("acme", isOwned: true);
        _world.Cognito.OtherDomains["acme-m2m"] = (pool.Id, TimeSpan.FromSeconds(30).Ticks);

        await _world.ApplyAsync(World.Acme);

        Assert.Equal("acme-m2m", pool.Prefix);
    }

    [Fact]
    public async Task New_certificate_keeps_the_other_settings_of_the_domain()
    {
        await _world.ApplyAsync(World.Acme);
        _world.Cognito.Pool.Custom!.SecurityPolicy = "TLS_V1_3_2025";
        const string Two = "arn:aws:acm:us-east-1:123456789012:certificate/two";

        await _world.ApplyAsync(World.Acme with { Domain = World.Acme.Domain! with { Custom = new() { Name = "auth.acme.com", CertificateArn = Two } } });

        Assert.Equal((Two, "TLS_V1_3_2025"), (_world.Cognito.Pool.Custom.CertificateArn, _world.Cognito.Pool.Custom.SecurityPolicy));
    }

    [Fact]
    public async Task Client_without_a_secret_is_replaced_only_if_its_loss_is_allowed()
    {
        await _world.ApplyAsync(World.Acme);
        var pool = _world.Cognito.Pool;
        var lost = pool.Clients[0];
        lost.Secrets.Clear();

        var refusal = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _world.ApplyAsync(World.Acme));
        await _world.ApplyAsync(World.Acme, ProvisioningLosses.AppClient);

        Assert.Equal(ProvisioningError.LossNotAllowed, refusal.Error);
        Assert.Contains(lost.Id, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(lost, pool.Clients);
        Assert.Equal(3, pool.Clients.Count);
        Assert.True((await _world.PlanAsync(World.Acme)).IsEmpty);
    }

    [Fact]
    public async Task Client_whose_first_secret_was_rotated_away_is_not_taken_for_one_without_a_secret()
    {
        await _world.ApplyAsync(World.Acme);
        var secrets = _world.Cognito.Pool.Clients[0].Secrets;
        secrets[0] = new ClientSecretDescriptor { ClientSecretId = "other", ClientSecretValue = "marker" };

        Assert.True((await _world.PlanAsync(World.Acme)).IsEmpty);
    }
}
