using Amazon.Runtime;
using CognitoM2M.Emulator;
using CognitoM2M.Provisioning;
using CognitoM2M.Provisioning.Api;
using CognitoM2M.Testing;

namespace CognitoM2M.EndToEnd.Tests;

/// <summary>The provisioner, through AWS's own runtime and real sockets, against the emulator; and the library with what it made.</summary>
public sealed class ProvisioningTests
{
    private static readonly Blueprint _blueprint = new()
    {
        UserPool = new() { Name = "acme", Tags = new Dictionary<string, string> { ["team"] = "orders" } },
        Domain = new() { Prefix = "acme-m2m" },
        ResourceServers = [new() { Identifier = "orders", Scopes = [new() { Name = "read" }, new() { Name = "write" }] }],
        AppClients =
        [
            new() { Name = "reader", Scopes = ["orders/read"], Route = AppClientRoute.Both, TokenLifetime = TimeSpan.FromMinutes(30) },
            new() { Name = "writer", Scopes = ["orders/read", "orders/write"], Route = AppClientRoute.OAuth2 },
        ],
    };

    [Theory]
    [InlineData(CognitoTokenRoute.OAuth2)]
    [InlineData(CognitoTokenRoute.GetClientToken)]
    public async Task What_was_applied_gives_tokens_and_the_second_plan_is_empty(CognitoTokenRoute route)
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        var secrets = new List<AppClientCredentials>();

        await ApplyAsync(cognito, _blueprint, secrets);
        var second = await PlanAsync(cognito, _blueprint);
        var reader = Assert.Single(secrets, handedOver => handedOver.ClientName == "reader");
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
    public async Task Answer_lost_after_any_call_leaves_nothing_that_the_next_apply_does_not_finish()
    {
        var requests = 0;
        await using (var undisturbed = await CognitoEmulator.StartAsync())
        {
            await ApplyAsync(undisturbed, _blueprint, []);
            requests = undisturbed.JsonApiRequests.Total;
        }

        for (var lost = 0; lost < requests; lost++)
        {
            await using var cognito = await CognitoEmulator.StartAsync();
            // The call is carried out, and so is nothing after it: as if the process had been killed.
            cognito.Faults.Set(EmulatorEndpoint.JsonApi, EmulatorFault.LostResponse() with { Skip = lost });
            // Real time: the SDK repeats reads after pauses of its own, which no clock of ours moves.
            using var killed = new CancellationTokenSource(TimeSpan.FromMilliseconds(700));
            await Assert.ThrowsAnyAsync<Exception>(() => ApplyAsync(cognito, _blueprint, [], killed.Token));
            cognito.Faults.Clear();

            var secrets = new List<AppClientCredentials>();
            await ApplyAsync(cognito, _blueprint, secrets);

            var pool = Assert.Single(cognito.UserPools);
            Assert.Equal(["reader", "writer"], pool.AppClients.Select(client => client.ClientName).Order(StringComparer.Ordinal));
            Assert.Equal(2, secrets.Count);
            Assert.True((await PlanAsync(cognito, _blueprint)).IsEmpty, $"after call {lost}");
        }
    }

