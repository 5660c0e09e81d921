using System.Collections.Concurrent;
using CognitoM2M.Testing;

namespace CognitoM2M.Provisioning.Tests.Fakes;

/// <summary>An AWS account with a fake Cognito, and everything that provisioning needs beside it. The clock skips every pause.</summary>
internal sealed class FakeAccount
{
    /// <param name="unresolved">How many token requests fail because the name of the domain does not resolve yet.</param>
    public FakeAccount(int unresolved = 0)
    {
        Cognito = new FakeCognito(Clock);
        TokenEndpoint = new FakeTokenEndpoint(Cognito, unresolved);
    }

    public ManualClock Clock { get; } = new();

    public FakeCognito Cognito { get; }

    public FakeTokenEndpoint TokenEndpoint { get; }

    public MemorySink Sink { get; } = new();

    public ProgressLog Progress { get; } = new();

    /// <summary>A blueprint that uses everything that blueprints can say.</summary>
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

    /// <summary>Creates a provisioner, as a new process does.</summary>
    public CognitoProvisioner CreateProvisioner(Uri? emulatorAddress = null, HttpMessageHandler? tokenHttpHandler = null) => new(Cognito, new()
    {
        TimeProvider = Clock,
        TokenHttpHandler = tokenHttpHandler ?? TokenEndpoint,
        EmulatorAddress = emulatorAddress,
    });

    public Task<T> RunAsync<T>(Task<T> task) => Clock.RunAsync(task, TimeSpan.FromHours(2));

    public async Task RunAsync(Task task) => await Clock.RunAsync(ReturnTrueAsync(task), TimeSpan.FromHours(2));

    public Task<ProvisioningPlan> PlanAsync(Blueprint blueprint, PlanOptions? options = null) =>
        RunAsync(CreateProvisioner().PlanAsync(blueprint, options, Progress));

    public async Task<ProvisioningOutputs> ApplyAsync(
        Blueprint blueprint, DestructiveChanges allow = DestructiveChanges.None, PlanOptions? options = null, ReadyOptions? ready = null)
    {
        var plan = await PlanAsync(blueprint, options);
        return await RunAsync(CreateProvisioner().ApplyAsync(plan, new() { Allow = allow, Secrets = Sink, Ready = ready }, Progress));
    }

    public async Task DestroyAsync(Blueprint blueprint, DestroyOptions? options = null)
    {
        var plan = await RunAsync(CreateProvisioner().PlanDestroyAsync(blueprint, options, Progress));
        await RunAsync(CreateProvisioner().DestroyAsync(plan, DestructiveChanges.All, Progress));
    }

    private static async Task<bool> ReturnTrueAsync(Task task)
    {
        await task;
        return true;
    }
}

/// <summary>A sink that keeps secrets and can say what it holds.</summary>
internal sealed class MemorySink : ISecretSink
{
    public Dictionary<string, AppClientCredentials> Held { get; } = new(StringComparer.Ordinal);

    public ValueTask<HeldSecret?> FindAsync(string clientName, string clientId, CancellationToken cancellationToken)
    {
        var isHeld = Held.TryGetValue(clientName, out var held) && held.ClientId == clientId;
        return ValueTask.FromResult(isHeld ? new HeldSecret { ClientSecretId = held!.ClientSecretId, ClientSecret = held.ClientSecret, PendingSecret = held.PendingSecret } : null);
    }

    public ValueTask<SecretOwner?> FindOwnerAsync(string clientName, CancellationToken cancellationToken) => ValueTask.FromResult(
        Held.TryGetValue(clientName, out var held) ? new SecretOwner { ClientId = held.ClientId, UserPoolId = held.UserPoolId, IsEmulated = held.TokenEndpoint is not null } : null);

    public ValueTask StoreAsync(AppClientCredentials credentials, CancellationToken cancellationToken)
    {
        if (Held.TryGetValue(credentials.ClientName, out var held) && held.ClientId != credentials.ClientId && !credentials.MayReplaceOther)
            throw new InvalidDataException($"The secret of app client {held.ClientId} would be lost.");

        Held[credentials.ClientName] = credentials;
        return ValueTask.CompletedTask;
    }
}

/// <summary>Keeps every report.</summary>
internal sealed class ProgressLog : IProgress<ProvisioningProgress>
{
    private readonly ConcurrentQueue<ProvisioningProgress> _reports = [];

    public IReadOnlyCollection<ProvisioningProgress> Reports => _reports;

    public void Report(ProvisioningProgress value) => _reports.Enqueue(value);
}
