using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Service;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Steps;

public sealed class ApplyTests
{
    private readonly FakeAccount _account = new();

    [Fact]
    public async Task Apply_creates_everything_in_an_empty_account_and_the_next_plan_is_empty()
    {
        var outputs = await _account.ApplyAsync(FakeAccount.Acme);
        var second = await _account.PlanAsync(FakeAccount.Acme);

        var pool = _account.Cognito.Pool;
        Assert.True(second.IsEmpty, second.ToString());
        Assert.Equal(("acme", true, "LITE", "acme-m2m", "auth.acme.com"), (pool.Name, pool.IsProtected, pool.Tier, pool.Prefix, pool.Custom!.Name));
        Assert.Equal(new Dictionary<string, string> { ["team"] = "core", [OwnershipTag.Key] = OwnershipTag.Created }, pool.Tags);
        Assert.Equal(["orders", "https://stock"], pool.Servers.Select(server => server.Identifier));
        Assert.Equal(["Orders", "https---stock"], pool.Servers.Select(server => server.Name));
        Assert.Equal(["billing", "warehouse", "reports"], outputs.AppClients.Select(client => client.Name));
        Assert.Equal(pool.Clients.Select(client => client.Id), outputs.AppClients.Select(client => client.ClientId));
        Assert.Equal(
            (pool.Id, "eu-west-1", $"https://cognito-idp.eu-west-1.amazonaws.com/{pool.Id}", $"https://cognito-idp.eu-west-1.amazonaws.com/{pool.Id}/.well-known/jwks.json",
                "https://auth.acme.com/oauth2/token", "d111.cloudfront.net"),
            (outputs.UserPoolId, outputs.Region, outputs.Issuer.AbsoluteUri, outputs.JwksUri.AbsoluteUri, outputs.TokenEndpoint!.AbsoluteUri, outputs.CustomDomainTarget));
    }

    [Fact]
    public async Task App_clients_get_the_flows_of_their_routes_and_users_cannot_sign_in()
    {
        await _account.ApplyAsync(FakeAccount.Acme);

        var (billing, warehouse, reports) = (_account.Cognito.Pool.Clients[0].Settings, _account.Cognito.Pool.Clients[1].Settings, _account.Cognito.Pool.Clients[2].Settings);
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
    public async Task Outputs_read_later_equal_the_outputs_of_the_apply()
    {
        var applied = await _account.ApplyAsync(FakeAccount.Acme);

        var outputs = await _account.RunAsync(_account.CreateProvisioner().GetOutputsAsync(FakeAccount.Acme));

        Assert.Equal((applied.UserPoolId, applied.TokenEndpoint, applied.CustomDomainTarget), (outputs.UserPoolId, outputs.TokenEndpoint, outputs.CustomDomainTarget));
        Assert.Equal(applied.AppClients.Select(client => client.ClientId), outputs.AppClients.Select(client => client.ClientId));
    }

    [Fact]
    public async Task Next_apply_completes_a_run_that_was_killed_after_any_request_without_duplicates()
    {
        var requests = await CountAsync();
        for (var last = 1; last <= requests; last++)
        {
            var account = new FakeAccount();
            account.Cognito.DiesAfter = last;
            await Assert.ThrowsAsync<DiedException>(() => account.ApplyAsync(FakeAccount.Acme));
            account.Cognito.DiesAfter = null;

            await account.ApplyAsync(FakeAccount.Acme);

            var pool = account.Cognito.Pool;
            Assert.Equal(2, pool.Servers.Count);
            Assert.Equal(["billing", "reports", "warehouse"], pool.Clients.Select(client => client.Name).Order());
            Assert.All(pool.Clients, client => Assert.Equal(client.Secrets[0].ClientSecretValue, account.Sink.Held[client.Name].ClientSecret));
            Assert.True((await account.PlanAsync(FakeAccount.Acme)).IsEmpty);
        }

        static async Task<int> CountAsync()
        {
            var account = new FakeAccount();
            await account.ApplyAsync(FakeAccount.Acme);
            return account.Cognito.Calls.Count;
        }
    }

    [Fact]
    public async Task Failure_lists_the_completed_steps()
    {
        _account.Cognito.Fault = operation => operation == AppClientOperations.Create
            ? ServiceRefusal.CreateException(operation, "LimitExceededException", "Too many clients.")
            : null;

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.ApplyAsync(FakeAccount.Acme));

        Assert.Equal(ProvisioningError.QuotaReached, failure.Error);
        Assert.Equal(
            ["create user pool 'acme'", "create domain 'acme-m2m'", "create domain 'auth.acme.com'", "create resource server 'orders'", "create resource server 'https://stock'"],
            failure.CompletedSteps.Select(step => step.Title));
    }

