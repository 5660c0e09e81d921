using System.Globalization;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.Users;

/// <summary>Creates a group.</summary>
internal sealed class CreateGroup(PlanStep step, GroupBlueprint wanted) : PlannedStep(step)
{
    public static CreateGroup Plan(GroupBlueprint wanted)
    {
        var difference = new Difference();
        difference.Compare(nameof(wanted.Description), null, wanted.Description);
        difference.Compare(nameof(wanted.Precedence), null, wanted.Precedence?.ToString(CultureInfo.InvariantCulture));
        difference.Compare(nameof(wanted.RoleArn), null, wanted.RoleArn);
        return new(difference.ToStep(PlanAction.Create, PlannedKind.Group, wanted.Name), wanted);
    }

    public override Task RunAsync(PlanRun run, CancellationToken cancellationToken) => run.Service.CallAsync(
        UserOperations.CreateGroup, new(run.UserPoolId, wanted.Name, wanted.Description, wanted.Precedence, wanted.RoleArn), cancellationToken);
}
