using CognitoM2M.Provisioning;
using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Output;

/// <summary>Steps in few words, for plans with hundreds of them.</summary>
internal static class StepSummary
{
    /// <summary>How many things of one kind are listed one by one. More of them become one line.</summary>
    public const int MostListed = 10;

    private const int NamesShown = 3;

    /// <summary>Each step in a line; one line for all steps of a kind that has more than <see cref="MostListed"/>.</summary>
    public static IEnumerable<string> Describe(IEnumerable<PlanStep> steps) => steps
        .GroupBy(step => (step.Action, step.Kind))
        .SelectMany(group => group.Count() > MostListed ? [Fold([.. group])] : group.Select(step => step.Title));

    /// <summary>Many steps of one action and one kind in one line, such as <c>create 710 app clients: 'a', 'b', 'c' and 707 more</c>.</summary>
    public static string Fold(IReadOnlyList<PlanStep> steps)
    {
        var names = string.Join(", ", steps.Take(NamesShown).Select(step => $"'{OneLine.Show(step.Name)}'"));
        var more = steps.Count > NamesShown ? $" and {steps.Count - NamesShown} more" : "";
        return $"{FindVerb(steps[0].Action)} {Count(steps.Count, steps[0].Kind)}: {names}{more}";
    }

    /// <summary>How many things of each kind the steps create, update and so on, such as <c>To create: 1 user pool, 2 app clients.</c></summary>
    public static string Count(IEnumerable<PlanStep> steps) => string.Join(' ', steps
        .GroupBy(step => step.Action)
        .OrderBy(group => group.Key)
        .Select(group => $"To {FindVerb(group.Key)}: {string.Join(", ", group.CountBy(step => step.Kind).OrderBy(count => count.Key).Select(count => Count(count.Value, count.Key)))}."));

    private static string Count(int count, PlannedKind kind) => $"{count} {FindNoun(kind)}{(count == 1 ? "" : "s")}";

    private static string FindNoun(PlannedKind kind) => kind switch
    {
        PlannedKind.UserPool => "user pool",
        PlannedKind.Domain => "domain",
        PlannedKind.ResourceServer => "resource server",
        PlannedKind.Group => "group",
        PlannedKind.User => "user",
        _ => "app client",
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
