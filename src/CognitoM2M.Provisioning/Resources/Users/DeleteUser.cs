using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.Users;

/// <summary>Deletes a user.</summary>
internal sealed class DeleteUser(PlanStep step) : PlannedStep(step)
{
    public static DeleteUser Plan(string name) => new(new() { Action = PlanAction.Delete, Kind = PlannedKind.User, Name = name });

    public override Task RunAsync(PlanRun run, CancellationToken cancellationToken) =>
        run.Service.CallAsync(UserOperations.Delete, new(run.UserPoolId, Step.Name), cancellationToken);
}
