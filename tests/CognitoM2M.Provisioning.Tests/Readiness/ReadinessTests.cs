using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Readiness;

public sealed class ReadinessTests
{
    [Fact]
    public async Task Apply_waits_until_every_client_gets_a_token_through_its_route()
    {
        var account = new FakeAccount(unresolved: 3);

        await account.ApplyAsync(FakeAccount.Acme, ready: new());

        // Two clients use the token endpoint. The first three requests fail.
        Assert.Equal(5, account.TokenEndpoint.Requests.Count);
        Assert.All(account.TokenEndpoint.Requests, address => Assert.Equal("https://auth.acme.com/oauth2/token", address.AbsoluteUri));
        Assert.Equal(2, account.Cognito.Calls.Count(call => call == "GetClientToken"));
        Assert.Contains(account.Progress.Reports, report => report.Message.StartsWith("waiting for a token for app client 'billing'; last result: the host name auth.acme.com does not resolve. ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Name_of_a_new_domain_is_first_looked_up_after_twenty_seconds()
    {
        var account = new FakeAccount();
        var earliest = TimeSpan.MaxValue;
        var seen = new EarliestRequest(account.TokenEndpoint, () => earliest = earliest == TimeSpan.MaxValue ? account.Clock.GetElapsedTime(0) : earliest);
        var plan = await account.PlanAsync(FakeAccount.Acme);
        var startedAt = account.Clock.GetElapsedTime(0);

        await account.RunAsync(account.CreateProvisioner(tokenHttpHandler: seen).ApplyAsync(plan, new() { Ready = new() }));

        Assert.True(earliest - startedAt >= TimeSpan.FromSeconds(20), $"{earliest - startedAt}");
    }

    [Fact]
    public async Task Failed_wait_reports_the_last_result()
    {
        var account = new FakeAccount();
        await account.ApplyAsync(FakeAccount.Acme);
        var client = account.Cognito.Pool.Clients[0];
        client.Settings = client.Settings with { AllowedOAuthFlowsUserPoolClient = false };

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() =>
            account.RunAsync(account.CreateProvisioner().WaitUntilReadyAsync(FakeAccount.Acme, new() { Timeout = TimeSpan.FromMinutes(1) })));

        Assert.Equal(ProvisioningError.TimedOut, failure.Error);
        Assert.Equal("App client 'billing' gets no token. Last result: HTTP 400 invalid_grant.", failure.Message);
    }

    [Fact]
    public async Task Custom_domain_without_DNS_record_names_the_target_in_plan_progress_and_message()
    {
        var account = new FakeAccount(unresolved: int.MaxValue);
        var plan = await account.PlanAsync(FakeAccount.Acme);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => account.RunAsync(
            account.CreateProvisioner().ApplyAsync(plan, new() { Secrets = account.Sink, Ready = new() }, account.Progress)));

        Assert.Equal(
            "App client 'billing' gets no token. Last result: the host name auth.acme.com does not resolve. "
            + "The DNS record of auth.acme.com must point to d111.cloudfront.net. A new custom domain can take an hour.",
            failure.Message);
        Assert.Contains(account.Progress.Reports, report => report.Message == "custom domain 'auth.acme.com': its DNS record must point to d111.cloudfront.net");
        Assert.Contains(account.Progress.Reports, report => report.Message.EndsWith(
            "does not resolve. The DNS record of auth.acme.com must point to d111.cloudfront.net. A new custom domain can take an hour.", StringComparison.Ordinal));
        Assert.Contains(
            plan.Steps.Single(step => step.Name == "auth.acme.com").Changes, change => change.ToString() == "CloudFrontDistribution: known once the domain exists");
        Assert.Equal("d111.cloudfront.net", (await account.PlanAsync(FakeAccount.Acme)).CustomDomainTarget);
    }

    [Fact]
    public async Task Wait_reports_at_least_every_fifteen_seconds()
    {
        var account = new FakeAccount(unresolved: int.MaxValue);
        await account.ApplyAsync(FakeAccount.Acme);
        var before = account.Progress.Reports.Count;

        await Assert.ThrowsAsync<CognitoProvisioningException>(() => account.RunAsync(account.CreateProvisioner().WaitUntilReadyAsync(
            FakeAccount.Acme, new() { Timeout = TimeSpan.FromMinutes(10), Interval = TimeSpan.FromMinutes(2) }, progress: account.Progress)));

        Assert.InRange(account.Progress.Reports.Skip(before).Count(report => report.Message.Contains("last result", StringComparison.Ordinal)), 32, 40);
    }

    [Fact]
    public async Task App_client_whose_token_lacks_a_scope_is_not_ready()
    {
        var account = new FakeAccount();
        await account.ApplyAsync(FakeAccount.Acme);
        account.TokenEndpoint.InactiveScopes.Add("https://stock/read");

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => account.RunAsync(account.CreateProvisioner().WaitUntilReadyAsync(FakeAccount.Acme)));

        Assert.EndsWith("Last result: the token lacks https://stock/read.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_with_a_character_that_servers_read_differently_is_tried_in_the_body()
    {
        var account = new FakeAccount();
        await account.ApplyAsync(FakeAccount.Acme);
        var secrets = account.Cognito.Pool.Clients[0].Secrets;
        secrets[0] = secrets[0] with { ClientSecretValue = "with+plus" };

        await account.RunAsync(account.CreateProvisioner().WaitUntilReadyAsync(FakeAccount.Acme));
    }

    [Fact]
    public async Task Secret_that_Cognito_no_longer_shows_is_read_from_the_sink()
    {
        var account = new FakeAccount();
        await account.ApplyAsync(FakeAccount.Acme);
        await account.RunAsync(account.CreateProvisioner().RotateSecretAsync(FakeAccount.Acme, "billing", account.Sink));

        await account.RunAsync(account.CreateProvisioner().WaitUntilReadyAsync(FakeAccount.Acme, secrets: account.Sink));
        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => account.RunAsync(account.CreateProvisioner().WaitUntilReadyAsync(FakeAccount.Acme)));

        Assert.Equal(ProvisioningError.Secret, failure.Error);
    }

    [Fact]
    public async Task Emulator_gets_token_requests_at_its_own_address()
    {
        var account = new FakeAccount();
        var plan = await account.PlanAsync(FakeAccount.Acme);

        var outputs = await account.RunAsync(account.CreateProvisioner(new Uri("http://127.0.0.1:9229")).ApplyAsync(plan, new() { Ready = new(), Secrets = account.Sink }));

        Assert.Equal("http://127.0.0.1:9229/oauth2/token", account.TokenEndpoint.Requests[0].AbsoluteUri);
        Assert.Equal($"http://127.0.0.1:9229/{outputs.UserPoolId}/.well-known/jwks.json", outputs.JwksUri.AbsoluteUri);
        Assert.Equal("http://127.0.0.1:9229/", account.Sink.Held["warehouse"].TokenEndpoint!.AbsoluteUri);
    }

    private sealed class EarliestRequest(HttpMessageHandler inner, Action seen) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            seen();
            return base.SendAsync(request, cancellationToken);
        }
    }
}
