namespace CognitoM2M.Provisioning.Steps;

/// <summary>Collects the differences between what is and what shall be.</summary>
internal sealed class Changes
{
    private readonly List<PlanChange> _all = [];
    private readonly List<string> _reasons = [];

    public IReadOnlyList<PlanChange> All => _all;

    public ProvisioningLosses Losses { get; private set; }

    public string? LossReason => _reasons.Count == 0 ? null : string.Join("; ", _reasons);

    public bool Any => _all.Count > 0;

    public void Compare(string member, string? before, string? after)
    {
        if (before != after)
            _all.Add(new(member, before, after));
    }

    /// <summary>Compares lists in which order means nothing; nothing and an empty list are the same.</summary>
    public void CompareSets(string member, IReadOnlyList<string>? before, IReadOnlyList<string> after) =>
        Compare(member, Text(before ?? []), Text(after));

    public void Lose(ProvisioningLosses loss, string reason)
    {
        Losses |= loss;
        _reasons.Add(reason);
    }

    public PlanStep ToStep(PlanAction action, PlannedKind kind, string name) => new(action, kind, name, All, Losses, LossReason);

    /// <summary>Stops if what exists no longer differs from the blueprint in the way the plan has shown.</summary>
    public void ThrowUnless(PlanStep planned)
    {
        if (!_all.SequenceEqual(planned.Changes) || Losses != planned.Losses)
        {
            throw new CognitoProvisioningException(
                ProvisioningError.PlanOutdated, $"The {planned.KindText} '{planned.Name}' has changed since the plan was made.", "Plan again.");
        }
    }

    private static string? Text(IReadOnlyList<string> items) => items.Count == 0 ? null : string.Join(", ", items.Order(StringComparer.Ordinal));
}
