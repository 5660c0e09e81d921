using CognitoM2M.Provisioning.Api;
using CognitoM2M.Provisioning.Planning;
using CognitoM2M.Provisioning.Readiness;
using CognitoM2M.Provisioning.Resources.Domains;
using CognitoM2M.Provisioning.Secrets;
using CognitoM2M.Provisioning.Service;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning;

/// <summary>Makes what a blueprint describes, and keeps to it.</summary>
/// <remarks>
/// There is no state file: what exists is found by pool id, or by name and the tag <see cref="OwnershipTag.Key"/>. Requests are paced
/// to Cognito's quotas. Every method throws <see cref="BlueprintException"/> for a blueprint that is not valid, before the first request,
/// and <see cref="CognitoProvisioningException"/> for everything that goes wrong later.
/// </remarks>
public sealed class CognitoProvisioner
{
    private readonly CognitoProvisionerOptions _options;
    private readonly PacedUserPoolApi _api;
    private readonly Addresses _addresses;

    /// <summary>Takes the service, and settings that are all optional.</summary>
    public CognitoProvisioner(ICognitoUserPoolApi api, CognitoProvisionerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(api);
        _options = options ?? new();
        _api = new PacedUserPoolApi(api, _options.TimeProvider, _options.Patience);
        _addresses = new Addresses(_options);
    }

    /// <summary>Reads what exists and works out the steps that lead to the blueprint. Changes nothing.</summary>
    public async Task<ProvisioningPlan> PlanAsync(
        Blueprint blueprint, PlanOptions? options = null, IProgress<ProvisioningProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Check(blueprint);
        options ??= new();
        var report = new ProgressReport(progress);
        var reader = new SetupReader(_api, report);
        var pool = await FindPoolAsync(blueprint, options.Adopt, report, cancellationToken).ConfigureAwait(false);
        if (pool is null && blueprint.UserPool.Id is not null)
            throw NoPool(blueprint);

        var existing = pool is null ? null : await reader.ReadAsync(pool, blueprint, cancellationToken).ConfigureAwait(false);
        return await new PlanBuilder(blueprint, existing, reader, options).BuildAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Works out the steps that remove the domains and the user pool with everything in it. Changes nothing.</summary>
    public async Task<ProvisioningPlan> PlanDestroyAsync(
        Blueprint blueprint, DestroyOptions? options = null, IProgress<ProvisioningProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Check(blueprint);
        options ??= new();
        var pool = await FindPoolAsync(blueprint, options.IncludeForeign, new(progress), cancellationToken).ConfigureAwait(false);
        return DestroyPlanBuilder.Build(blueprint, pool, options);
    }

    /// <summary>
    /// Carries out a plan of <see cref="PlanAsync"/>, once. Secrets that the sink does not hold are handed over even if the plan is empty.
    /// After a failure or an interruption, plan again: what was done is found, and only the rest is left.
    /// </summary>
    public async Task<ProvisioningOutputs> ApplyAsync(
        ProvisioningPlan plan, ApplyOptions? options = null, IProgress<ProvisioningProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        options ??= new();
        plan.Take(isDestroying: false, options.Allow);

        var report = new ProgressReport(progress);
        var delivery = options.Secrets is { } sink ? new SecretDelivery(sink, plan.Blueprint, _options) : null;
        if (delivery is not null)
            await delivery.PrepareAsync(cancellationToken).ConfigureAwait(false);

        var run = Run(plan, report, delivery);
        try
        {
            await run.RunAsync(cancellationToken).ConfigureAwait(false);

            var (secrets, unknown) = await CompleteSecretsAsync(run, plan, delivery, cancellationToken).ConfigureAwait(false);
            var outputs = Outputs(plan.Blueprint, run.Pool!, run.CustomDomainTarget, name => run.AppClients[name].ClientId);
            if (options.Ready is { } ready)
                await WaitAsync(outputs, secrets, ready, run.HasNewDomain && _options.EmulatorAddress is null, report, cancellationToken).ConfigureAwait(false);

            return outputs with { SecretsUnknown = unknown };
        }
        catch (CognitoProvisioningException e)
        {
            e.CompletedSteps = run.Completed;
            throw;
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new ProvisioningCancelledException(run.Completed, e);
        }
    }

    /// <summary>Carries out a plan of <see cref="PlanDestroyAsync"/>, once.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="allow">Must contain the plan's <see cref="ProvisioningPlan.Losses"/>.</param>
    /// <param name="progress">Told of each step.</param>
    /// <param name="cancellationToken">Ends it between two requests.</param>
    public async Task DestroyAsync(
        ProvisioningPlan plan, ProvisioningLosses allow, IProgress<ProvisioningProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        plan.Take(isDestroying: true, allow);
        var run = Run(plan, new(progress), delivery: null);
        try
        {
            await run.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CognitoProvisioningException e)
        {
            e.CompletedSteps = run.Completed;
            throw;
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new ProvisioningCancelledException(run.Completed, e);
        }
    }

    /// <summary>Reads the outputs of a set-up that exists.</summary>
    public async Task<ProvisioningOutputs> GetOutputsAsync(
        Blueprint blueprint, IProgress<ProvisioningProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Check(blueprint);
        var report = new ProgressReport(progress);
        var reader = new SetupReader(_api, report);
        var pool = await ExistingPoolAsync(blueprint, report, cancellationToken).ConfigureAwait(false);
        var (clientIds, _) = await reader.FindAppClientsAsync(pool.Id!, blueprint, cancellationToken).ConfigureAwait(false);
        var custom = blueprint.Domain?.Custom is { } domain
            ? await reader.DomainAsync(domain.Name, cancellationToken).ConfigureAwait(false)
            : null;

        return Outputs(blueprint, pool, custom?.CloudFrontDistribution, name => clientIds.GetValueOrDefault(name) ?? throw NoAppClient(pool, name));
    }

    /// <summary>Waits until each app client of the blueprint gets a token with all its scopes.</summary>
    /// <param name="blueprint">The blueprint, applied before.</param>
    /// <param name="options">How long to wait.</param>
    /// <param name="secrets">Asked first; what it does not hold is read from Cognito.</param>
    /// <param name="progress">Told what is being waited for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitUntilReadyAsync(
        Blueprint blueprint, ReadyOptions? options = null, ISecretSink? secrets = null,
        IProgress<ProvisioningProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var report = new ProgressReport(progress);
        var outputs = await GetOutputsAsync(blueprint, progress, cancellationToken).ConfigureAwait(false);
        var reader = new SetupReader(_api, report);
        var delivery = secrets is null ? null : new SecretDelivery(secrets, blueprint, _options);

        var known = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var client in outputs.AppClients)
        {
            report.Read($"app client '{client.Name}'", known.Count, outputs.AppClients.Count);
            var held = delivery is null ? null : await delivery.FindAsync(client.Name, client.ClientId, cancellationToken).ConfigureAwait(false);
            known[client.Name] = held?.ClientSecret
                ?? (await reader.DescribeAppClientAsync(outputs.UserPoolId, client.ClientId, cancellationToken).ConfigureAwait(false)).ClientSecret;
        }

