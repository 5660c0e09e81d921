namespace CognitoM2M.Benchmarks.Fleet;

/// <summary>When the processes of a fleet call, and how long each of them lives.</summary>
internal sealed record Traffic(string Name, Func<Random, TimeSpan> NextCallIn, Func<Random, TimeSpan> LivesFor)
{
    private static readonly TimeSpan _forEver = TimeSpan.FromDays(1000);

    public static IReadOnlyList<Traffic> All { get; } =
    [
        new("steady", random => TimeSpan.FromSeconds(20 + 20 * random.NextDouble()), _ => _forEver),
        // All at the same moment, as scheduled jobs do.
        new("bursts", _ => TimeSpan.FromMinutes(10), _ => _forEver),
        // Instances that come and go, as functions do.
        new("scale-out", random => TimeSpan.FromSeconds(20 + 20 * random.NextDouble()), random => TimeSpan.FromMinutes(5 + 20 * random.NextDouble())),
    ];
}
