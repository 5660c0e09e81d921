using System.Globalization;

namespace CognitoM2M.Benchmarks.Tenants;

/// <summary>Measures the memory of ten thousand clients, and how their renewals are spread, in simulated time.</summary>
internal static class TenantsCommand
{
    private static readonly TimeSpan _lifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan _step = TimeSpan.FromSeconds(10);

    public static int Run(string[] args)
    {
        if (!JsonFile.TryParse(args, out var json))
            return 2;

        var bytes = (long)Weight.Measure()["memory.tenant"].BytesPerOp!.Value;
        var mostAtOnce = FindMostRenewalsInAStep();
        Print($"{Weight.Count:N0} tenants, tokens of {TenantCognito.TokenLength:N0} characters: {bytes:N0} bytes per tenant");
        Print($"most renewals within {_step.TotalSeconds} seconds: {mostAtOnce:N0}");
        json?.Write(new { tenants = Weight.Count, tokenCharacters = TenantCognito.TokenLength, bytesPerTenant = bytes, mostRenewalsInTenSeconds = mostAtOnce });
        return 0;
    }

    private static int FindMostRenewalsInAStep()
    {
        using var service = new SimulatedService(_lifetime);
        string[] tenants = [.. Enumerable.Range(0, Weight.Count).Select(tenant => $"tenant-{tenant}")];
        service.Call(tenants);
        var most = 0;
        for (var end = service.Loop.Now + _lifetime * 0.9; service.Loop.Now < end;)
        {
            service.Loop.RunUntil(service.Loop.Now + _step);
            var requests = service.TokenRequests;
            service.Call(tenants);
            most = Math.Max(most, service.TokenRequests - requests);
        }

        return most;
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
