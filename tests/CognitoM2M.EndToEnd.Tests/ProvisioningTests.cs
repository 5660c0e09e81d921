using CognitoM2M.Emulator;
using CognitoM2M.Provisioning;
using CognitoM2M.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static CognitoM2M.EndToEnd.Tests.AppliedBlueprint;

namespace CognitoM2M.EndToEnd.Tests;

/// <summary>The provisioner, through the AWS SDK and real sockets, against the emulator; and token clients with what it has created.</summary>
public sealed class ProvisioningTests
{
    [Theory]
    [InlineData(CognitoTokenRoute.OAuth2)]
    [InlineData(CognitoTokenRoute.GetClientToken)]
    public async Task App_client_gets_tokens_after_apply_and_the_next_plan_is_empty(CognitoTokenRoute route)
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        var secrets = new List<AppClientCredentials>();

        await ApplyAsync(cognito, Acme, secrets);
        var second = await PlanAsync(cognito, Acme);
        var reader = Assert.Single(secrets, credentials => credentials.ClientName == "reader");
        using var client = new CognitoM2MClient(new CognitoM2MClientOptions
        {
            Route = route,
            TokenEndpoint = route == CognitoTokenRoute.OAuth2 ? reader.TokenEndpoint : cognito.BaseAddress,
            ClientId = reader.ClientId,
            ClientSecret = reader.ClientSecret,
        });

