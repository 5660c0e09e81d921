using CognitoM2M.Provisioning.Planning;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning;

/// <summary>The difference between a blueprint and what exists, as ordered steps. Shows no secret.</summary>
public sealed class ProvisioningPlan
{
    private int _taken;

    internal ProvisioningPlan(Blueprint blueprint, IReadOnlyList<PlannedAction> actions)
    {
        Blueprint = blueprint;
        Actions = actions;
        Steps = [.. actions.Select(action => action.Step)];
    }

    /// <summary>What the plan leads to; for a destroying plan, what it removes.</summary>
    public Blueprint Blueprint { get; }

    /// <summary>The pool; null if the plan creates it, or if there is none to destroy.</summary>
    public string? UserPoolId => Existing?.Pool.Id;

    /// <summary>The steps, in the order in which they are carried out.</summary>
    public IReadOnlyList<PlanStep> Steps { get; }

    /// <summary>What the pool has and the blueprint does not name, one line each; left alone unless pruning was asked for.</summary>
    public IReadOnlyList<string> Unmanaged { get; internal init; } = [];

    /// <summary>Whether the plan removes what the blueprint describes.</summary>
    public bool IsDestroying { get; internal init; }

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Steps.Count == 0;

    /// <summary>Everything that carrying out the plan loses; each must be allowed.</summary>
    public ProvisioningLosses Losses => Steps.Aggregate(ProvisioningLosses.None, (all, step) => all | step.Losses);

    internal IReadOnlyList<PlannedAction> Actions { get; }

    internal ExistingSetup? Existing { get; init; }

    internal string? CustomDomainTarget { get; init; }

    /// <summary>The plan as text for people.</summary>
    public override string ToString() => PlanText.Of(this);

    /// <summary>Carried out a second time, a plan would make what it has made already once more.</summary>
    internal void Take(bool isDestroying, ProvisioningLosses allowed)
    {
        if (IsDestroying != isDestroying)
            throw new InvalidOperationException(IsDestroying ? "This plan destroys; carry it out with DestroyAsync." : "This plan does not destroy; carry it out with ApplyAsync.");

        if ((Losses & ~allowed) is not ProvisioningLosses.None and var missing)
        {
            var reasons = Steps.Where(step => (step.Losses & missing) != ProvisioningLosses.None).Select(step => $"{step.Title}: {step.LossReason}");
            throw new CognitoProvisioningException(
                ProvisioningError.LossNotAllowed, $"The plan loses something: {string.Join("; ", reasons)}.", $"Allow it explicitly ({missing}).");
        }

        if (Interlocked.Exchange(ref _taken, 1) != 0)
            throw new InvalidOperationException("A plan is carried out once; plan again.");
    }
}
