namespace CognitoM2M.Provisioning;

/// <summary>A run was cancelled. The completed steps stay, and the next plan contains only what is left.</summary>
public sealed class ProvisioningCancelledException : OperationCanceledException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="completedSteps">The steps that were completed before the cancellation, in their order.</param>
    /// <param name="cause">The cancellation that ended the run.</param>
    public ProvisioningCancelledException(IReadOnlyList<PlanStep> completedSteps, OperationCanceledException cause)
        : base("Provisioning was cancelled. Plan and apply again to continue.", cause, (cause ?? throw new ArgumentNullException(nameof(cause))).CancellationToken)
    {
        ArgumentNullException.ThrowIfNull(completedSteps);
        CompletedSteps = completedSteps;
    }

    /// <summary>The steps that were completed, in their order.</summary>
    public IReadOnlyList<PlanStep> CompletedSteps { get; }
}
