using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.Users;

/// <summary>Deletes a group. Its members stay.</summary>
internal sealed class DeleteGroup(PlanStep step) : PlannedStep(step)
{
    public static DeleteGroup Plan(string name) => new(new() { Action = PlanAction.Delete, Kind = PlannedKind.Group, Name = name });

    public override Task RunAsync(PlanRun run, CancellationToken cancellationToken) =>
        run.Service.CallAsync(UserOperations.DeleteGroup, new(run.UserPoolId, Step.Name), cancellationToken);
}
