using CognitoM2M.Provisioning.Planning;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning;

/// <summary>The difference between a blueprint and what exists, as steps in their order. A plan shows no secret.</summary>
public sealed class ProvisioningPlan
{
    private int _isTaken;

    internal ProvisioningPlan(Blueprint blueprint, IReadOnlyList<PlannedStep> steps)
    {
        Blueprint = blueprint;
        PlannedSteps = steps;
        Steps = [.. steps.Select(planned => planned.Step)];
    }

    /// <summary>The blueprint that the plan leads to. For a plan that destroys: the blueprint of what is deleted.</summary>
    public Blueprint Blueprint { get; }

    /// <summary>The id of the user pool, such as <c>eu-west-1_AbCdEfGhI</c>.</summary>
    /// <value>Null if the plan creates the user pool, or if there is none to destroy.</value>
    public string? UserPoolId => UserPool?.Id;

    /// <summary>The steps, in the order in which they are carried out.</summary>
    public IReadOnlyList<PlanStep> Steps { get; }

    /// <summary>What the user pool has and the blueprint does not name, one line for each thing. The plan leaves these things alone.</summary>
    /// <value>
    /// Empty with <see cref="PlanOptions.Prune"/> and <see cref="DestroyOptions.AllowWholeUserPool"/>, because the plan then deletes these
    /// things. Users are counted, in one line, and only in a plan that destroys.
    /// </value>
    public IReadOnlyList<string> Unmanaged { get; internal init; } = [];

    /// <summary>What a plan that destroys leaves in place although the blueprint names it, and why, one line for each thing.</summary>
    /// <value>Empty if the plan deletes all that the blueprint names, and for a plan of <see cref="CognitoProvisioner.PlanAsync"/>.</value>
    public IReadOnlyList<string> Staying { get; internal init; } = [];

    /// <summary>Whether the plan deletes what the blueprint describes.</summary>
    public bool IsDestroying { get; internal init; }

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Steps.Count == 0;

    /// <summary>Everything that the steps destroy. Carrying out the plan requires that all of it is allowed.</summary>
    public DestructiveChanges DestructiveChanges => Steps.Aggregate(DestructiveChanges.None, (all, step) => all | step.DestructiveChanges);

    internal IReadOnlyList<PlannedStep> PlannedSteps { get; }

    /// <summary>The options that the plan was made with.</summary>
    internal PlanOptions Options { get; init; } = new();

    /// <summary>Where the plan was made.</summary>
    internal PlanTarget Target { get; set; } = new(null, null);

    /// <summary>The user pool that exists.</summary>
    internal ProvisionedUserPool? UserPool { get; init; }

    /// <summary>The app clients of the blueprint that exist, by name.</summary>
    internal IReadOnlyDictionary<string, ProvisionedAppClient> AppClients { get; init; } = new Dictionary<string, ProvisionedAppClient>(StringComparer.Ordinal);

    /// <summary>The app clients of the blueprint: the name; the id, or null if the app client does not exist yet; whether the plan replaces it.</summary>
    internal IEnumerable<(string Name, string? ClientId, bool IsReplaced)> ListAppClients()
    {
        var replaced = Steps
            .Where(step => step is { Kind: PlannedKind.AppClient, Action: PlanAction.Replace })
            .Select(step => step.Name)
            .ToHashSet(StringComparer.Ordinal);
        return Blueprint.AppClients.Select(client => (client.Name, AppClients.GetValueOrDefault(client.Name)?.ClientId, replaced.Contains(client.Name)));
    }

    /// <summary>The host name that the DNS record of the custom domain must point to.</summary>
    /// <value>Null without a custom domain, and as long as it does not exist: Cognito chooses the name when it creates the domain.</value>
    public string? CustomDomainTarget { get; internal init; }

    /// <summary>The plan as text for people: one line for each step, with its differences below.</summary>
    public override string ToString() => PlanText.Format(this);

    /// <summary>Claims the plan for one run. A second run would create everything a second time.</summary>
    /// <exception cref="CognitoProvisioningException">The plan destroys something that is not allowed.</exception>
    /// <exception cref="InvalidOperationException">The plan was carried out before, or belongs to the other method.</exception>
    internal void Take(bool isDestroying, DestructiveChanges allowed)
    {
        if (IsDestroying != isDestroying)
        {
            throw new InvalidOperationException(
                IsDestroying ? "This plan was made by PlanDestroyAsync. Carry it out with DestroyAsync." : "This plan was made by PlanAsync. Carry it out with ApplyAsync.");
        }

        if ((DestructiveChanges & ~allowed) is not DestructiveChanges.None and var missing)
        {
            var warnings = Steps.Where(step => (step.DestructiveChanges & missing) != DestructiveChanges.None).Select(step => $"{step.Title}: {step.Warning}");
            throw new CognitoProvisioningException(
                ProvisioningError.DestructiveChangeNotAllowed,
                $"The plan destroys something, and that was not allowed: {string.Join("; ", warnings)}. Nothing was changed.",
                $"Allow it explicitly: {missing}.");
        }

        if (Interlocked.Exchange(ref _isTaken, 1) != 0)
            throw new InvalidOperationException("This plan was carried out before. Plan again.");
    }
}
