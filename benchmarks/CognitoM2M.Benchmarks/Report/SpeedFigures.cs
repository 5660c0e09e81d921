using System.Globalization;
using System.Text;
using CognitoM2M.Benchmarks.Speed;

namespace CognitoM2M.Benchmarks.Report;

/// <summary>The figures of speed as the page shows them: the targets, and everything that was measured.</summary>
internal static class SpeedFigures
{
    public static string Of(IReadOnlyDictionary<string, Cost> costs)
    {
        var text = new StringBuilder();
        text.Append("| Target | wanted | measured | |\n| --- | ---: | ---: | --- |\n");
        foreach (var target in Targets.Of(costs))
            text.Append(target.ToRow()).Append('\n');

        text.Append("\n| Operation | ns | bytes |\n| --- | ---: | ---: |\n");
        foreach (var (name, cost) in costs.OrderBy(cost => cost.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"| `{name}` | {cost.NsPerOp:N1} | {cost.BytesPerOp:N0} |\n");
        return text.ToString();
    }
}
