namespace CognitoM2M.Provisioning.Steps;

/// <summary>A step of a plan, and how it is carried out.</summary>
internal abstract class PlannedAction(PlanStep step)
{
    public PlanStep Step { get; } = step;

    public abstract Task RunAsync(PlanRun run, CancellationToken cancellationToken);
}
