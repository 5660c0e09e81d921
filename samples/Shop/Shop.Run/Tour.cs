using CognitoM2M.Emulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Shop.Run;

/// <summary>Runs the shop, lets things fail, and says where to look.</summary>
internal static class Tour
{
    /// <summary>The tour has three parts. Each part waits for two orders.</summary>
    public const int FewestOrders = 6;

    /// <summary>Runs until the API has so many orders, or until the run is stopped. Returns whether all went as it should.</summary>
    public static async Task<bool> RunAsync(int orders, CancellationToken stopped)
    {
        bool isGood;
        await using (var shop = await RunningShop.StartAsync())
        {
            Say("The shop runs. Open these addresses in a browser:");
            Say($"  {shop.Cognito.BaseAddress}  the page of the emulated Cognito: each token request as it happens");
            Say($"  {new Uri(shop.ApiAddress, "health")}  the health of the API");
            await CallWithoutTokenAsync(shop);

            try
            {
                await FailAsync(shop, stopped);
                await shop.Orders.WaitForAsync(orders, stopped);
            }
            catch (OperationCanceledException) when (stopped.IsCancellationRequested)
            {
                Say("Stopped.");
            }

            isGood = await SumUpAsync(shop);
            Say("At the end, OpenTelemetry shows what was measured: first the meter CognitoM2M of the worker, then CognitoM2M.Verification of the API.");
        }

        return isGood;
    }

    private static async Task CallWithoutTokenAsync(RunningShop shop)
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri(shop.ApiAddress, "orders"));
        Say($"A call without a token gets {(int)response.StatusCode}, and the header says what is missing: {response.Headers.WwwAuthenticate}");
    }

    private static async Task FailAsync(RunningShop shop, CancellationToken stopped)
    {
        Say("The worker starts. It places an order twice a second. Look for 'token obtained': it comes once, for all orders.");
        await shop.Worker.StartAsync(stopped);
        await shop.Orders.WaitForAsync(2, stopped);

        Say("Now the API answers one call with 503. The resilience handler sends the call again, with the same token.");
        shop.Hiccup.FailOnce();
        await shop.Orders.WaitForAsync(4, stopped);

        Say("Now Cognito is down. Calls go on with the token that is held.");
        shop.Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Status(503));
        await shop.Orders.WaitForAsync(FewestOrders, stopped);
        shop.Cognito.Faults.Clear(EmulatorEndpoint.Token);
        Say("Cognito is back.");
    }

    private static async Task<bool> SumUpAsync(RunningShop shop)
    {
        var placed = shop.Orders.List().Length;
        var requests = shop.Cognito.TokenRequests.Total;
        var worker = await shop.Worker.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        var api = await shop.Api.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Say($"{placed} orders were placed with {requests} token request(s). The worker is {worker.Status}, the API is {api.Status}.");
        return placed > 0 && requests == 1 && worker.Status == HealthStatus.Healthy && api.Status == HealthStatus.Healthy;
    }

    private static void Say(string line) => Console.WriteLine($"== {line}");
}
