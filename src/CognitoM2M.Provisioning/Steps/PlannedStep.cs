namespace CognitoM2M.Provisioning.Steps;

/// <summary>A step of a plan that can be carried out.</summary>
/// <param name="step">The step as users see it.</param>
internal abstract class PlannedStep(PlanStep step)
{
    public PlanStep Step { get; } = step;

    public abstract Task RunAsync(PlanRun run, CancellationToken cancellationToken);
}
