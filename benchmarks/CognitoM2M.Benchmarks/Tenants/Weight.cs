using CognitoM2M.Benchmarks.Speed;

namespace CognitoM2M.Benchmarks.Tenants;

/// <summary>Measures the memory that one cache entry and one client hold.</summary>
internal static class Weight
{
    public const int Count = 10_000;

    // As many tokens as an entry remembers.
    private const int FurtherRenewals = 8;

    private static readonly TimeSpan _lifetime = TimeSpan.FromHours(1);
    private static readonly CognitoTokenRequest[] _scopes = [.. Enumerable.Range(0, Count).Select(scope => new CognitoTokenRequest { Scopes = [$"orders/{scope}"] })];

    /// <summary>Measures ten thousand entries of one client, and one entry of each of ten thousand clients.</summary>
    public static IReadOnlyDictionary<string, Cost> Measure()
    {
        using var service = new SimulatedService(_lifetime);
        service.Call(["warm-up"]);
        var entry = MeasureEach(() => service.Call(["one"], readsValues: false, _scopes));
        return new Dictionary<string, Cost>(StringComparer.Ordinal)
        {
            ["memory.entry"] = new(null, entry),
            ["memory.tenant"] = new(null, MeasureTenant(readsValues: false)),
            ["memory.tenant.value"] = new(null, MeasureTenant(readsValues: true)),
        };
    }

    private static long MeasureTenant(bool readsValues)
    {
        using var service = new SimulatedService(_lifetime);
        string[] tenants = [.. Enumerable.Range(0, Count).Select(tenant => $"tenant-{tenant}")];
        service.Call(["warm-up"]);
        return MeasureEach(() =>
        {
            service.Call(tenants);
            for (var renewal = 0; renewal < FurtherRenewals; renewal++)
            {
                service.Loop.RunUntil(service.Loop.Now + _lifetime * 0.86);
                service.Call(tenants);
            }

            // The last calls started renewals and still got the old tokens. These calls get the new ones.
            service.Call(tenants, readsValues);
        });
    }

    private static long MeasureEach(Action make)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        make();
        return (GC.GetTotalMemory(forceFullCollection: true) - before) / Count;
    }
}
