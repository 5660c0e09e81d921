using CognitoM2M.Benchmarks.Speed;

namespace CognitoM2M.Benchmarks.Report;

/// <summary>Makes every number of docs/performance.md again: measures, and writes tables, chart and JSON into the repository.</summary>
internal static class ReportCommand
{
    private const int Processes = 25;

    private static readonly TimeSpan _rounds = TimeSpan.FromSeconds(90);

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ([] or ["speed"] or ["endurance"]))
        {
            Console.Error.WriteLine("It takes speed or endurance, or nothing for both.");
            return 2;
        }

        if (args is not ["endurance"])
            await MeasureSpeedAsync();
        return args is ["speed"] || await MeasureEnduranceAsync() ? 0 : 1;
    }

    private static async Task MeasureSpeedAsync()
    {
        var costs = await SpeedCommand.MeasureAsync(_rounds, Processes);
        PerformancePage.WriteFile("performance.json", JsonFile.Text(costs.ToDictionary(cost => cost.Key, cost => cost.Value.Rounded(), StringComparer.Ordinal)));
        PerformancePage.WriteFile("performance.svg", Chart.Of(costs));
        PerformancePage.Replace("figures", SpeedFigures.Of(costs));
    }

    /// <summary>False if a promise was broken; the page is written all the same. Or if a run came to no end.</summary>
    private static async Task<bool> MeasureEnduranceAsync()
    {
        try
        {
            var runs = await Endurance.RunAsync();
            PerformancePage.Replace("endurance", Endurance.TableOf(runs));
            return runs.All(run => run.Broken == 0);
        }
        catch (SoakFailedException failure)
        {
            Console.Error.WriteLine(failure.Message);
            return false;
        }
    }
}
