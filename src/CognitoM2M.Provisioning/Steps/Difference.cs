using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Steps;

/// <summary>Collects the differences between what exists and what a blueprint names.</summary>
internal sealed class Difference
{
    private readonly List<PlanChange> _changes = [];
    private readonly List<string> _warnings = [];
    private DestructiveChanges _destructive;

    public bool IsEmpty => _changes.Count == 0;

    /// <summary>Adds the member if its value is to change. Null stands for a member that is not set.</summary>
    public void Compare(string member, string? before, string? after)
    {
        if (before != after)
            _changes.Add(new() { Member = member, Before = before, After = after });
    }

    /// <summary>Compares lists whose order has no meaning. A list that is not set and an empty list are the same.</summary>
    public void CompareSets(string member, IReadOnlyList<string>? before, IReadOnlyList<string> after) =>
        Compare(member, Format(before ?? []), Format(after));

    /// <summary>Turns the differences into the settings of something new, which had no settings before.</summary>
    public Difference ToSettings()
    {
        var settings = new Difference { _destructive = _destructive };
        settings._warnings.AddRange(_warnings);
        settings._changes.AddRange(_changes.Where(change => change.After is not null).Select(change => change with { Before = null }));
        return settings;
    }

    /// <summary>Adds what Cognito or this library chooses for something new, if the blueprint does not choose it.</summary>
    public void AddDefault(string member, string value)
    {
        if (!_changes.Exists(change => change.Member == member))
            Compare(member, null, value);
    }

    /// <summary>Records what the change takes away from users of the user pool.</summary>
    public void AddDestructiveChange(DestructiveChanges kind, string warning)
    {
        _destructive |= kind;
        _warnings.Add(OneLine.Escape(warning));
    }

    /// <summary>Adds what the user should know although nothing is lost.</summary>
    public void Warn(string warning) => AddDestructiveChange(DestructiveChanges.None, warning);

    public PlanStep ToStep(PlanAction action, PlannedKind kind, string name) => new()
    {
        Action = action,
        Kind = kind,
        Name = name,
        Changes = _changes,
        DestructiveChanges = _destructive,
        Warning = _warnings.Count == 0 ? null : string.Join("; ", _warnings),
    };

    /// <summary>Stops if this difference, found just before the change, is not the difference that the plan has shown.</summary>
    /// <exception cref="CognitoProvisioningException">Something else has changed what exists.</exception>
    public void RequireSameAs(PlanStep planned)
    {
        if (!_changes.SequenceEqual(planned.Changes) || _destructive != planned.DestructiveChanges)
        {
            throw new CognitoProvisioningException(
                ProvisioningError.PlanOutdated, $"The {planned.KindText} '{planned.Name}' has changed since the plan was made.", "Plan again.");
        }
    }

    /// <summary>Stops if there is a difference between what Cognito has made and what it was asked to make.</summary>
    /// <exception cref="CognitoProvisioningException">There is a difference.</exception>
    public void RequireNone(PlanStep step)
    {
        if (IsEmpty)
            return;

        var members = _changes.Select(change => $"{OneLine.Show(change.Member)} is {OneLine.Show(change.Before ?? "not set")} instead of {OneLine.Show(change.After ?? "not set")}");
        throw new CognitoProvisioningException(
            ProvisioningError.DifferentResult,
            $"Cognito accepted the request to {step.Title}, but the result differs from the request: {string.Join("; ", members)}.",
            "Plan again. If the plan shows the same difference after an apply, Cognito does not support this setting here.");
    }

    private static string? Format(IReadOnlyList<string> items) => items.Count == 0 ? null : string.Join(", ", items.Order(StringComparer.Ordinal));
}
