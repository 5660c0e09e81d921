namespace CognitoM2M.Provisioning;

/// <summary>One step of a plan.</summary>
/// <param name="Action">What is done.</param>
/// <param name="Kind">To what kind of thing.</param>
/// <param name="Name">To which; as the blueprint calls it.</param>
/// <param name="Changes">Each difference, with before and after.</param>
/// <param name="Losses">What is lost by it.</param>
/// <param name="LossReason">The loss in words; null if nothing is lost.</param>
public sealed record PlanStep(
    PlanAction Action,
    PlannedKind Kind,
    string Name,
    IReadOnlyList<PlanChange> Changes,
    ProvisioningLosses Losses = ProvisioningLosses.None,
    string? LossReason = null)
{
    /// <summary>The step in one line, such as <c>update app client 'billing'</c>.</summary>
    public string Title => $"{ActionText} {KindText} '{Name}'";

    /// <inheritdoc cref="Title"/>
    public override string ToString() => Title;

    internal string KindText => Kind switch
    {
        PlannedKind.UserPool => "user pool",
        PlannedKind.Domain => "domain",
        PlannedKind.ResourceServer => "resource server",
        PlannedKind.AppClient => "app client",
        _ => Kind.ToString(),
    };

    private string ActionText => Action switch
    {
        PlanAction.Create => "create",
        PlanAction.Update => "update",
        PlanAction.Adopt => "adopt",
        PlanAction.Replace => "replace",
        PlanAction.Delete => "delete",
        _ => Action.ToString(),
    };
}

/// <summary>One difference.</summary>
/// <param name="Member">The member, named as on the wire.</param>
/// <param name="Before">Null if it was not set.</param>
/// <param name="After">Null if it is removed.</param>
public sealed record PlanChange(string Member, string? Before, string? After);

/// <summary>What a step does.</summary>
public enum PlanAction
{
    /// <summary>Makes something new.</summary>
    Create,

    /// <summary>Changes something that stays.</summary>
    Update,

    /// <summary>Marks a user pool as one that blueprints may change.</summary>
    Adopt,

    /// <summary>Removes something and makes it anew.</summary>
    Replace,

    /// <summary>Removes something.</summary>
    Delete,
}

/// <summary>What a step concerns.</summary>
public enum PlannedKind
{
    /// <summary>The user pool.</summary>
    UserPool,

    /// <summary>A prefix domain or custom domain.</summary>
    Domain,

    /// <summary>A resource server.</summary>
    ResourceServer,

    /// <summary>An app client.</summary>
    AppClient,
}

/// <summary>What a plan may lose; nothing is lost unless it was allowed.</summary>
[Flags]
public enum ProvisioningLosses
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A scope: tokens no longer carry it.</summary>
    Scope = 1,

    /// <summary>A way to get tokens: a flow, or with it a route.</summary>
    Flow = 2,

    /// <summary>An app client: its id and its secrets.</summary>
    AppClient = 4,

    /// <summary>A domain: its token endpoint stops answering, and its name is free for others.</summary>
    Domain = 8,

    /// <summary>The user pool with everything in it.</summary>
    UserPool = 16,

    /// <summary>All of these.</summary>
    All = Scope | Flow | AppClient | Domain | UserPool,
}
