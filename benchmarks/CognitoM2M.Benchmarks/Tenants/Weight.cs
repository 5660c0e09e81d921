using CognitoM2M.Benchmarks.Speed;

namespace CognitoM2M.Benchmarks.Tenants;

/// <summary>What is held in memory for each of ten thousand.</summary>
internal static class Weight
{
    public const int Count = 10_000;

    // As many as an entry remembers tokens of.
    private const int FurtherRenewals = 8;

    private static readonly TimeSpan _lifetime = TimeSpan.FromHours(1);
    private static readonly CognitoTokenRequest[] _scopes = [.. Enumerable.Range(0, Count).Select(scope => new CognitoTokenRequest { Scopes = [$"orders/{scope}"] })];

    /// <summary>Ten thousand entries of one client, and those of ten thousand clients.</summary>
    public static IReadOnlyDictionary<string, Cost> Measure()
    {
        using var service = new SimulatedService(_lifetime);
        service.Call(["warm-up"]);
        var entry = OfEach(() => service.Call(["one"], readsValues: false, _scopes));
        return new Dictionary<string, Cost>(StringComparer.Ordinal)
        {
            ["memory.entry"] = new(null, entry),
            ["memory.tenant"] = new(null, OfEachTenant(readsValues: false)),
            ["memory.tenant.value"] = new(null, OfEachTenant(readsValues: true)),
        };
    }

    private static long OfEachTenant(bool readsValues)
    {
        using var service = new SimulatedService(_lifetime);
        string[] tenants = [.. Enumerable.Range(0, Count).Select(tenant => $"tenant-{tenant}")];
        service.Call(["warm-up"]);
        return OfEach(() =>
        {
            service.Call(tenants);
            for (var renewal = 0; renewal < FurtherRenewals; renewal++)
            {
                service.Loop.RunUntil(service.Loop.Now + _lifetime * 0.86);
                service.Call(tenants);
            }

            // Those before got the token that was about to be replaced.
            service.Call(tenants, readsValues);
        });
    }

    private static long OfEach(Action make)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        make();
        return (GC.GetTotalMemory(forceFullCollection: true) - before) / Count;
    }
}