    [Fact]
    public async Task Plan_can_be_carried_out_only_once()
    {
        var plan = await _account.PlanAsync(FakeAccount.Acme);
        await _account.RunAsync(_account.CreateProvisioner().ApplyAsync(plan));

        await Assert.ThrowsAsync<InvalidOperationException>(() => _account.RunAsync(_account.CreateProvisioner().ApplyAsync(plan)));
    }

    [Fact]
    public async Task Outdated_plan_is_refused_before_it_overwrites_anything()
    {
        await _account.ApplyAsync(FakeAccount.Acme);
        var wanted = FakeAccount.Acme with { AppClients = [.. FakeAccount.Acme.AppClients.Take(2), FakeAccount.Acme.AppClients[2] with { TokenLifetime = TimeSpan.FromHours(2) }] };
        var plan = await _account.PlanAsync(wanted);
        var client = _account.Cognito.Pool.Clients[2];
        client.Settings = client.Settings with { AllowedOAuthScopes = ["orders/read", "orders/write"] };

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.RunAsync(_account.CreateProvisioner().ApplyAsync(plan)));

        Assert.Equal(ProvisioningError.PlanOutdated, failure.Error);
        Assert.Equal(2, client.Settings.AllowedOAuthScopes.Count);
    }

    [Fact]
    public async Task Request_is_repeated_while_another_caller_changes_the_user_pool()
    {
        var refusals = 3;
        _account.Cognito.Fault = operation => operation == AppClientOperations.Create && refusals-- > 0
            ? ServiceRefusal.CreateException(operation, "ConcurrentModificationException", "Only one request to update user pool client can be processed at a time.")
            : null;

        await _account.ApplyAsync(FakeAccount.Acme);

        Assert.Equal(3, _account.Cognito.Pool.Clients.Count);
    }

    [Fact]
    public async Task Requests_are_not_repeated_after_the_retry_timeout()
    {
        _account.Cognito.Fault = operation => ServiceRefusal.CreateException(operation, "ConcurrentModificationException", "Again.");

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.PlanAsync(FakeAccount.Acme));

        Assert.Equal(ProvisioningError.ConcurrentChange, failure.Error);
        Assert.InRange(_account.Clock.GetElapsedTime(0), TimeSpan.FromMinutes(1.5), TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task Cancelled_apply_ends_after_the_request_in_flight()
    {
        var plan = await _account.PlanAsync(FakeAccount.Acme);
        using var cancellation = new CancellationTokenSource();
        _account.Cognito.Fault = operation =>
        {
            if (operation == ResourceServerOperations.Create)
                cancellation.Cancel();
            return null;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _account.RunAsync(_account.CreateProvisioner().ApplyAsync(plan, cancellationToken: cancellation.Token)));

        Assert.Single(_account.Cognito.Pool.Servers);
    }

    [Fact]
    public async Task Progress_plan_and_outputs_hold_no_secret()
    {
        await _account.ApplyAsync(FakeAccount.Acme);
        var plan = await _account.PlanAsync(FakeAccount.Acme with { AppClients = [FakeAccount.Acme.AppClients[0] with { TokenLifetime = TimeSpan.FromHours(2) }] });
        var outputs = await _account.RunAsync(_account.CreateProvisioner().GetOutputsAsync(FakeAccount.Acme));

        string[] texts = [plan.ToString(), outputs.ToString(), .. _account.Progress.Reports.Select(report => report.ToString())];

        Assert.All(texts, text => Assert.DoesNotContain("marker", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_secret_is_stored_once()
    {
        var stored = new List<string>();
        var sink = new DelegateSecretSink((credentials, _) =>
        {
            stored.Add(credentials.ClientName);
            return ValueTask.CompletedTask;
        });

        var plan = await _account.PlanAsync(FakeAccount.Acme);
        await _account.RunAsync(_account.CreateProvisioner().ApplyAsync(plan, new() { Secrets = sink }));

        Assert.Equal(["billing", "warehouse", "reports"], stored);
    }

    [Fact]
    public async Task Invalid_blueprint_makes_no_request()
    {
        await Assert.ThrowsAsync<BlueprintException>(() => _account.PlanAsync(FakeAccount.Acme with { Domain = new() { Prefix = "cognito" } }));

        Assert.Empty(_account.Cognito.Calls);
    }
}
