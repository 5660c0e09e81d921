using System.Collections.Concurrent;
using CognitoM2M.Testing;

namespace CognitoM2M.Provisioning.Tests.Support;

/// <summary>An account with a fake Cognito, on a clock that jumps over every pause.</summary>
internal sealed class World
{
    public World(int unresolved = 0)
    {
        Cognito = new FakeCognito(Clock);
        TokenEndpoint = new FakeTokenEndpoint(Cognito, unresolved);
    }

    public ManualClock Clock { get; } = new();

    public FakeCognito Cognito { get; }

    public FakeTokenEndpoint TokenEndpoint { get; }

    public MemorySink Sink { get; } = new();

    public ProgressLog Progress { get; } = new();

    /// <summary>Everything the blueprint language has.</summary>
    public static Blueprint Acme => new()
    {
        UserPool = new() { Name = "acme", DeletionProtection = true, Tier = UserPoolTier.Lite, Tags = new Dictionary<string, string> { ["team"] = "core" } },
        Domain = new() { Prefix = "acme-m2m", Custom = new() { Name = "auth.acme.com", CertificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/one" } },
        ResourceServers =
        [
            new() { Identifier = "orders", Name = "Orders", Scopes = [new() { Name = "read", Description = "Read orders" }, new() { Name = "write" }] },
            new() { Identifier = "https://stock", Scopes = [new() { Name = "read" }] },
        ],
        AppClients =
        [
            new() { Name = "billing", Scopes = ["orders/read", "https://stock/read"], TokenLifetime = TimeSpan.FromMinutes(30) },
            new() { Name = "warehouse", Scopes = ["https://stock/read"], Route = AppClientRoute.GetClientToken },
            new() { Name = "reports", Scopes = ["orders/read"], Route = AppClientRoute.Both },
        ],
    };

    /// <summary>A new process.</summary>
    public CognitoProvisioner Provisioner(Uri? emulatorAddress = null) => new(Cognito, new()
    {
        TimeProvider = Clock,
        TokenHttpHandler = TokenEndpoint,
        EmulatorAddress = emulatorAddress,
    });

    public Task<T> RunAsync<T>(Task<T> task) => Clock.RunAsync(task, TimeSpan.FromHours(1));

    public async Task RunAsync(Task task) => await Clock.RunAsync(Done(task), TimeSpan.FromHours(1));

    public Task<ProvisioningPlan> PlanAsync(Blueprint blueprint, PlanOptions? options = null) =>
        RunAsync(Provisioner().PlanAsync(blueprint, options, Progress));

    public async Task<ProvisioningOutputs> ApplyAsync(
        Blueprint blueprint, ProvisioningLosses allow = ProvisioningLosses.None, PlanOptions? options = null, ReadyOptions? ready = null)
    {
        var plan = await PlanAsync(blueprint, options);
        return await RunAsync(Provisioner().ApplyAsync(plan, new() { Allow = allow, Secrets = Sink, Ready = ready }, Progress));
    }

    public async Task DestroyAsync(Blueprint blueprint, DestroyOptions? options = null)
    {
        var plan = await RunAsync(Provisioner().PlanDestroyAsync(blueprint, options, Progress));
        await RunAsync(Provisioner().DestroyAsync(plan, ProvisioningLosses.All, Progress));
    }

    private static async Task<bool> Done(Task task)
    {
        await task;
        return true;
    }
}

/// <summary>Keeps secrets as a careful sink does: it can say what it holds.</summary>
internal sealed class MemorySink : ISecretSink
{
    public Dictionary<string, AppClientCredentials> Held { get; } = new(StringComparer.Ordinal);

    public int Stored { get; private set; }

    public ValueTask<HeldSecret?> FindAsync(string clientName, string clientId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Held.TryGetValue(clientName, out var held) && held.ClientId == clientId ? new HeldSecret(held.ClientSecretId, held.ClientSecret) : null);

    public ValueTask StoreAsync(AppClientCredentials credentials, CancellationToken cancellationToken)
    {
        Stored++;
        Held[credentials.ClientName] = credentials;
        return ValueTask.CompletedTask;
    }
}

internal sealed class ProgressLog : IProgress<ProvisioningProgress>
{
    private readonly ConcurrentQueue<ProvisioningProgress> _reports = [];

    public IReadOnlyCollection<ProvisioningProgress> Reports => _reports;

    public void Report(ProvisioningProgress value) => _reports.Enqueue(value);
}
