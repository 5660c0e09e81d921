namespace CognitoM2M.Provisioning;

/// <summary>The difference between a blueprint and what exists, as ordered steps. Holds no secret that it shows.</summary>
public sealed class ProvisioningPlan
{
    internal ProvisioningPlan(Blueprint blueprint)
    {
        Blueprint = blueprint;
    }

    /// <summary>What the plan leads to; for a destroying plan, what it removes.</summary>
    public Blueprint Blueprint { get; }

    /// <summary>The pool; null if the plan creates it, or if there is none to destroy.</summary>
    public string? UserPoolId { get; internal init; }

    /// <summary>The steps, in the order in which they are carried out.</summary>
    public IReadOnlyList<PlanStep> Steps { get; internal init; } = [];

    /// <summary>What the pool has and the blueprint does not name, one line each; left alone unless pruning was asked for.</summary>
    public IReadOnlyList<string> Unmanaged { get; internal init; } = [];

    /// <summary>Whether the plan removes what the blueprint describes.</summary>
    public bool IsDestroying { get; internal init; }

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Steps.Count == 0;

    /// <summary>Everything that carrying out the plan loses; each must be allowed.</summary>
    public ProvisioningLosses Losses => Steps.Aggregate(ProvisioningLosses.None, (all, step) => all | step.Losses);

    /// <summary>The plan as text for people.</summary>
    public override string ToString() => throw new NotSupportedException();
}
