using CognitoM2M.Provisioning.Tests.Support;

namespace CognitoM2M.Provisioning.Tests.Readiness;

public sealed class ReadinessTests
{
    [Fact]
    public async Task Apply_waits_until_every_client_gets_a_token_through_its_route()
    {
        var world = new World(unresolved: 3);

        await world.ApplyAsync(World.Acme, ready: new());

        // Two clients use the token endpoint; the first of them asked three times in vain.
        Assert.Equal(5, world.TokenEndpoint.Requests.Count);
        Assert.All(world.TokenEndpoint.Requests, address => Assert.Equal("https://auth.acme.com/oauth2/token", address.AbsoluteUri));
        Assert.Equal(2, world.Cognito.Calls.Count(call => call == "GetClientToken"));
        Assert.Contains(world.Progress.Reports, report => report.Message == "waiting for a token for app client 'billing'; last seen: Name or service not known");
    }

    [Fact]
    public async Task Name_of_a_new_domain_is_not_looked_up_too_early()
    {
        var world = new World();
        var earliest = TimeSpan.MaxValue;
        var seen = new EarliestRequest(world.TokenEndpoint, () => earliest = earliest == TimeSpan.MaxValue ? world.Clock.GetElapsedTime(0) : earliest);
        var plan = await world.PlanAsync(World.Acme);
        var startedAt = world.Clock.GetElapsedTime(0);

        await world.RunAsync(new CognitoProvisioner(world.Cognito, new() { TimeProvider = world.Clock, TokenHttpHandler = seen })
            .ApplyAsync(plan, new() { Ready = new() }));

        Assert.True(earliest - startedAt >= TimeSpan.FromSeconds(20), $"{earliest - startedAt}");
    }

    [Fact]
    public async Task Wait_ends_with_what_was_last_seen()
    {
        var world = new World();
        await world.ApplyAsync(World.Acme);
        var client = world.Cognito.Pool.Clients[0];
        client.Settings = client.Settings with { AllowedOAuthFlowsUserPoolClient = false };

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() =>
            world.RunAsync(world.Provisioner().WaitUntilReadyAsync(World.Acme, new() { Timeout = TimeSpan.FromMinutes(1) })));

        Assert.Equal(ProvisioningError.TimedOut, failure.Error);
        Assert.Equal("App client 'billing' gets no token; last seen: HTTP 400 invalid_grant.", failure.Message);
    }

    [Fact]
    public async Task Token_that_lacks_a_scope_is_not_enough()
    {
        var world = new World();
        await world.ApplyAsync(World.Acme);
        world.TokenEndpoint.Inactive.Add("https://stock/read");

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => world.RunAsync(world.Provisioner().WaitUntilReadyAsync(World.Acme)));

        Assert.Contains("the token lacks https://stock/read", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_that_Cognito_no_longer_shows_is_taken_from_the_sink()
    {
        var world = new World();
        await world.ApplyAsync(World.Acme);
        await world.RunAsync(world.Provisioner().RotateSecretAsync(World.Acme, "billing", world.Sink));

        await world.RunAsync(world.Provisioner().WaitUntilReadyAsync(World.Acme, secrets: world.Sink));
        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => world.RunAsync(world.Provisioner().WaitUntilReadyAsync(World.Acme)));

        Assert.Equal(ProvisioningError.Secret, failure.Error);
    }

    [Fact]
    public async Task Emulator_is_asked_at_its_own_address()
    {
        var world = new World();
        var plan = await world.PlanAsync(World.Acme);

        var outputs = await world.RunAsync(world.Provisioner(new Uri("http://127.0.0.1:9229")).ApplyAsync(plan, new() { Ready = new(), Secrets = world.Sink }));

        Assert.Equal("http://127.0.0.1:9229/oauth2/token", world.TokenEndpoint.Requests[0].AbsoluteUri);
        Assert.Equal($"http://127.0.0.1:9229/{outputs.UserPoolId}/.well-known/jwks.json", outputs.JwksAddress.AbsoluteUri);
        Assert.Equal("http://127.0.0.1:9229/", world.Sink.Held["warehouse"].TokenEndpoint!.AbsoluteUri);
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
