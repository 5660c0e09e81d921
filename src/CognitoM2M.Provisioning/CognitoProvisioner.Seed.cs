using CognitoM2M.Provisioning.Planning;
using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Resources.Users;
using CognitoM2M.Provisioning.Secrets;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning;

/// <content>Filling an emulator.</content>
public sealed partial class CognitoProvisioner
{
    /// <summary>
    /// Creates in an emulator what a blueprint describes and the emulator does not have: the user pool, its domains, resource servers, scopes
    /// app clients, groups and users, with the ids, secrets and claims that the blueprint chooses. What exists stays as it is.
    /// </summary>
    /// <param name="blueprint">The blueprint.</param>
    /// <param name="variables">Finds the value of a variable that <see cref="AppClientBlueprint.SecretVariable"/> names; null for the environment.</param>
    /// <param name="cancellationToken">Ends the work between two requests.</param>
    /// <exception cref="CognitoProvisioningException">The provisioner does not call an emulator, or the emulator refuses a request.</exception>
    public async Task SeedAsync(Blueprint blueprint, Func<string, string?>? variables = null, CancellationToken cancellationToken = default)
    {
        Check(blueprint);
        if (!TargetsEmulator)
            throw new CognitoProvisioningException(ProvisioningError.Configuration, "Only an emulator can be filled from a blueprint. No request was sent.", "Plan and apply the blueprint instead.");

        var report = new ProgressReport(null);
        var plan = await new Planner(blueprint, new() { Adopt = true }, _service, report, isEmulator: true).PlanAsync(cancellationToken).ConfigureAwait(false);
        var given = GivenSecrets.Read(plan, variables ?? Environment.GetEnvironmentVariable);
        var run = CreateRun(plan, report, delivery: null, given, [.. plan.PlannedSteps.Where(OnlyAdds)]);
        await run.RunAsync(() => Task.FromResult(true), cancellationToken).ConfigureAwait(false);
    }

    // A scope is added by an update of its resource server, and an attribute of users by an update of the user pool.
    private static bool OnlyAdds(PlannedStep step) =>
        step.Step.Action == PlanAction.Create || step is AddUserAttributes || (step is UpdateResourceServer && step.Step.DestructiveChanges == DestructiveChanges.None);
}
