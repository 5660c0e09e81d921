using System.Globalization;
using System.Text;

namespace CognitoM2M.Benchmarks.Report;

/// <summary>Formats the speed figures for the page: a table of targets and a table of all measured operations.</summary>
internal static class SpeedFigures
{
    public static string Format(SpeedRuns runs)
    {
        var text = new StringBuilder();
        text.Append("| Target | wanted | measured | |\n| --- | ---: | ---: | --- |\n");
        foreach (var target in Targets.Evaluate(runs))
            text.Append(target.FormatRow()).Append('\n');

        text.Append("\n| Operation | ns | bytes |\n| --- | ---: | ---: |\n");
        foreach (var (name, cost) in runs.Medians.OrderBy(cost => cost.Key, StringComparer.Ordinal))
        {
            var ns = cost.NsPerOp is null ? "" : runs.Compute(run => run[name].NsPerOp!.Value).Format("N1");
            text.Append(CultureInfo.InvariantCulture, $"| `{name}` | {ns} | {cost.BytesPerOp:N0} |\n");
        }

        return text.ToString();
    }
}
