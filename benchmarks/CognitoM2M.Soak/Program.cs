using System.Text.Json;
using CognitoM2M.Soak;

// Endurance: many callers, a Cognito that keeps failing, and promises that must hold all the time.
if (Arguments.TryParse(args) is not { } arguments)
{
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

Console.WriteLine($"Seed {arguments.Seed}, {arguments.Duration.TotalMinutes} minutes.");
var promises = new Promises();
await using var world = await World.StartAsync(promises);
var script = new FaultScript(world, new Random(arguments.Seed), promises);
var callers = new Callers(world, script, promises);
using var probes = new Probes(promises);

using var stop = new CancellationTokenSource();
var probing = new Thread(() => probes.Run(stop.Token)) { IsBackground = true, Name = "Probes" };
probing.Start();
var calling = callers.RunAsync(stop.Token);
await script.RunAsync(arguments.Duration);
await stop.CancelAsync();
await calling;
probing.Join();

foreach (var name in new[] { World.Steady, World.Misconfigured })
{
    // The longest pause after failures is a minute.
    if (!await callers.RecoversAsync(name, TimeSpan.FromSeconds(75)))
        promises.Break($"{name} did not recover within 75 s of the last fault.");
}

probes.Judge();
var (firstMemory, lastMemory) = probes.Memory;
var figures = new
{
    seed = arguments.Seed,
    minutes = arguments.Duration.TotalMinutes,
    faults = script.Faults,
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
