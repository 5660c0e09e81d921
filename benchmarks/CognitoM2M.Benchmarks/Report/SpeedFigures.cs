using System.Globalization;
using System.Text;
using CognitoM2M.Benchmarks.Speed;

namespace CognitoM2M.Benchmarks.Report;

/// <summary>Formats the speed figures for the page: a table of targets and a table of all measured operations.</summary>
internal static class SpeedFigures
{
    public static string Format(IReadOnlyDictionary<string, Cost> costs)
    {
        var text = new StringBuilder();
        text.Append("| Target | wanted | measured | |\n| --- | ---: | ---: | --- |\n");
        foreach (var target in Targets.Evaluate(costs))
            text.Append(target.FormatRow()).Append('\n');

        text.Append("\n| Operation | ns | bytes |\n| --- | ---: | ---: |\n");
        foreach (var (name, cost) in costs.OrderBy(cost => cost.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"| `{name}` | {cost.NsPerOp:N1} | {cost.BytesPerOp:N0} |\n");
        return text.ToString();
    }
}
