using System.Runtime.InteropServices;
using System.Text.Json;
using CognitoM2M.Soak;

// The endurance test: many callers, a Cognito that fails all the time, and promises that must always hold.
if (Arguments.TryParse(args) is not { } arguments)
{
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

if (arguments.FindJsonFileError() is { } error)
{
    Console.Error.WriteLine(error);
    return 2;
}

Console.WriteLine($"Seed {arguments.Seed}, {arguments.Duration.TotalMinutes} minutes.");
var promises = new Promises(arguments.Seed);
await using var world = await World.StartAsync(promises);
var callers = new Callers(world, promises);
using var probes = new Probes(promises);

// Without these handlers, the host of the API would handle the signals, and the rest of the process would go on.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Environment.Exit(130));
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Environment.Exit(143));
using var stop = new CancellationTokenSource();
var probing = new Thread(() => probes.Run(stop.Token)) { IsBackground = true, Name = "Probes" };
probing.Start();
var calling = callers.RunAsync(stop.Token);
var rejectionsOfUsable = 0;
var faults = await RunFaultsAsync();
await stop.CancelAsync();
await calling;
probing.Join();

foreach (var name in new[] { World.Steady, World.Misconfigured })
{
    // The longest back-off is 60 s.
    if (!await callers.WaitForRecoveryAsync(name, within: TimeSpan.FromSeconds(75)))
        promises.Break($"{name} did not recover within 75 s of the last fault.");
}

// A single rejection may come just after a renewal that failed. Then the back-off prevents the replacement.
if (rejectionsOfUsable >= 5 && world.TokenRequests.Replaced == 0)
    promises.Break("no token was replaced although the API rejected tokens.");
probes.Check();
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
Console.Error.WriteLine($"{promises.Broken} promises broken. Run again with --seed {arguments.Seed} to repeat the same faults.");
return 1;

async Task<SortedDictionary<string, int>> RunFaultsAsync()
{
    var script = new FaultScript(arguments.Seed);
    var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
    while (promises.Elapsed < arguments.Duration)
    {
        var fault = script.Next();
        counts[fault.Name] = counts.GetValueOrDefault(fault.Name) + 1;
        if (fault.Name == FaultScript.ApiRejects && world.GetEntry(World.Steady).IsUsable(promises.Elapsed, promises.Elapsed, TimeSpan.Zero))
            rejectionsOfUsable++;
        var end = fault.Begin(world);
        await Task.Delay(fault.Duration, TimeProvider.System);
        end();
    }

    return counts;
}
