using System.Globalization;
using System.Runtime.InteropServices;
using Shop.Run;

// Starts an emulated Cognito, the API and the worker in one process, and shows what happens between them.
//   dotnet run --project samples/Shop/Shop.Run                 until Ctrl+C
//   dotnet run --project samples/Shop/Shop.Run -- --orders 12  until the API has 12 orders
var orders = args switch
{
    [] => int.MaxValue,
    ["--orders", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= Tour.FewestOrders => count,
    _ => 0,
};
if (orders == 0)
{
    await Console.Error.WriteLineAsync($"Usage: Shop.Run [--orders N], where N is at least {Tour.FewestOrders}.");
    return 2;
}

using var stopped = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

return await Tour.RunAsync(orders, stopped.Token) ? 0 : 1;

// The hosts stop in order, and the metrics are shown.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopped.Cancel();
}
