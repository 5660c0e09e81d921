using CognitoM2M.Diagnostics;
using CognitoM2M.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace CognitoM2M.Benchmarks.Fleet;

/// <summary>A fleet that starts at once with nothing in its memories and nothing in the store, and then works for some lifetimes.</summary>
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
            Live(process, loop.Now + traffic.LivesFor(random));
        }

        void Live(SimulatedProcess process, TimeSpan endsAt)
        {
            process.Call();
            worstWait = process.WorstWait > worstWait ? process.WorstWait : worstWait;
            if (loop.Now < endsAt)
            {
                loop.Post(traffic.NextCallIn(random), () => Live(process, endsAt));
                return;
            }

            process.Dispose();
            StartProcess();
        }
    }
}

/// <summary>What a fleet cost.</summary>
/// <param name="Processes">How many there were at a time.</param>
/// <param name="Traffic">How they called.</param>
/// <param name="SharedTier">Whether they shared tokens.</param>
/// <param name="ColdRequests">Token requests within the first minute.</param>
/// <param name="RequestsPerLifetime">Token requests after that, for each lifetime of a token.</param>
/// <param name="WorstWaitMs">The longest that a call waited for its token.</param>
internal sealed record FleetResult(int Processes, string Traffic, bool SharedTier, int ColdRequests, double RequestsPerLifetime, double WorstWaitMs)
{
    private const double PricePerRequest = 0.00225;
    private static readonly TimeSpan _month = TimeSpan.FromHours(730);

    public double StoreOperationsPerLifetime { get; init; }

    public double DollarsPerMonth => RequestsPerLifetime * (_month / FleetSimulation.Lifetime) * PricePerRequest;
}
