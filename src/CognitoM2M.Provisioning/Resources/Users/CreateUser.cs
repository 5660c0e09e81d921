using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.Users;

/// <summary>Creates a user with password and groups.</summary>
internal sealed class CreateUser(PlanStep step, UserBlueprint wanted) : PlannedStep(step)
{
    public static CreateUser Plan(UserBlueprint wanted)
    {
        var difference = new Difference();
        foreach (var (name, value) in ListAttributes(wanted))
            difference.Compare(name, null, value);
        difference.CompareSets("groups", [], wanted.Groups);
        // The value stays out of the plan.
        if (wanted.Password is not null)
            difference.Compare("password", null, wanted.MustChangePassword ? "from the blueprint, to be changed" : "from the blueprint");
        return new(difference.ToStep(PlanAction.Create, PlannedKind.User, wanted.Username!), wanted);
    }

    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        var name = wanted.Username!;
        IReadOnlyList<UserAttribute> attributes = [.. ListAttributes(wanted).Select(attribute => new UserAttribute(attribute.Key, attribute.Value))];
        await run.Service.CallAsync(UserOperations.Create, new(run.UserPoolId, name, attributes, "SUPPRESS"), cancellationToken).ConfigureAwait(false);
        try
        {
            await CompleteAsync(run, name, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is CognitoProvisioningException or OperationCanceledException)
        {
            // The next run would take the user for complete.
            await run.Service.CallAsync(UserOperations.Delete, new(run.UserPoolId, name), CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private async Task CompleteAsync(PlanRun run, string name, CancellationToken cancellationToken)
    {
        if (wanted.Password is { } password)
        {
            var request = new AdminSetUserPasswordRequest { UserPoolId = run.UserPoolId, Username = name, Password = password, Permanent = !wanted.MustChangePassword };
            await run.Service.CallAsync(UserOperations.SetPassword, request, cancellationToken).ConfigureAwait(false);
        }

        foreach (var group in wanted.Groups)
            await run.Service.CallAsync(UserOperations.AddToGroup, new(run.UserPoolId, name, group), cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<KeyValuePair<string, string>> ListAttributes(UserBlueprint wanted)
    {
        if (wanted.Email is not { } email)
            return wanted.Attributes;

        var attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = email };
        if (!wanted.Attributes.ContainsKey("email_verified"))
            attributes["email_verified"] = "true";
        return attributes.Concat(wanted.Attributes);
    }
}
