using System.Globalization;
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

/// <summary>Deletes a user.</summary>
internal sealed class DeleteUser(PlanStep step) : PlannedStep(step)
{
    public static DeleteUser Plan(string name) => new(new() { Action = PlanAction.Delete, Kind = PlannedKind.User, Name = name });

    public override Task RunAsync(PlanRun run, CancellationToken cancellationToken) =>
        run.Service.CallAsync(UserOperations.Delete, new(run.UserPoolId, Step.Name), cancellationToken);
}

/// <summary>Deletes a group. Its members stay.</summary>
internal sealed class DeleteGroup(PlanStep step) : PlannedStep(step)
{
    public static DeleteGroup Plan(string name) => new(new() { Action = PlanAction.Delete, Kind = PlannedKind.Group, Name = name });

    public override Task RunAsync(PlanRun run, CancellationToken cancellationToken) =>
        run.Service.CallAsync(UserOperations.DeleteGroup, new(run.UserPoolId, Step.Name), cancellationToken);
}
