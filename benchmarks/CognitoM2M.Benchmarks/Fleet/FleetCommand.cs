using System.Globalization;

namespace CognitoM2M.Benchmarks.Fleet;

/// <summary>Prints the cost of fleets of several sizes, with and without the shared tier.</summary>
internal static class FleetCommand
{
    private static readonly int[] _sizes = [1, 10, 100, 1_000, 10_000];

    public static int Run(string[] args)
    {
        if (!JsonFile.TryParse(args, out var json))
            return 2;

        var results = new List<FleetResult>();
        Console.WriteLine("| processes | traffic | shared tier | cold requests | requests per lifetime | worst wait | dollars per month | store operations per lifetime |");
        Console.WriteLine("| ---: | --- | --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (var traffic in Traffic.All)
        {
            foreach (var processes in _sizes)
            {
                foreach (var sharedTier in (bool[])[false, true])
                {
                    // Large fleets need fewer lifetimes for the same precision.
                    var result = FleetSimulation.Run(processes, traffic, sharedTier, lifetimes: processes switch { >= 10_000 => 4, >= 1_000 => 10, _ => 20 });
                    results.Add(result);
                    Console.WriteLine(FormatRow(result));
                }
            }
        }

        json?.Write(results.Select(result => new
        {
            processes = result.Processes,
            traffic = result.Traffic,
            sharedTier = result.SharedTier,
            coldRequests = result.ColdRequests,
            requestsPerLifetime = result.RequestsPerLifetime,
            worstWaitMs = result.WorstWaitMs,
        }));
        return 0;
    }

    private static string FormatRow(FleetResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {result.Processes:N0} | {result.Traffic} | {(result.SharedTier ? "yes" : "no")} | {result.ColdRequests:N0} | {result.RequestsPerLifetime:N2} | {result.WorstWaitMs:N0} ms | {result.DollarsPerMonth:N2} | {result.StoreOperationsPerLifetime:N0} |");
}
