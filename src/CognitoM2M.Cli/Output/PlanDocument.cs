using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Output;

/// <summary>A plan as a JSON document.</summary>
internal sealed record PlanDocument(
    string? UserPoolId,
    bool IsEmpty,
    bool IsDestroying,
    IReadOnlyList<string> DestructiveChanges,
    IReadOnlyList<StepDocument> Steps,
    IReadOnlyList<string> Staying,
    IReadOnlyList<string> Unmanaged,
    string? CustomDomainTarget)
{
    public static PlanDocument Create(ProvisioningPlan plan) => new(
        plan.UserPoolId,
        plan.IsEmpty,
        plan.IsDestroying,
        DestructiveChangeNames.Describe(plan.DestructiveChanges),
        [.. plan.Steps.Select(StepDocument.Create)],
        plan.Staying,
        plan.Unmanaged,
        plan.CustomDomainTarget);
}
