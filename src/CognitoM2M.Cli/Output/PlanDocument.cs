using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Output;

/// <summary>A plan for programs.</summary>
internal sealed record PlanDocument(
    string? UserPoolId,
    bool IsEmpty,
    bool IsDestroying,
    IReadOnlyList<string> Losses,
    IReadOnlyList<StepDocument> Steps,
    IReadOnlyList<string> Unmanaged)
{
    public static PlanDocument Of(ProvisioningPlan plan) => new(
        plan.UserPoolId,
        plan.IsEmpty,
        plan.IsDestroying,
        LossNames.Of(plan.Losses),
        [.. plan.Steps.Select(StepDocument.Of)],
        plan.Unmanaged);
}

/// <summary>A step for programs.</summary>
internal sealed record StepDocument(
    PlanAction Action, PlannedKind Kind, string Name, IReadOnlyList<PlanChange> Changes, IReadOnlyList<string> Losses, string? LossReason)
{
    public static StepDocument Of(PlanStep step) =>
        new(step.Action, step.Kind, step.Name, step.Changes, LossNames.Of(step.Losses), step.LossReason);
}
