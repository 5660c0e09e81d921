using CognitoM2M.Provisioning;
using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Output;

/// <summary>
/// A plan as text: each step, its changes from old to new value, and what a step destroys. Many steps of one kind become one line, unless
/// the user wants to see all. What a step destroys is always shown.
/// </summary>
internal sealed class PlanText
{
    private readonly Terminal _terminal;
    private readonly bool _showsAll;
    private bool _isShortened;

    private PlanText(Terminal terminal, bool showsAll) => (_terminal, _showsAll) = (terminal, showsAll);

    /// <summary>Writes a plan.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="showsAll">Whether to show every step with its values.</param>
    public static void Write(Terminal terminal, ProvisioningPlan plan, bool showsAll = true) => new PlanText(terminal, showsAll).Write(plan);

    private void Write(ProvisioningPlan plan)
    {
        foreach (var group in plan.Steps.GroupBy(step => (step.Action, step.Kind)))
            WriteGroup([.. group]);
        foreach (var item in plan.Staying)
            _terminal.Result($"  stays: {item}");
        WriteUnmanaged(plan.Unmanaged);

        if (plan.IsEmpty)
            _terminal.Result(plan.IsDestroying ? "Nothing to destroy." : "Nothing to do: the user pool matches the blueprint.");
        else
            _terminal.Result(StepSummary.Count(plan.Steps));
        if (plan.CustomDomainTarget is { } target)
            _terminal.Result($"The DNS record of the custom domain must point to {OneLine.Show(target)}.");
        if (_isShortened)
            _terminal.Result("To see every step with its values, add --verbose.", Styles.Faint);
    }

    private void WriteGroup(IReadOnlyList<PlanStep> steps)
    {
        var isShort = _showsAll || steps.Count <= StepSummary.MostListed;
        foreach (var step in steps.Where(step => isShort || step.Warning is not null))
            WriteStep(step);

        if (isShort || steps.Where(step => step.Warning is null).ToList() is not { Count: > 0 } others)
            return;

        _terminal.Result($"{FindSign(others[0].Action)} {StepSummary.Fold(others)}", Styles.Find(others[0].Action));
        _isShortened = true;
    }

    private void WriteStep(PlanStep step)
    {
        _terminal.Result($"{FindSign(step.Action)} {step.Title}", Styles.Find(step.Action));

        foreach (var change in step.Changes)
            _terminal.Result($"    {change}");

        if (step.Warning is { } reason)
            _terminal.Result($"    ! {reason}", Styles.Error);
    }

    private void WriteUnmanaged(IReadOnlyList<string> items)
    {
        var shown = _showsAll ? items.Count : StepSummary.MostListed;
        foreach (var item in items.Take(shown))
            _terminal.Result($"  not in the blueprint, stays: {item}", Styles.Faint);

        if (items.Count <= shown)
            return;

        _terminal.Result($"  not in the blueprint, stays: {items.Count - shown} more", Styles.Faint);
        _isShortened = true;
    }

    private static string FindSign(PlanAction action) => action switch
    {
        PlanAction.Create => "+",
        PlanAction.Update => "~",
        PlanAction.Adopt => "@",
        PlanAction.Replace => "±",
        _ => "-",
    };
}
