using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Output;

/// <summary>A plan for people: what is done, to what, from which value to which, and what is lost by it.</summary>
internal static class PlanText
{
    public static void Write(Terminal terminal, ProvisioningPlan plan)
    {
        foreach (var step in plan.Steps)
            Write(terminal, step);

        foreach (var item in plan.Unmanaged)
            terminal.Result($"  left alone: {item}", Styles.Faint);

        terminal.Result(Summary(plan));
    }

    private static void Write(Terminal terminal, PlanStep step)
    {
        terminal.Result($"{Sign(step.Action)} {step.Title}", Styles.Of(step.Action));

        foreach (var change in step.Changes)
            terminal.Result($"    {change.Member}: {Difference(change)}");

        if (step.LossReason is { } reason)
            terminal.Result($"    ! {reason}", Styles.Error);
    }

    private static string Summary(ProvisioningPlan plan)
    {
        if (plan.IsEmpty)
            return plan.IsDestroying ? "Nothing to destroy." : "Nothing to do: what exists is what the blueprint describes.";

        var counts = plan.Steps.CountBy(step => step.Action).OrderBy(count => count.Key);
        return $"{string.Join(", ", counts.Select(count => $"{count.Value} to {Verb(count.Key)}"))}.";
    }

    private static string Difference(PlanChange change) => change switch
    {
        { Before: null } => change.After ?? "(none)",
        { After: null } => $"{change.Before} -> (removed)",
        _ => $"{change.Before} -> {change.After}",
    };

    private static string Sign(PlanAction action) => action switch
    {
        PlanAction.Create => "+",
        PlanAction.Update => "~",
        PlanAction.Adopt => "@",
        PlanAction.Replace => "±",
        _ => "-",
    };

    private static string Verb(PlanAction action) => action switch
    {
        PlanAction.Create => "create",
        PlanAction.Update => "update",
        PlanAction.Adopt => "adopt",
        PlanAction.Replace => "replace",
        _ => "delete",
    };
}