        Assert.True(second.IsEmpty, second.ToString());
        Assert.Equal(["orders/read"], (await client.GetTokenAsync()).Scopes);
    }

    [Fact]
    public async Task Secrets_file_configures_the_clients_of_a_service_without_editing()
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        var folder = Directory.CreateTempSubdirectory("cognito-m2m-");
        try
        {
            var path = Path.Combine(folder.FullName, "secrets.json");
            using var provisioner = CreateProvisioner(cognito);
            var plan = await provisioner.PlanAsync(Acme);
            await provisioner.ApplyAsync(plan, new ApplyOptions { Secrets = new FileSecretSink(path), Ready = new() { Interval = TimeSpan.FromMilliseconds(50) } });
            await provisioner.RotateSecretAsync(Acme, "writer", new FileSecretSink(path));

            var configuration = new ConfigurationBuilder().AddJsonFile(path).Build();
            await using var services = new ServiceCollection().AddCognitoM2MClients(configuration).BuildServiceProvider();
            var provider = services.GetRequiredService<ICognitoTokenProvider>();

            Assert.Equal(["orders/read"], (await provider.GetTokenAsync("reader")).Scopes);
            Assert.Equal(["orders/read", "orders/write"], (await provider.GetTokenAsync("writer")).Scopes);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Next_apply_completes_a_run_that_ended_after_any_request()
    {
        var requests = 0;
        await using (var undisturbed = await CognitoEmulator.StartAsync())
        {
            await ApplyAsync(undisturbed, Acme, []);
            requests = undisturbed.JsonApiRequests.Total;
        }

        for (var lost = 0; lost < requests; lost++)
        {
            await using var cognito = await CognitoEmulator.StartAsync();
            // Cognito carries out the request, but its answer and all later requests are lost, as if the process had been killed.
            cognito.Faults.Set(EmulatorEndpoint.JsonApi, EmulatorFault.LostResponse() with { Skip = lost });
            // Real time, because the SDK repeats reads after pauses that no TimeProvider controls.
            using var killed = new CancellationTokenSource(TimeSpan.FromMilliseconds(700));
            await Assert.ThrowsAnyAsync<Exception>(() => ApplyAsync(cognito, Acme, [], killed.Token));
            cognito.Faults.Clear();

            var secrets = new List<AppClientCredentials>();
            await ApplyAsync(cognito, Acme, secrets);

            var pool = Assert.Single(cognito.UserPools);
            Assert.Equal(["reader", "writer"], pool.AppClients.Select(client => client.ClientName).Order(StringComparer.Ordinal));
            Assert.Equal(2, secrets.Count);
            Assert.True((await PlanAsync(cognito, Acme)).IsEmpty, $"after call {lost}");
        }
    }

    [Fact]
    public async Task Answer_without_its_result_is_reported_as_unreachable()
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        cognito.Faults.Set("CreateUserPoolClient", new EmulatorFault { StatusCode = 200, Body = "{}", ContentType = "application/x-amz-json-1.1" });

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => ApplyAsync(cognito, Acme, []));

        Assert.Equal(ProvisioningError.Unreachable, failure.Error);
        Assert.Contains("CreateUserPoolClient", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["create user pool 'acme'", "create domain 'acme-m2m'", "create resource server 'orders'"], failure.CompletedSteps.Select(step => step.Title));
    }

    [Fact]
    public async Task Cancelled_run_lists_the_completed_steps()
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        using var provisioner = CreateProvisioner(cognito);
        var plan = await provisioner.PlanAsync(Acme);
        using var cancelled = new CancellationTokenSource();
        var progress = new Relay(() =>
        {
            if (cognito.JsonApiRequests.Count("CreateResourceServer") == 1)
                cancelled.Cancel();
        });

        var stopped = await Assert.ThrowsAsync<ProvisioningCancelledException>(() => provisioner.ApplyAsync(plan, progress: progress, cancellationToken: cancelled.Token));

        Assert.Equal(["create user pool 'acme'", "create domain 'acme-m2m'", "create resource server 'orders'"], stopped.CompletedSteps.Select(step => step.Title));
    }

    [Fact]
    public async Task Plan_shows_changes_made_elsewhere_and_apply_undoes_them()
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        await ApplyAsync(cognito, Acme, []);
        var pool = cognito.UserPools.Single();
        var writer = pool.AppClients.Single(client => client.ClientName == "writer");
        writer.AllowedOAuthScopes = ["orders/read"];
        pool.DeleteScope("orders", "write");

        var plan = await PlanAsync(cognito, Acme);
        await ApplyAsync(cognito, Acme, []);

        Assert.Equal(["update resource server 'orders'", "update app client 'writer'"], plan.Steps.Select(step => step.Title));
        Assert.Equal(["orders/read", "orders/write"], writer.AllowedOAuthScopes.Order(StringComparer.Ordinal));
        Assert.True((await PlanAsync(cognito, Acme)).IsEmpty);
    }

    [Fact]
    public async Task Destroy_leaves_an_empty_account()
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        await ApplyAsync(cognito, Acme, []);
        using var provisioner = CreateProvisioner(cognito);

        var plan = await provisioner.PlanDestroyAsync(Acme);
        await provisioner.DestroyAsync(plan, plan.DestructiveChanges);

        Assert.Empty(cognito.UserPools);
    }

    [Fact]
    public async Task Large_blueprint_is_applied_to_an_emulator_with_quotas_with_few_refused_requests()
    {
        const int Servers = 25;
        const int Clients = 300;
        var clock = new ManualClock();
        await using var cognito = await CognitoEmulator.StartAsync(new CognitoEmulatorOptions { EnforceQuotas = true, TimeProvider = clock });
        using var provisioner = CreateProvisioner(cognito, clock);
        var blueprint = new Blueprint
        {
            UserPool = new() { Name = "large" },
            Domain = new() { Prefix = "large" },
            ResourceServers =
            [
                .. Enumerable.Range(0, Servers).Select(server => new ResourceServerBlueprint
                {
                    Identifier = $"server{server}",
                    Scopes = [.. Enumerable.Range(0, 100).Select(scope => new ScopeBlueprint { Name = $"scope{scope}" })],
                }),
            ],
            AppClients = [.. Enumerable.Range(0, Clients).Select(client => new AppClientBlueprint { Name = $"client{client}", Scopes = [$"server{client % Servers}/scope0"] })],
        };

        var plan = await clock.RunAsync(provisioner.PlanAsync(blueprint), skip: TimeSpan.FromSeconds(2));
        await clock.RunAsync(provisioner.ApplyAsync(plan), skip: TimeSpan.FromSeconds(2));
        var applied = cognito.JsonApiRequests.Total;
        var second = await clock.RunAsync(provisioner.PlanAsync(blueprint), skip: TimeSpan.FromSeconds(2));

        Assert.True(second.IsEmpty);
        // Apply sends one request for each thing that it creates, some to find the user pool, and at most one for each app client to see
        // whether another run creates the same ones. The emulator refuses some requests until the rates are kept. The second plan reads each app client.
        Assert.InRange(applied, 2 + Servers + Clients, 2 + Servers + Clients + 30 + Clients);
        Assert.InRange(cognito.JsonApiRequests.Total - applied, Clients, Clients + 15);
    }

    private sealed class Relay(Action then) : IProgress<ProvisioningProgress>
    {
        public void Report(ProvisioningProgress value) => then();
    }
}
