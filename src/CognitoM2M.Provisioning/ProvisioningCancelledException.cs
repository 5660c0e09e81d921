namespace CognitoM2M.Provisioning;

/// <summary>A run was cancelled; says what had been done by then. What was done stands, and the next plan goes on from there.</summary>
public sealed class ProvisioningCancelledException : OperationCanceledException
{
    internal ProvisioningCancelledException(IReadOnlyList<PlanStep> completedSteps, OperationCanceledException cause)
        : base("Provisioning was cancelled.", cause, cause.CancellationToken) => CompletedSteps = completedSteps;

    /// <summary>The steps carried out, in order.</summary>
    public IReadOnlyList<PlanStep> CompletedSteps { get; }
}
