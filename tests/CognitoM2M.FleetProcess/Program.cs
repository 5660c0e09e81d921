using System.Globalization;
using CognitoM2M.FleetProcess;

// One process of a fleet. It takes one order per line on standard input, and says when it has carried the order out.
await using var member = new FleetMember();
Console.WriteLine("started");
while (await Console.In.ReadLineAsync() is { } line)
{
    var order = line.Split(' ');
    Console.WriteLine(order[0] switch
    {
        "connect" => await member.ConnectAsync(socket: order[1], warmUpEndpoint: new Uri(order[2])),
        "prepare" => member.Prepare(endpoint: new Uri(order[1]), clientId: order[2], storeTimeout: Milliseconds(order[3])),
        "call" => await member.CallAsync(),
        "measure" => member.MeasureAgain(),
        "stop" => await member.StopAsync(),
        _ => throw new InvalidOperationException($"Unknown order '{line}'."),
    });
}

static TimeSpan Milliseconds(string text) => TimeSpan.FromMilliseconds(int.Parse(text, CultureInfo.InvariantCulture));
