using System.Runtime.InteropServices;
using System.Text.Json;
using CognitoM2M.Soak;

// Endurance: many callers, a Cognito that keeps failing, and promises that must hold all the time.
if (Arguments.TryParse(args) is not { } arguments)
{
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

if (arguments.JsonFileError() is { } error)
{
    Console.Error.WriteLine(error);
    return 2;
}

Console.WriteLine($"Seed {arguments.Seed}, {arguments.Duration.TotalMinutes} minutes.");
var promises = new Promises(arguments.Seed);
await using var world = await World.StartAsync(promises);
var callers = new Callers(world, promises);
using var probes = new Probes(promises);

// The API's host would take these for its own, and the rest go on.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Environment.Exit(130));
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Environment.Exit(143));
using var stop = new CancellationTokenSource();
var probing = new Thread(() => probes.Run(stop.Token)) { IsBackground = true, Name = "Probes" };
probing.Start();
var calling = callers.RunAsync(stop.Token);
var rejectionsOfUsable = 0;
var faults = await BreakThingsAsync();
await stop.CancelAsync();
await calling;
probing.Join();

foreach (var name in new[] { World.Steady, World.Misconfigured })
{
    // The longest pause after failures is a minute.
    if (!await callers.RecoversAsync(name, within: TimeSpan.FromSeconds(75)))
        promises.Break($"{name} did not recover within 75 s of the last fault.");
}

// One alone may find a renewal that has just failed, so that Cognito is left alone.
if (rejectionsOfUsable >= 5 && world.TokenRequests.Replaced == 0)
    promises.Break("no token was replaced, although the API rejected them.");
probes.Judge();
var (firstMemory, lastMemory) = probes.Memory;
var figures = new
{
    seed = arguments.Seed,
    minutes = arguments.Duration.TotalMinutes,
    faults = faults.Values.Sum(),
    faultsByName = faults,
    calls = callers.Calls,
    rejectedByApi = callers.Rejected,
    withoutToken = callers.WithoutToken,
    tokenRequests = world.TokenRequests.Requests,
    tokensIssued = world.TokenRequests.Issued,
    longestPoolDelayMs = (long)probes.LongestPoolDelay.TotalMilliseconds,
    liveKilobytesFirst = firstMemory / 1024,
    liveKilobytesLast = lastMemory / 1024,
    broken = promises.Broken,
};
var json = JsonSerializer.Serialize(figures, JsonOptions.Indented);
Console.WriteLine(json);
if (arguments.JsonFile is { } file)
    await File.WriteAllTextAsync(file, json);

if (promises.Broken == 0)
    return 0;
Console.Error.WriteLine($"{promises.Broken} promises broken; --seed {arguments.Seed} makes the same faults again.");
return 1;

async Task<SortedDictionary<string, int>> BreakThingsAsync()
{
    var script = new FaultScript(arguments.Seed);
    var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
    while (promises.Elapsed < arguments.Duration)
    {
        var fault = script.Next();
        counts[fault.Name] = counts.GetValueOrDefault(fault.Name) + 1;
        if (fault.Name == FaultScript.ApiRejects && world.EntryOf(World.Steady).IsUsable(promises.Elapsed, promises.Elapsed, TimeSpan.Zero))
            rejectionsOfUsable++;
        var mend = fault.Begin(world);
        await Task.Delay(fault.Lasts, TimeProvider.System);
        mend();
    }

    return counts;
}
