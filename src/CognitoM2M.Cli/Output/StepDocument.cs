using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Output;

/// <summary>A step of a plan as a JSON document.</summary>
internal sealed record StepDocument(
    PlanAction Action, PlannedKind Kind, string Name, IReadOnlyList<PlanChange> Changes, IReadOnlyList<string> DestructiveChanges, string? Warning)
{
    public static StepDocument Create(PlanStep step) =>
        new(step.Action, step.Kind, step.Name, step.Changes, DestructiveChangeNames.Describe(step.DestructiveChanges), step.Warning);
}
