using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using CognitoM2M.Benchmarks.Tenants;
using Perfolizer.Horology;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>Measures the cost of a call, beside the lowest possible cost and beside other libraries.</summary>
internal static class SpeedCommand
{
    // With the measurements that are not done in rounds, the whole command takes less than a minute.
    private static readonly TimeSpan _quickDuration = TimeSpan.FromSeconds(24);
    private const int QuickProcesses = 7;

    /// <summary>Measures all benchmarks in interleaved rounds, within a minute.</summary>
    public static async Task<int> RunQuickAsync(string[] args)
    {
        if (!JsonFile.TryParse(args, out var file))
            return 2;

        var start = Stopwatch.GetTimestamp();
        var costs = await MeasureAsync(_quickDuration, QuickProcesses);
        foreach (var (name, cost) in costs)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-22} {cost.NsPerOp,14:N1} ns {cost.BytesPerOp,10:N0} B"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(start).TotalSeconds:N0} s"));
        file?.Write(costs);
        return 0;
    }

    /// <summary>Measures all benchmarks in rounds, and then what cannot be measured in rounds.</summary>
    /// <param name="duration">The duration of the rounds.</param>
    /// <param name="processes">The number of new processes of each kind.</param>
    public static async Task<IReadOnlyDictionary<string, Cost>> MeasureAsync(TimeSpan duration, int processes)
    {
        var costs = new SortedDictionary<string, Cost>(StringComparer.Ordinal);
        await using (var suite = await Suite.CreateAsync())
        {
            Add(await Quick.MeasureAsync(suite.Benchmarks, duration * 0.8));
            Add(await Quick.MeasureAsync(suite.ColdBenchmarks, duration * 0.2));
        }

        // The cost that the bearer token policy adds to a pipeline of Azure.Core.
        costs["attach.azure"] = costs["azure.bearer"] - costs["azure.pipeline"];
        Add(Renewal.Measure());
        Add(await NewProcess.MeasureAsync(processes));
        Add(Weight.Measure());
        return costs;

        void Add(IReadOnlyDictionary<string, Cost> measured)
        {
            foreach (var (name, cost) in measured)
                costs[name] = cost;
        }
    }

    /// <summary>Measures the same operations with BenchmarkDotNet, as a check of the own measurement.</summary>
    public static int RunBenchmarkDotNet(string[] args)
    {
        if (args.Length > 0)
        {
            Console.Error.WriteLine("The command speed takes no options.");
            return 2;
        }

        var job = Job.Default.WithLaunchCount(1).WithWarmupCount(5).WithIterationCount(10).WithIterationTime(TimeInterval.FromMilliseconds(200));
        // BenchmarkDotNet looks for the project below the current folder.
        Environment.CurrentDirectory = Repository.Root;
        var summary = BenchmarkRunner.Run<DotNetBenchmarks>(ManualConfig.Create(DefaultConfig.Instance).AddJob(job));
        return summary.Reports.Length > 0 && summary.Reports.All(report => report.Success) ? 0 : 1;
    }
}
