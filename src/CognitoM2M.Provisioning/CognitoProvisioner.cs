using System.Collections.ObjectModel;
using CognitoM2M.Provisioning.Applying;
using CognitoM2M.Provisioning.Outputs;
using CognitoM2M.Provisioning.Planning;
using CognitoM2M.Provisioning.Readiness;
using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Resources.Domains;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Secrets;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning;

/// <summary>Creates what a blueprint describes, and keeps it in line with the blueprint.</summary>
/// <remarks>
/// There is no state file: the user pool is found by its id, or by its name and the tag <see cref="OwnershipTag.Key"/>. Requests are paced to
/// stay below Cognito's rates. Every method throws <see cref="BlueprintException"/> for a blueprint that is not valid, before the first
/// request, and <see cref="CognitoProvisioningException"/> for every later failure.
/// </remarks>
public sealed partial class CognitoProvisioner : IDisposable
{
    /// <summary>Reads what exists and works out the steps that lead to the blueprint. Changes nothing.</summary>
    /// <param name="blueprint">The blueprint.</param>
    /// <param name="options">Whether to adopt and to prune; neither by default.</param>
    /// <param name="progress">Receives reports of what is being read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ProvisioningPlan> PlanAsync(
        Blueprint blueprint, PlanOptions? options = null, IProgress<ProvisioningProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Check(blueprint);
        var plan = await new Planner(blueprint, options ?? new(), _service, new(progress), TargetsEmulator).PlanAsync(cancellationToken).ConfigureAwait(false);
        plan.Target = Target with { AccountId = plan.UserPool?.AccountId ?? await FindAccountAsync().ConfigureAwait(false) };
        return plan;
    }

    /// <summary>Makes a new plan from a saved plan, and checks that both have the same steps. Then the saved steps can be carried out. Changes nothing.</summary>
    /// <param name="saved">The saved plan. It names the blueprint and the options.</param>
    /// <param name="progress">Receives reports of what is being read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CognitoProvisioningException">The new plan has other steps, or is for another region, address or AWS account (<see cref="ProvisioningError.PlanOutdated"/>).</exception>
    public async Task<ProvisioningPlan> PlanAgainAsync(
        SavedPlan saved, IProgress<ProvisioningProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(saved);
        SavedPlanCheck.RequireSamePlace(saved.Document, Target);
        var options = new PlanOptions { Adopt = saved.Document.Adopt, Prune = saved.Document.Prune };
        var plan = await PlanAsync(saved.Blueprint, options, progress, cancellationToken).ConfigureAwait(false);
        SavedPlanCheck.RequireSameAccount(saved.Document, plan.Target);
        SavedPlanCheck.RequireSameSteps(saved.Document, SavedPlanDocument.Create(plan, saved.Source, saved.Variables));
        return plan;
    }

    /// <summary>
    /// Works out the steps that delete what the blueprint names. The user pool itself is deleted only if it was created from a blueprint and nothing
    /// else is in it; <see cref="ProvisioningPlan.Staying"/> says why it stays. Changes nothing.
    /// </summary>
    /// <param name="blueprint">The blueprint, which names the user pool.</param>
    /// <param name="options">Whether to delete from a user pool without the tag, everything in the user pool, or in spite of deletion protection; none by default.</param>
    /// <param name="progress">Receives reports of what is being read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ProvisioningPlan> PlanDestroyAsync(
        Blueprint blueprint, DestroyOptions? options = null, IProgress<ProvisioningProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Check(blueprint);
        options ??= new();
        var report = new ProgressReport(progress);
        // A user pool without the tag is refused later, and only if the plan would delete something there.
        var pool = await new UserPoolFinder(_service, report).FindAsync(blueprint.UserPool, allowUntagged: true, cancellationToken).ConfigureAwait(false);
        return pool is null
            ? new(blueprint, []) { IsDestroying = true }
            : await new DestroyPlanBuilder(blueprint, pool, _service, report, options).BuildAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Carries out a plan of <see cref="PlanAsync"/>, once. Secrets that the sink does not hold are stored even if the plan has no steps.
    /// After a failure or an interruption, plan and apply again: the next plan contains only what is left.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">What the plan may destroy, where secrets go, and whether to wait for tokens.</param>
    /// <param name="progress">Receives a report of each step.</param>
    /// <param name="cancellationToken">Ends the run between two requests. A change that was sent is always completed.</param>
    /// <exception cref="ProvisioningCancelledException">The token was cancelled. The exception lists the completed steps.</exception>
    /// <exception cref="InvalidOperationException">The plan was carried out before, or is a plan that destroys.</exception>
    public async Task<ProvisioningOutputs> ApplyAsync(
        ProvisioningPlan plan, ApplyOptions? options = null, IProgress<ProvisioningProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        options ??= new();
        // This comes before the plan counts as used: once the variables are set, the same plan can be applied.
        var given = GivenSecrets.Read(plan, options.SecretVariables ?? Environment.GetEnvironmentVariable);
        plan.Take(isDestroying: false, options.Allow);

        var report = new ProgressReport(progress);
        var delivery = options.Secrets is { } sink ? new SecretDelivery(sink, plan.Blueprint, _addresses) : null;
        if (delivery is not null)
        {
            await delivery.PrepareAsync(cancellationToken).ConfigureAwait(false);
            await new OtherSecretsCheck(_service, delivery, plan.UserPool?.Id, TargetsEmulator)
                .RunAsync(plan.ListAppClients(), options.ReplaceOtherSecrets, cancellationToken).ConfigureAwait(false);
        }

        var run = CreateRun(plan, report, delivery, given);
        var end = new ApplyEnd(run, plan.Blueprint, options, delivery, _addresses);
        return await run.RunAsync(() => end.RunAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Carries out a plan of <see cref="PlanDestroyAsync"/>, once.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="allow">What the plan may destroy. Must contain the plan's <see cref="ProvisioningPlan.DestructiveChanges"/>.</param>
    /// <param name="progress">Receives a report of each step.</param>
    /// <param name="cancellationToken">Ends the run between two requests. A change that was sent is always completed.</param>
    /// <exception cref="ProvisioningCancelledException">The token was cancelled. The exception lists the completed steps.</exception>
    /// <exception cref="InvalidOperationException">The plan was carried out before, or is a plan that does not destroy.</exception>
    public async Task DestroyAsync(
        ProvisioningPlan plan, DestructiveChanges allow, IProgress<ProvisioningProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        plan.Take(isDestroying: true, allow);
        await CreateRun(plan, new(progress), delivery: null).RunAsync(() => Task.FromResult(true), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the outputs of a blueprint that was applied.</summary>
    /// <param name="blueprint">The blueprint.</param>
    /// <param name="progress">Receives reports of what is being read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ProvisioningOutputs> GetOutputsAsync(
        Blueprint blueprint, IProgress<ProvisioningProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Check(blueprint);
        var report = new ProgressReport(progress);
        var pool = await new UserPoolFinder(_service, report).GetAsync(blueprint.UserPool, cancellationToken).ConfigureAwait(false);
        var clients = await _service.FindAppClientsAsync(pool.Id!, blueprint, report, cancellationToken).ConfigureAwait(false);
        DomainDescription? custom = null;
        if (blueprint.Domain?.Custom is { } domain)
        {
            report.ReportReading($"domain '{domain.Name}'");
            custom = await _service.FindDomainAsync(domain.Name, cancellationToken).ConfigureAwait(false);
        }

        return OutputsBuilder.Build(blueprint, pool.ToProvisioned(), custom?.CloudFrontDistribution, clients.GetId, _addresses);
    }

    /// <summary>Waits until each app client of the blueprint gets a token with all its scopes.</summary>
    /// <param name="blueprint">The blueprint, which was applied before.</param>
    /// <param name="options">How long to wait; 5 minutes by default.</param>
    /// <param name="secrets">The sink that holds the secrets. Secrets that the sink does not hold are read from Cognito.</param>
    /// <param name="progress">Receives reports of what the method waits for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitUntilReadyAsync(
        Blueprint blueprint, ReadyOptions? options = null, ISecretSink? secrets = null,
        IProgress<ProvisioningProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var report = new ProgressReport(progress);
        var outputs = await GetOutputsAsync(blueprint, progress, cancellationToken).ConfigureAwait(false);
        var delivery = secrets is null ? null : new SecretDelivery(secrets, blueprint, _addresses);

        var known = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var client in outputs.AppClients.Where(client => client.Route != AppClientRoute.UserPassword))
        {
            report.ReportReading($"app client '{client.Name}'", known.Count, outputs.AppClients.Count);
            var held = delivery is null ? null : await delivery.FindAsync(client.Name, client.ClientId, cancellationToken).ConfigureAwait(false);
            known[client.Name] = held?.ClientSecret
                ?? (await _service.DescribeAppClientAsync(outputs.UserPoolId, client.ClientId, cancellationToken).ConfigureAwait(false)).ClientSecret;
        }

        await new ReadinessCheck(_service, _options, report)
            .WaitAsync(outputs, known, options ?? new(), hasNewDomain: false, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Gives an app client a new secret: adds it, stores it in the sink, gets a token with it, waits until services have had the time to take
    /// it, and only then deletes the old secret. After an interruption, call the method again: it continues where it stopped.
    /// </summary>
    /// <param name="blueprint">The blueprint, which was applied before.</param>
    /// <param name="clientName">The name of the app client in the blueprint.</param>
    /// <param name="secrets">Receives the new secret.</param>
    /// <param name="options">Whether and when to delete the old secret, and how long to wait for a token.</param>
    /// <param name="progress">Receives a report of each step.</param>
    /// <param name="cancellationToken">Ends the rotation between two requests, or ends a wait. A secret that was added is always stored.</param>
    public Task<SecretRotation> RotateSecretAsync(
        Blueprint blueprint, string clientName, ISecretSink secrets, RotationOptions? options = null,
        IProgress<ProvisioningProgress>? progress = null, CancellationToken cancellationToken = default) =>
        new RotationSetup(_service, _options, _addresses, new(progress)).RunAsync(
            blueprint, clientName, secrets, options ??= new(), rotator => rotator.RotateAsync(options, cancellationToken), cancellationToken);

    /// <summary>
    /// Ends a rotation that kept the old secret (<see cref="RotationOptions.KeepOldSecret"/>): gets a token with the secret that the sink
    /// holds, and then deletes the old secret. If there is no old secret any more, nothing is changed.
    /// </summary>
    /// <param name="blueprint">The blueprint, which was applied before.</param>
    /// <param name="clientName">The name of the app client in the blueprint.</param>
    /// <param name="secrets">The sink that received the new secret.</param>
    /// <param name="options">How old the new secret must be (<see cref="RotationOptions.DeleteOldSecretAfter"/>), and how long to wait for a token.</param>
    /// <param name="progress">Receives a report of each step.</param>
    /// <param name="cancellationToken">Ends the work between two requests.</param>
    /// <exception cref="CognitoProvisioningException">
    /// The sink does not hold the new secret, the new secret gets no token, or it is too young. Nothing was deleted.
    /// </exception>
    public Task<SecretRotation> FinishRotationAsync(
        Blueprint blueprint, string clientName, ISecretSink secrets, RotationOptions? options = null,
        IProgress<ProvisioningProgress>? progress = null, CancellationToken cancellationToken = default) =>
        new RotationSetup(_service, _options, _addresses, new(progress)).RunAsync(
            blueprint, clientName, secrets, options ??= new(), rotator => rotator.FinishAsync(options, cancellationToken), cancellationToken);

    private void Check(Blueprint blueprint)
    {
        ArgumentNullException.ThrowIfNull(blueprint);
        blueprint.ThrowIfInvalid();
        ChosenIds.RequireEmulator(blueprint, TargetsEmulator);
    }

    private PlanRun CreateRun(
        ProvisioningPlan plan,
        ProgressReport report,
        SecretDelivery? delivery,
        IReadOnlyDictionary<string, string>? givenSecrets = null,
        IReadOnlyList<PlannedStep>? steps = null) => new()
        {
            Steps = steps ?? plan.PlannedSteps,
            Service = _service,
            IsEmulator = TargetsEmulator,
            Progress = report,
            Options = _options,
            GivenSecrets = givenSecrets ?? ReadOnlyDictionary<string, string>.Empty,
            UserPool = plan.UserPool,
            AppClients = plan.AppClients.ToDictionary(StringComparer.Ordinal),
            CustomDomainTarget = plan.CustomDomainTarget,
            // The cancellation of the caller does not stop this: a secret that was just created must not be lost.
            StoreNewSecret = delivery is null ? null : (run, client) => delivery.CompleteAsync(client, run.UserPoolId, CancellationToken.None),
        };
}