    [Theory]
    [InlineData("CreateUserPool")]
    [InlineData("CreateUserPoolClient")]
    public async Task Create_whose_answer_is_lost_is_sent_once(string operation)
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        cognito.Faults.Set(operation, EmulatorFault.LostResponse());

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => ApplyAsync(cognito, _blueprint, []));

        Assert.Equal(ProvisioningError.Unreachable, failure.Error);
        Assert.Equal(1, cognito.JsonApiRequests.Count(operation));
    }

    [Fact]
    public async Task Answer_without_its_result_is_told_from_a_fault_of_ours()
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        cognito.Faults.Set("CreateUserPoolClient", new EmulatorFault { StatusCode = 200, Body = "{}", ContentType = "application/x-amz-json-1.1" });

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => ApplyAsync(cognito, _blueprint, []));

        Assert.Equal(ProvisioningError.Unreachable, failure.Error);
        Assert.Contains("CreateUserPoolClient", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["create user pool 'acme'", "create resource server 'orders'"], failure.CompletedSteps.Select(step => step.Title));
    }

    [Fact]
    public async Task Cancelled_run_says_what_it_had_done()
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        using var api = Api(cognito);
        var provisioner = Provisioner(cognito, api);
        var plan = await provisioner.PlanAsync(_blueprint);
        using var cancelled = new CancellationTokenSource();
        var progress = new Relay(() =>
        {
            if (cognito.JsonApiRequests.Count("CreateResourceServer") == 1)
                cancelled.Cancel();
        });

        var stopped = await Assert.ThrowsAsync<ProvisioningCancelledException>(() => provisioner.ApplyAsync(plan, progress: progress, cancellationToken: cancelled.Token));

        Assert.Equal(["create user pool 'acme'", "create resource server 'orders'"], stopped.CompletedSteps.Select(step => step.Title));
    }

    [Fact]
    public async Task Change_behind_its_back_shows_in_the_plan_and_what_nobody_named_stays()
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        await ApplyAsync(cognito, _blueprint, []);
        using var api = Api(cognito);
        var pool = cognito.UserPools.Single();
        var writer = pool.AppClients.Single(client => client.ClientName == "writer");
        writer.AllowedOAuthScopes = ["orders/read"];
        pool.DeleteScope("orders", "write");

        var plan = await PlanAsync(cognito, _blueprint);
        await ApplyAsync(cognito, _blueprint, []);

        Assert.Equal(["update resource server 'orders'", "update app client 'writer'"], plan.Steps.Select(step => step.Title));
        Assert.Equal(["orders/read", "orders/write"], writer.AllowedOAuthScopes.Order(StringComparer.Ordinal));
        Assert.True((await PlanAsync(cognito, _blueprint)).IsEmpty);
    }

    [Fact]
    public async Task Destroy_leaves_an_empty_account()
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        await ApplyAsync(cognito, _blueprint, []);
        using var api = Api(cognito);
        var provisioner = Provisioner(cognito, api);

        var plan = await provisioner.PlanDestroyAsync(_blueprint);
        await provisioner.DestroyAsync(plan, plan.Losses);

        Assert.Empty(cognito.UserPools);
    }

    [Fact]
    public async Task Large_blueprint_applies_under_enforced_quotas_without_being_throttled()
    {
        const int Servers = 25;
        const int Clients = 300;
        var clock = new ManualClock();
        await using var cognito = await CognitoEmulator.StartAsync(new CognitoEmulatorOptions { EnforceQuotas = true, TimeProvider = clock });
        using var api = Api(cognito);
        var provisioner = Provisioner(cognito, api, clock);
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
        // One call for each thing that is made, and some to look for the pool; the second plan reads each client.
        Assert.InRange(applied, 2 + Servers + Clients, 2 + Servers + Clients + 5);
        Assert.InRange(cognito.JsonApiRequests.Total - applied, Clients, Clients + 15);
    }

    private static async Task ApplyAsync(
        CognitoEmulator cognito, Blueprint blueprint, List<AppClientCredentials> secrets, CancellationToken cancellationToken = default)
    {
        using var api = Api(cognito);
        var provisioner = Provisioner(cognito, api);
        var plan = await provisioner.PlanAsync(blueprint, cancellationToken: cancellationToken);
        var sink = new DelegateSecretSink((handedOver, _) =>
        {
            secrets.Add(handedOver);
            return ValueTask.CompletedTask;
        });
        await provisioner.ApplyAsync(plan, new ApplyOptions { Secrets = sink }, cancellationToken: cancellationToken);
    }

    private static async Task<ProvisioningPlan> PlanAsync(CognitoEmulator cognito, Blueprint blueprint)
    {
        using var api = Api(cognito);
        return await Provisioner(cognito, api).PlanAsync(blueprint);
    }

    private static CognitoProvisioner Provisioner(CognitoEmulator cognito, ICognitoUserPoolApi api, TimeProvider? clock = null) =>
        new(api, new CognitoProvisionerOptions { EmulatorAddress = cognito.BaseAddress, TimeProvider = clock ?? TimeProvider.System });

    private static AwsCognitoUserPoolApi Api(CognitoEmulator cognito) => new(new AwsCognitoUserPoolApiOptions
    {
        EndpointUrl = cognito.BaseAddress,
        Region = "eu-west-1",
        Credentials = new BasicAWSCredentials("emulator", "emulator"),
    });

    private sealed class Relay(Action then) : IProgress<ProvisioningProgress>
    {
        public void Report(ProvisioningProgress value) => then();
    }
}