        await WaitAsync(outputs, known, options ?? new(), hasNewDomain: false, report, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Gives an app client a new secret: adds it, hands it over, proves it by a token, and only then removes the old one.
    /// After an interruption, call it again: it goes on where it stopped.
    /// </summary>
    /// <returns>The ids of the secrets before and after.</returns>
    public async Task<SecretRotation> RotateSecretAsync(
        Blueprint blueprint, string clientName, ISecretSink secrets, RotationOptions? options = null,
        IProgress<ProvisioningProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Check(blueprint);
        ArgumentException.ThrowIfNullOrEmpty(clientName);
        ArgumentNullException.ThrowIfNull(secrets);
        var client = blueprint.AppClients.FirstOrDefault(client => client.Name == clientName)
            ?? throw new CognitoProvisioningException(ProvisioningError.NotFound, $"The blueprint has no app client '{clientName}'.");

        var report = new ProgressReport(progress);
        var pool = await ExistingPoolAsync(blueprint, report, cancellationToken).ConfigureAwait(false);
        var (ids, _) = await new SetupReader(_api, report).FindAppClientsAsync(pool.Id!, blueprint, cancellationToken).ConfigureAwait(false);
        var clientId = ids.GetValueOrDefault(clientName) ?? throw NoAppClient(pool, clientName);

        using var http = TokenHttp();
        var probe = new TokenProbe(_api, http, _options.TimeProvider);
        var probed = new ProbedClient(clientName, clientId, client.Route, client.Scopes, _addresses.TokenEndpoint(blueprint, pool.Id!));
        var rotator = new SecretRotator(
            _api, new SecretDelivery(secrets, blueprint, _options), probe, new ReadinessWait(probe, report, _options.TimeProvider), report);
        return await rotator.RotateAsync(pool.Id!, probed, options ?? new(), cancellationToken).ConfigureAwait(false);
    }

    private static void Check(Blueprint blueprint)
    {
        ArgumentNullException.ThrowIfNull(blueprint);
        blueprint.ThrowIfInvalid();
    }

    private Task<UserPool?> FindPoolAsync(Blueprint blueprint, bool acceptForeign, ProgressReport report, CancellationToken cancellationToken) =>
        new UserPoolFinder(_api).FindAsync(blueprint.UserPool, acceptForeign, what => report.Read(what), cancellationToken);

    private async Task<UserPool> ExistingPoolAsync(Blueprint blueprint, ProgressReport report, CancellationToken cancellationToken) =>
        await FindPoolAsync(blueprint, acceptForeign: false, report, cancellationToken).ConfigureAwait(false) ?? throw NoPool(blueprint);

    private PlanRun Run(ProvisioningPlan plan, ProgressReport report, SecretDelivery? delivery)
    {
        var domains = new DomainRemoval(_api, report, _options.TimeProvider, _options.DomainRemovalTimeout);
        return delivery is null
            ? new PlanRun(plan, _api, report, domains)
            : new PlanRun(plan, _api, report, domains, (run, name, client, cancellationToken) =>
                delivery.CompleteAsync(name, client, run.PoolId, cancellationToken));
    }

    /// <summary>Completes the sink, and returns the secrets as far as they are known, and the clients whose secret nobody knows.</summary>
    private static async Task<(Dictionary<string, string?> Secrets, List<string> Unknown)> CompleteSecretsAsync(
        PlanRun run, ProvisioningPlan plan, SecretDelivery? delivery, CancellationToken cancellationToken)
    {
        var secrets = new Dictionary<string, string?>(StringComparer.Ordinal);
        var unknown = new List<string>();
        foreach (var client in plan.Blueprint.AppClients)
        {
            var known = run.AppClients[client.Name];
            var (isHeld, secret) = delivery is null || run.HandedOver.Contains(client.Name)
                ? (!string.IsNullOrEmpty(known.Secret), known.Secret)
                : await delivery.CompleteAsync(client.Name, known, run.PoolId, cancellationToken).ConfigureAwait(false);
            secrets[client.Name] = secret;
            // Whoever gives no sink has not asked for secrets, and is not told to make new ones.
            if (!isHeld && delivery is not null)
                unknown.Add(client.Name);
        }

        return (secrets, unknown);
    }

    private ProvisioningOutputs Outputs(Blueprint blueprint, UserPool pool, string? customDomainTarget, Func<string, string> clientId) => new()
    {
        UserPoolId = pool.Id!,
        Region = Addresses.Region(pool.Id!),
        Issuer = Addresses.Issuer(pool),
        JwksAddress = _addresses.JwksAddress(pool),
        TokenEndpoint = _addresses.TokenEndpoint(blueprint, pool.Id!),
        CustomDomainTarget = customDomainTarget,
        AppClients = [.. blueprint.AppClients.Select(client => new AppClientOutput(client.Name, clientId(client.Name), client.Route, client.Scopes))],
    };

    private async Task WaitAsync(
        ProvisioningOutputs outputs, Dictionary<string, string?> secrets, ReadyOptions options, bool hasNewDomain, ProgressReport report,
        CancellationToken cancellationToken)
    {
        using var http = TokenHttp();
        var wait = new ReadinessWait(new TokenProbe(_api, http, _options.TimeProvider), report, _options.TimeProvider);
        var clients = outputs.AppClients
            .Select(client => (new ProbedClient(client.Name, client.ClientId, client.Route, client.Scopes, outputs.TokenEndpoint), secrets[client.Name]))
            .ToList();
        await wait.WaitAsync(clients, options, hasNewDomain, cancellationToken).ConfigureAwait(false);
    }

    private HttpMessageInvoker TokenHttp() => _options.TokenHttpHandler is { } handler
        ? new HttpMessageInvoker(handler, disposeHandler: false)
        : new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    private static CognitoProvisioningException NoPool(Blueprint blueprint) => new(
        ProvisioningError.NotFound, $"There is no user pool {blueprint.UserPool.Id ?? $"'{blueprint.UserPool.Name}'"} in this account and region.");

    private static CognitoProvisioningException NoAppClient(UserPool pool, string name) => new(
        ProvisioningError.NotFound, $"User pool {pool.Id} has no app client '{name}'.", "Apply the blueprint first.");
}
