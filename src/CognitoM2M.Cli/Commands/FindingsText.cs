using CognitoM2M.Cli.Doctor;
using CognitoM2M.Cli.Output;
using Spectre.Console;

namespace CognitoM2M.Cli.Commands;

/// <summary>The findings of <c>doctor</c> as text: one check on a line, and below it what to do.</summary>
internal static class FindingsText
{
    private const int VerdictWidth = 9;
    private const int NameWidth = 17;

    public static void Write(Terminal terminal, Findings findings)
    {
        foreach (var check in findings.Checks)
        {
            var verdict = check.Result.Verdict.ToString().ToLowerInvariant();
            terminal.Result($"{verdict.PadRight(VerdictWidth)}{check.Name.PadRight(NameWidth)}{check.Result.Finding}", FindStyle(check.Result.Verdict));
            if (check.Result.Remedy is { } remedy)
                terminal.Result($"{new string(' ', VerdictWidth + NameWidth)}-> {remedy}");
        }

        terminal.Result(findings.FirstFailed is { } failed ? $"The first thing that is wrong: {failed.Name}." : "Nothing is wrong.");
        if (findings.Observations is not { } observations)
            return;

        terminal.Result("");
        terminal.Result("Report. Each number is the number of a question in docs/design/cognito-facts.md. The report holds no secret and no token.");
        if (findings.IsEmulated)
            terminal.Result("The service is an emulator, so the report says nothing about AWS.");
        foreach (var made in observations)
            terminal.Result($"{made.Number,3}  {made.Topic}: {made.Seen ?? "not seen here"}");
    }

    private static Style? FindStyle(Verdict verdict) => verdict switch
    {
        Verdict.Passed => Styles.Good,
        Verdict.Failed => Styles.Error,
        Verdict.Unknown => Styles.Warning,
        _ => Styles.Faint,
    };
}
