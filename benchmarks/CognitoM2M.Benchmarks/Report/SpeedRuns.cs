using System.Text.Json;
using CognitoM2M.Benchmarks.Speed;

namespace CognitoM2M.Benchmarks.Report;

/// <summary>The figures of several runs, each in a process of its own. One run alone says little: code and memory lie differently in each process.</summary>
internal sealed class SpeedRuns
{
    private const int Count = 5;

    private readonly IReadOnlyList<IReadOnlyDictionary<string, Cost>> _runs;

    private SpeedRuns(IReadOnlyList<IReadOnlyDictionary<string, Cost>> runs)
    {
        _runs = runs;
        Medians = runs[0].Keys.ToDictionary(name => name, name => Cost.ComputeMedian([.. runs.Select(run => run[name])]), StringComparer.Ordinal);
    }

    /// <summary>The median of each figure.</summary>
    public IReadOnlyDictionary<string, Cost> Medians { get; }

    public static async Task<SpeedRuns> MeasureAsync()
    {
        var runs = new List<IReadOnlyDictionary<string, Cost>>();
        for (var i = 0; i < Count; i++)
            runs.Add(await MeasureOnceAsync());
        return new SpeedRuns(runs);
    }

    /// <summary>Computes a figure from each run.</summary>
    public Spread Compute(Func<IReadOnlyDictionary<string, Cost>, double> compute) => new([.. _runs.Select(compute).Order()]);

    private static async Task<IReadOnlyDictionary<string, Cost>> MeasureOnceAsync()
    {
        var file = Path.GetTempFileName();
        try
        {
            await OwnProcess.ReadAsync("--quick", "--json", file);
            return JsonSerializer.Deserialize<Dictionary<string, Cost>>(await File.ReadAllTextAsync(file), JsonSerializerOptions.Web)!;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
