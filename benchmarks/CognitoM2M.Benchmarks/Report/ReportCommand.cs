using CognitoM2M.Benchmarks.Speed;

namespace CognitoM2M.Benchmarks.Report;

/// <summary>
/// Measures every number of docs/performance.md again, and writes the tables, the chart and the JSON into the repository.
/// </summary>
internal static class ReportCommand
{
    private const int Processes = 25;

    private static readonly TimeSpan _rounds = TimeSpan.FromSeconds(90);

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ([] or ["speed"] or ["endurance"]))
        {
            Console.Error.WriteLine("The command report takes one argument, speed or endurance, or none for both.");
            return 2;
        }

        if (args is not ["endurance"])
            await MeasureSpeedAsync();
        return args is ["speed"] || await MeasureEnduranceAsync() ? 0 : 1;
    }

    private static async Task MeasureSpeedAsync()
    {
        var costs = await SpeedCommand.MeasureAsync(_rounds, Processes);
        PerformancePage.WriteFile("performance.json", JsonFile.Serialize(costs.ToDictionary(cost => cost.Key, cost => cost.Value.Round(), StringComparer.Ordinal)));
        PerformancePage.WriteFile("performance.svg", Chart.Draw(costs));
        PerformancePage.Replace("figures", SpeedFigures.Format(costs));
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
