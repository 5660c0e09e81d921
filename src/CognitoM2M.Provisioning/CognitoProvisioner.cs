using CognitoM2M.Provisioning.Api;

namespace CognitoM2M.Provisioning;

/// <summary>Makes what a blueprint describes, and keeps to it.</summary>
/// <remarks>
/// There is no state file: what exists is found by pool id, or by name and the tag <see cref="OwnershipTag.Key"/>. Requests are paced
/// to Cognito's quotas. Every method throws <see cref="BlueprintException"/> for a blueprint that is not valid, before the first request,
/// and <see cref="CognitoProvisioningException"/> for everything that goes wrong later.
/// </remarks>
public sealed class CognitoProvisioner(ICognitoUserPoolApi api, CognitoProvisionerOptions? options = null)
{
    private readonly CognitoProvisionerOptions _options = options ?? new();
    private readonly ICognitoUserPoolApi _api = api;

    /// <summary>Reads what exists and works out the steps that lead to the blueprint. Changes nothing.</summary>
    public Task<ProvisioningPlan> PlanAsync(
        Blueprint blueprint, PlanOptions? options = null, IProgress<ProvisioningProgress>? progress = null,
        CancellationToken cancellationToken = default) => throw new NotSupportedException($"{_options.UseFips}{_api}");

    /// <summary>Works out the steps that remove the domains and the user pool with everything in it. Changes nothing.</summary>
    public Task<ProvisioningPlan> PlanDestroyAsync(
        Blueprint blueprint, DestroyOptions? options = null, IProgress<ProvisioningProgress>? progress = null,
        CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>
    /// Carries out a plan of <see cref="PlanAsync"/>, once. Secrets that the sink does not hold are handed over even if the plan is empty.
    /// After a failure or an interruption, plan again: what was done is found, and only the rest is left.
    /// </summary>
    public Task<ProvisioningOutputs> ApplyAsync(
        ProvisioningPlan plan, ApplyOptions? options = null, IProgress<ProvisioningProgress>? progress = null,
        CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Carries out a plan of <see cref="PlanDestroyAsync"/>, once.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="allow">Must contain the plan's <see cref="ProvisioningPlan.Losses"/>.</param>
    /// <param name="progress">Told of each step.</param>
    /// <param name="cancellationToken">Ends it between two requests.</param>
    public Task DestroyAsync(
        ProvisioningPlan plan, ProvisioningLosses allow, IProgress<ProvisioningProgress>? progress = null,
        CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Reads the outputs of a set-up that exists.</summary>
    public Task<ProvisioningOutputs> GetOutputsAsync(
        Blueprint blueprint, IProgress<ProvisioningProgress>? progress = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <summary>Waits until each app client of the blueprint gets a token with all its scopes.</summary>
    /// <param name="blueprint">The blueprint, applied before.</param>
    /// <param name="options">How long to wait.</param>
    /// <param name="secrets">Asked for secrets that Cognito no longer shows.</param>
    /// <param name="progress">Told what is being waited for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WaitUntilReadyAsync(
        Blueprint blueprint, ReadyOptions? options = null, ISecretSink? secrets = null,
        IProgress<ProvisioningProgress>? progress = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <summary>
    /// Gives an app client a new secret: adds it, hands it over, proves it by a token, and only then removes the old one.
    /// After an interruption, call it again: it goes on where it stopped.
    /// </summary>
    /// <returns>The ids of the secrets before and after.</returns>
    public Task<SecretRotation> RotateSecretAsync(
        Blueprint blueprint, string clientName, ISecretSink secrets, RotationOptions? options = null,
        IProgress<ProvisioningProgress>? progress = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
