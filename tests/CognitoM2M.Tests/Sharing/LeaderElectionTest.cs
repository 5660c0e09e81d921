using CognitoM2M.Sharing;
using CognitoM2M.Tokens;

namespace CognitoM2M.Tests.Sharing;

/// <summary>A test of processes that elect a leader in one store.</summary>
public abstract class LeaderElectionTest : IDisposable
{
    private protected StoreBench Bench { get; } = new();

    private protected SharedEntrySlots Slots { get; } = new(StoreBench.Key, "secret");

    public void Dispose()
    {
        Bench.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected LeaderElection CreateCandidate(FetchOrder? order = null, CancellationToken stopping = default) =>
        new(Slots, Bench.CreateUsedStore().StartSession(TimeSpan.FromSeconds(10)), order ?? new FetchOrder(FetchReason.Cold), Bench.Monotonic, stopping);

    private protected Task<bool> LeadAsync(LeaderElection candidate)
    {
        var leading = Bench.Run(candidate.TryBecomeLeaderAsync);
        Bench.Advance(100);
        return leading;
    }
}
