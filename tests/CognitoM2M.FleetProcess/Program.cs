using System.Diagnostics;
using System.Globalization;
using CognitoM2M;
using CognitoM2M.FleetProcess;

// One process of a fleet: waits for a line on standard input, then calls at a steady rate until the line "stop", and says how it went.
// Arguments: port of Redis, token endpoint, milliseconds between two calls.
var redisPort = int.Parse(args[0], CultureInfo.InvariantCulture);
var pause = TimeSpan.FromMilliseconds(int.Parse(args[2], CultureInfo.InvariantCulture));

using var redis = new RedisCache(redisPort);
using var client = new CognitoM2MClient(new CognitoM2MClientOptions
{
    TokenEndpoint = new Uri(args[1]),
    ClientId = "abc123",
    ClientSecret = "the1secret2of3the4whole5fleet",
    DistributedCache = redis,
});

Console.WriteLine("ready");
if (await Console.In.ReadLineAsync() is null)
    return;

var ended = Task.Run(ReadOrdersAsync);
var calls = 0;
var failures = 0;
var worst = TimeSpan.Zero;
while (!ended.IsCompleted)
{
    var startedAt = Stopwatch.GetTimestamp();
    try
    {
        await client.GetTokenAsync();
    }
    catch (CognitoTokenException failure)
    {
        failures++;
        Console.Error.WriteLine(failure.Message);
    }

    var took = Stopwatch.GetElapsedTime(startedAt);
    worst = took > worst ? took : worst;
    if (calls++ == 0)
        Console.WriteLine($"first {took.TotalMilliseconds:0}");
    if (calls % 10 == 0 && worst > TimeSpan.Zero)
    {
        Console.WriteLine($"worst {worst.TotalMilliseconds:0}");
        worst = TimeSpan.Zero;
    }

    await Task.WhenAny(ended, Task.Delay(pause, TimeProvider.System));
}

Console.WriteLine($"calls {calls}");
Console.WriteLine($"failures {failures}");

async Task ReadOrdersAsync()
{
    while (await Console.In.ReadLineAsync() is { } order and not "stop")
    {
        if (order == "ask")
            await client.GetTokenAsync(new CognitoTokenRequest { ForceRefresh = true });
        Console.WriteLine(order);
    }
}
