using CognitoM2M.Provisioning.Planning;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning;

/// <summary>One step of a plan.</summary>
public sealed record PlanStep
{
    /// <summary>What the step does.</summary>
    public required PlanAction Action { get; init; }

    /// <summary>The kind of thing that the step concerns.</summary>
    public required PlannedKind Kind { get; init; }

    /// <summary>The name in the blueprint: of the user pool, app client, group or user, the identifier of the resource server, or the domain.</summary>
    public required string Name { get; init; }

    /// <summary>Each difference with the value before and after.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<PlanChange> Changes { get; init; } = [];

    /// <summary>What the step destroys.</summary>
    /// <value><see cref="DestructiveChanges.None"/> by default.</value>
    public DestructiveChanges DestructiveChanges { get; init; }

    /// <summary>What users of the user pool lose, in words, such as <c>tokens lose orders/write</c>; or what Cognito may refuse.</summary>
    /// <value>Null if nothing is lost and nothing is in doubt.</value>
    public string? Warning { get; init; }

    /// <summary>The step in one line, such as <c>update app client 'billing'</c>.</summary>
    public string Title => $"{ActionText} {KindText} '{OneLine.Show(Name)}'";

    /// <inheritdoc cref="Title"/>
    public override string ToString() => Title;

    internal string KindText => Kind switch
    {
        PlannedKind.UserPool => "user pool",
        PlannedKind.Domain => "domain",
        PlannedKind.ResourceServer => "resource server",
        PlannedKind.AppClient => "app client",
        PlannedKind.Group => "group",
        PlannedKind.User => "user",
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
public sealed record PlanChange
{
    /// <summary>The member, named as in the user pools API, such as <c>AccessTokenValidity</c>; or a tag or scope, such as <c>tag team</c>.</summary>
    public required string Member { get; init; }

    /// <summary>The present value.</summary>
    /// <value>Null if the member is not set.</value>
    public string? Before { get; init; }

    /// <summary>The value after the step.</summary>
    /// <value>Null if the member is removed.</value>
    public string? After { get; init; }

    /// <summary>The difference in one line, such as <c>AccessTokenValidity: 1h -> 30m</c>. Long values are cut. The properties hold the complete values.</summary>
    public override string ToString() => PlanChangeText.Format(this);
}

/// <summary>What a step does.</summary>
public enum PlanAction
{
    /// <summary>Creates something new.</summary>
    Create,

    /// <summary>Changes something and keeps it.</summary>
    Update,

    /// <summary>Marks a user pool as one that blueprints may change.</summary>
    Adopt,

    /// <summary>Deletes something and creates it again.</summary>
    Replace,

    /// <summary>Deletes something.</summary>
    Delete,
}

/// <summary>The kind of thing that a step concerns.</summary>
public enum PlannedKind
{
    /// <summary>The user pool.</summary>
    UserPool,

    /// <summary>A prefix domain or a custom domain.</summary>
    Domain,

    /// <summary>A resource server.</summary>
    ResourceServer,

    /// <summary>An app client.</summary>
    AppClient,

    /// <summary>A group of users, in an emulator.</summary>
    Group,

    /// <summary>A user, in an emulator.</summary>
    User,
}
