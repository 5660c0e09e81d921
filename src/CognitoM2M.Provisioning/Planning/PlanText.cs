using System.Text;

namespace CognitoM2M.Provisioning.Planning;

/// <summary>Writes a plan as text: one line for each step, with its differences below.</summary>
internal static class PlanText
{
    public static string Format(ProvisioningPlan plan)
    {
        var text = new StringBuilder();
        text.AppendLine($"User pool '{plan.Blueprint.UserPool.Name}'{(plan.UserPoolId is { } id ? $" ({id})" : "")}");
        if (plan.IsEmpty)
            text.AppendLine("  nothing to do");

        for (var i = 0; i < plan.Steps.Count; i++)
            Append(text, i + 1, plan.Steps[i]);

        foreach (var line in plan.Staying)
            text.AppendLine($"  stays: {line}");

        if (plan.Unmanaged.Count > 0)
        {
            text.AppendLine("  not in the blueprint, not changed:");
            foreach (var line in plan.Unmanaged)
                text.AppendLine($"     {line}");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, int number, PlanStep step)
    {
        text.AppendLine($"  {number}. {step.Title}");
        if (step.Warning is { } warning)
            text.AppendLine($"     ! {warning}{(step.DestructiveChanges == DestructiveChanges.None ? "" : $" (must be allowed: {step.DestructiveChanges})")}");

        foreach (var change in step.Changes)
            text.AppendLine($"     {FindSign(change)} {change}");
    }

    private static char FindSign(PlanChange change) => change switch
    {
        { Before: null } => '+',
        { After: null } => '-',
        _ => '~',
    };
}
