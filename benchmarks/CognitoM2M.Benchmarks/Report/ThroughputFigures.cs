using System.Globalization;
using System.Text;

namespace CognitoM2M.Benchmarks.Report;

/// <summary>The requests per second of APIs with each protection.</summary>
/// <param name="rounds">The figures of each round.</param>
internal sealed class ThroughputFigures(IReadOnlyList<IReadOnlyDictionary<string, double>> rounds)
{
    // What the scheme of AddCognitoM2M keeps of the throughput of a scheme that accepts every request.
    private const double Promised = 0.95;

    private static readonly (string Name, string Description)[] _rows =
    [
        ("none", "without authentication"),
        ("accepting", "a scheme that accepts every request"),
        ("stock", "`AddJwtBearer`, policy written by hand"),
        ("bridge", "`AddJwtBearer` with `UseCognitoM2M`"),
        ("ours", "`AddCognitoM2M`"),
    ];

    /// <summary>Formats the figures. A ratio is computed within each round; in brackets are the values that bound the middle half of the rounds.</summary>
    public string FormatTable()
    {
        var text = new StringBuilder("| API | requests per second | relative to no authentication | relative to a scheme that accepts every request |\n| --- | ---: | ---: | ---: |\n");
        foreach (var (name, description) in _rows)
        {
            var perSecond = ComputeMiddle(round => round[name]).Format("N0");
            text.Append(CultureInfo.InvariantCulture, $"| {description} | {perSecond} | {FormatRatio(name, "none")} | {FormatRatio(name, "accepting")} |\n");
        }

        var isMet = ComputeRatio("ours", "accepting").Median >= Promised;
        return text.Append(CultureInfo.InvariantCulture, $"\nWanted: `AddCognitoM2M` keeps at least {Promised:0.00} of what a scheme that accepts every request leaves: {(isMet ? "met" : "**missed**")}.\n").ToString();
    }

    private string FormatRatio(string name, string other) => name is "none" || name == other ? "" : ComputeRatio(name, other).Format("0.00");

    private Spread ComputeRatio(string name, string other) => ComputeMiddle(round => round[name] / round[other]);

    private Spread ComputeMiddle(Func<IReadOnlyDictionary<string, double>, double> compute)
    {
        double[] sorted = [.. rounds.Select(compute).Order()];
        var quarter = sorted.Length / 4;
        return new Spread(sorted[quarter..^quarter]);
    }
}
