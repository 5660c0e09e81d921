using CognitoM2M.Diagnostics;
using CognitoM2M.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace CognitoM2M.Benchmarks.Fleet;

/// <summary>
/// Simulates a fleet. All processes start at the same time without tokens, the store is empty, and the fleet runs for some token lifetimes.
/// </summary>
internal static class FleetSimulation
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private static readonly TimeSpan _start = TimeSpan.FromMinutes(1);

    public static FleetResult Run(int processes, Traffic traffic, bool sharedTier, int lifetimes)
    {
        var loop = new EventLoop();
        var random = new Random(processes);
        using var cognito = new SimulatedCognito(loop, random, Lifetime);
        using var http = new HttpClient(cognito) { Timeout = Timeout.InfiniteTimeSpan };
        using var instruments = new Instruments(NullLogger.Instance, meterFactory: null);
        var store = new SimulatedStore(loop, random);
        var client = new AppClientSettings("orders", new CognitoM2MClientOptions
        {
            Domain = "acme-m2m",
            Region = "eu-west-1",
            ClientId = "abc123",
            ClientSecret = "the1secret2of3the4whole5fleet",
            DistributedCache = sharedTier ? store : null,
        });

        var worstWait = TimeSpan.Zero;
        for (var i = 0; i < processes; i++)
            StartProcess();

        loop.RunUntil(_start);
        var cold = cognito.Requests;
        loop.RunUntil(_start + lifetimes * Lifetime);
        return new FleetResult(processes, traffic.Name, sharedTier, cold, (double)(cognito.Requests - cold) / lifetimes, worstWait.TotalMilliseconds)
        {
            StoreOperationsPerLifetime = (double)store.Operations / lifetimes,
        };

        void StartProcess()
        {
            var process = new SimulatedProcess(loop, client, http, instruments, random);
            CallAndContinue(process, loop.Now + traffic.LivesFor(random));
        }

        void CallAndContinue(SimulatedProcess process, TimeSpan endsAt)
        {
            process.Call();
            worstWait = process.WorstWait > worstWait ? process.WorstWait : worstWait;
            if (loop.Now < endsAt)
            {
                loop.Post(traffic.NextCallIn(random), () => CallAndContinue(process, endsAt));
                return;
            }

            process.Dispose();
            StartProcess();
        }
    }
}

/// <summary>The cost of a fleet.</summary>
/// <param name="Processes">The number of processes at a time.</param>
/// <param name="Traffic">The name of the traffic.</param>
/// <param name="SharedTier">Whether the processes shared tokens.</param>
/// <param name="ColdRequests">The token requests within the first minute.</param>
/// <param name="RequestsPerLifetime">The token requests after the first minute, per token lifetime.</param>
/// <param name="WorstWaitMs">The longest time that a call waited for its token, in milliseconds.</param>
internal sealed record FleetResult(int Processes, string Traffic, bool SharedTier, int ColdRequests, double RequestsPerLifetime, double WorstWaitMs)
{
    private const double UsdPerRequest = 0.00225;
    private static readonly TimeSpan _month = TimeSpan.FromHours(730);

    public double StoreOperationsPerLifetime { get; init; }

    public double DollarsPerMonth => RequestsPerLifetime * (_month / FleetSimulation.Lifetime) * UsdPerRequest;
}
