using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.UserPools;

/// <summary>Sets a tag of this library on the user pool.</summary>
internal sealed class TagUserPool(PlanStep step, string arn, string key, string value) : PlannedStep(step)
{
    /// <summary>Plans the adoption of a user pool: marks it as one that blueprints may change.</summary>
    /// <param name="pool">The user pool.</param>
    /// <param name="name">Its name in the blueprint.</param>
    /// <param name="contents">The names of what the blueprint takes over in the user pool, as texts for the plan.</param>
    public static TagUserPool PlanAdoption(UserPool pool, string name, IEnumerable<string> contents) =>
        Plan(pool, name, PlanAction.Adopt, OwnershipTag.Key, OwnershipTag.Adopted, contents);

    /// <summary>
    /// Plans a tag that records the domain which a blueprint creates in an adopted user pool. Destroying then deletes only this domain of the user pool.
    /// </summary>
    public static TagUserPool PlanRecord(UserPool pool, string name, string key, string domain) => Plan(pool, name, PlanAction.Update, key, domain, []);

    public override Task RunAsync(PlanRun run, CancellationToken cancellationToken) => run.Service.CallAsync(
        UserPoolOperations.Tag, new(arn, new Dictionary<string, string>(StringComparer.Ordinal) { [key] = value }), cancellationToken);

    private static TagUserPool Plan(UserPool pool, string name, PlanAction action, string key, string value, IEnumerable<string> contents)
    {
        var difference = new Difference();
        difference.Compare($"tag {key}", UserPoolOwnership.FindTag(pool, key), value);
        foreach (var thing in contents)
            difference.Compare(thing, "of others", "of this blueprint");
        return new(difference.ToStep(action, PlannedKind.UserPool, name), pool.Arn!, key, value);
    }
}
