namespace CognitoM2M.Benchmarks.Fleet;

/// <summary>When the processes of a fleet call, and how long each process lives.</summary>
internal sealed record Traffic(string Name, Func<Random, TimeSpan> NextCallIn, Func<Random, TimeSpan> LivesFor)
{
    private static readonly TimeSpan _untilTheEnd = TimeSpan.FromDays(1000);

    public static IReadOnlyList<Traffic> All { get; } =
    [
        new("steady", random => TimeSpan.FromSeconds(20 + 20 * random.NextDouble()), _ => _untilTheEnd),
        // All processes call at the same moment, as scheduled jobs do.
        new("bursts", _ => TimeSpan.FromMinutes(10), _ => _untilTheEnd),
        // Processes live for a short time, as instances of functions do.
        new("scale-out", random => TimeSpan.FromSeconds(20 + 20 * random.NextDouble()), random => TimeSpan.FromMinutes(5 + 20 * random.NextDouble())),
    ];
}
