using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.Users;

/// <summary>Adds attributes to the user pool that users of the blueprint have.</summary>
internal sealed class AddUserAttributes(PlanStep step, IReadOnlyList<string> names) : PlannedStep(step)
{
    private const string Prefix = "custom:";
    private const int MostAtOnce = 25;

    /// <returns>Null if the user pool has all attributes.</returns>
    public static AddUserAttributes? Plan(Blueprint blueprint, IReadOnlySet<string> present)
    {
        var missing = blueprint.Users.SelectMany(user => user.Attributes.Keys)
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && !present.Contains(name))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var difference = new Difference();
        foreach (var name in missing)
            difference.Compare($"attribute {name}", null, "String");
        return missing.Count == 0 ? null : new(difference.ToStep(PlanAction.Update, PlannedKind.UserPool, blueprint.UserPool.Name), missing);
    }

    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        foreach (var part in names.Chunk(MostAtOnce))
        {
            IReadOnlyList<CustomAttribute> attributes = [.. part.Select(name => new CustomAttribute(name[Prefix.Length..], "String", Mutable: true))];
            await run.Service.CallAsync(UserOperations.AddAttributes, new(run.UserPoolId, attributes), cancellationToken).ConfigureAwait(false);
        }
    }
}
