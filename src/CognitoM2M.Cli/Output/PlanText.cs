using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Output;

/// <summary>A plan as text: each step, its changes from old to new value, and what a step destroys.</summary>
internal static class PlanText
{
    public static void Write(Terminal terminal, ProvisioningPlan plan)
    {
        foreach (var step in plan.Steps)
            WriteStep(terminal, step);

        foreach (var item in plan.Unmanaged)
            terminal.Result($"  not in the blueprint, stays: {item}", Styles.Faint);

        terminal.Result(Summarize(plan));
    }

    private static void WriteStep(Terminal terminal, PlanStep step)
    {
        terminal.Result($"{FindSign(step.Action)} {step.Title}", Styles.Find(step.Action));

        foreach (var change in step.Changes)
            terminal.Result($"    {change}");

        if (step.Warning is { } reason)
            terminal.Result($"    ! {reason}", Styles.Error);
    }

    private static string Summarize(ProvisioningPlan plan)
    {
        if (plan.IsEmpty)
            return plan.IsDestroying ? "Nothing to destroy." : "Nothing to do: the user pool matches the blueprint.";

        var counts = plan.Steps.CountBy(step => step.Action).OrderBy(count => count.Key);
        return $"{string.Join(", ", counts.Select(count => $"{count.Value} to {FindVerb(count.Key)}"))}.";
    }

    private static string FindSign(PlanAction action) => action switch
    {
        PlanAction.Create => "+",
        PlanAction.Update => "~",
        PlanAction.Adopt => "@",
        PlanAction.Replace => "±",
        _ => "-",
    };

    private static string FindVerb(PlanAction action) => action switch
    {
        PlanAction.Create => "create",
        PlanAction.Update => "update",
        PlanAction.Adopt => "adopt",
        PlanAction.Replace => "replace",
        _ => "delete",
    };
}
