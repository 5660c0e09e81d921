using System.Globalization;

namespace CognitoM2M.Benchmarks.Report;

/// <summary>One figure of several runs.</summary>
/// <param name="Sorted">The values, lowest first.</param>
internal sealed record Spread(IReadOnlyList<double> Sorted)
{
    public double Median => Sorted[Sorted.Count / 2];

    /// <summary>Formats the median and, if the runs differ, the lowest and the highest value.</summary>
    /// <param name="format">The format of each value.</param>
    public string Format(string format)
    {
        var (lowest, median, highest) = (Show(Sorted[0]), Show(Median), Show(Sorted[^1]));
        return lowest == highest ? median : $"{median} ({lowest} to {highest})";

        string Show(double value) => value.ToString(format, CultureInfo.InvariantCulture);
    }
}
