using CognitoM2M.Benchmarks.Requests;

namespace CognitoM2M.Benchmarks.Report;

/// <summary>
/// Measures every number of docs/performance.md again, and writes the tables, the chart and the JSON into the repository.
/// </summary>
internal static class ReportCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ([] or ["speed"] or ["throughput"] or ["endurance"]))
        {
            Console.Error.WriteLine("The command report takes one argument, speed, throughput or endurance, or none for all.");
            return 2;
        }

        if (args is [] or ["speed"])
            await MeasureSpeedAsync();
        if (args is [] or ["throughput"])
            PerformancePage.Replace("throughput", new ThroughputFigures(await Throughput.MeasureAsync()).FormatTable());
        return args is ["speed"] or ["throughput"] || await MeasureEnduranceAsync() ? 0 : 1;
    }

    private static async Task MeasureSpeedAsync()
    {
        var runs = await SpeedRuns.MeasureAsync();
        PerformancePage.WriteFile(
            "performance.json", JsonFile.Serialize(runs.Medians.ToDictionary(cost => cost.Key, cost => cost.Value.Round(), StringComparer.Ordinal)));
        PerformancePage.WriteFile("performance.svg", Chart.Draw(runs.Medians));
        PerformancePage.Replace("figures", SpeedFigures.Format(runs));
    }

    /// <returns>False if a promise was broken (the page is written too), or if a run ended without figures.</returns>
    private static async Task<bool> MeasureEnduranceAsync()
    {
        try
        {
            var runs = await Endurance.RunAsync();
            PerformancePage.Replace("endurance", Endurance.FormatTable(runs));
            return runs.All(run => run.Broken == 0);
        }
        catch (SoakFailedException failure)
        {
            Console.Error.WriteLine(failure.Message);
            return false;
        }
    }
}
