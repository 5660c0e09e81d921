using CognitoM2M.Time;
using CognitoM2M.Tokens;

namespace CognitoM2M.Sharing;

/// <summary>
/// Elects the one process of a fleet that asks Cognito, on a store that can only be read and overwritten (Fischer's algorithm). A process
/// that finds no lease writes one and waits for a quiet period. If its lease is then still in the store, it was the last to write and
/// is the leader.
/// </summary>
/// <remarks>
/// Two processes can lead at once only if the store answers a read with an old value, as a lagging replica does, or if the leader gets no
/// processor for as long as a lease lasts. A process whose write took longer than the quiet period may have overwritten the lease of
/// a leader. Such a process does not lead at once: it waits until any other leader would have written a heartbeat.
/// </remarks>
/// <param name="slots">The entries in the store.</param>
/// <param name="session">The operations of the fetch on the store.</param>
/// <param name="order">The order of the fetch. The leader tells the others how long its request waits for its turn, and their orders take note of it.</param>
/// <param name="clock">The clock.</param>
/// <param name="stopping">Ends the waits when the provider is disposed.</param>
internal sealed class LeaderElection(SharedEntrySlots slots, StoreSession session, FetchOrder order, MonotonicClock clock, CancellationToken stopping)
{
    private Lease _own = Lease.Create();
    private Lease? _seen;
    private TimeSpan _seenAt;
    // The first lease that was seen of the present leader, and how much of its wait for its turn has been counted since then.
    private Lease? _followed;
    private TimeSpan _followedSince;
    private TimeSpan _counted;

    /// <summary>Whether this process is the leader now. If not, another process leads, or the session with the store is over.</summary>
    public async Task<bool> TryBecomeLeaderAsync()
    {
        var startedAt = clock.Now;
        if (await IsLeaseAliveAsync().ConfigureAwait(false) || session.IsOver)
            return false;
        // This process wrote its lease too late, and since then no other leader has overwritten the lease.
        if (_seen == _own)
            return true;
        // A lease written now would overwrite the lease of a process that is in time.
        if (IsLate())
            return false;

        _own = Lease.Create();
        await slots.WriteLeaseAsync(session, _own).ConfigureAwait(false);
        if (session.IsOver || IsLate())
            return false;

        await Task.Delay(SharedTierTiming.QuietPeriod, clock.TimeProvider, stopping).ConfigureAwait(false);
        return await slots.ReadLeaseAsync(session).ConfigureAwait(false) == _own;

        bool IsLate() => clock.Now - startedAt > SharedTierTiming.QuietPeriod;
    }

    /// <summary>Whether the store holds a lease whose heartbeats are recent, by this process's own clock.</summary>
    public async Task<bool> IsLeaseAliveAsync()
    {
        var lookedAt = clock.Now;
        var lease = await slots.ReadLeaseAsync(session).ConfigureAwait(false);
        if (lease != _seen)
        {
            AddTurnWait(lease);
            (_seen, _seenAt) = (lease, clock.Now);
        }

        return lease is not null && lookedAt - _seenAt < (lease == _own ? SharedTierTiming.LateLeaseWait : SharedTierTiming.LeaseDuration);
    }

    /// <summary>
    /// Does the work of the leader and writes heartbeats meanwhile. Then removes the lease, so that no process waits for this one if the
    /// work failed.
    /// </summary>
    public async Task<T> LeadAsync<T>(Func<Task<T>> work)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var heartbeats = WriteHeartbeatsAsync(done.Token);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            // Nobody waits for a heartbeat in flight: the store may have stopped answering.
#pragma warning disable CA1849, MA0042, VSTHRD103 // Cancel only ends the delay between two heartbeats. CancelAsync would use another thread for that.
            done.Cancel();
#pragma warning restore CA1849, MA0042, VSTHRD103
            _ = heartbeats;
            await slots.RemoveLeaseAsync(session).ConfigureAwait(false);
        }
    }

    /// <summary>A leader whose request waits for its turn is not slow. So this wait does not count towards the time for which this process waits for the leader.</summary>
    private void AddTurnWait(Lease? lease)
    {
        if (lease is null)
            return;
        if (lease.Id != _followed?.Id)
            (_followed, _followedSince, _counted) = (lease, clock.Now, TimeSpan.Zero);

        // The time that counts is at most the time that has passed on the clock of this process since it first saw this leader.
        var (waited, followedFor) = (lease.TurnWait - _followed.TurnWait, clock.Now - _followedSince);
        var counts = waited < followedFor ? waited : followedFor;
        if (counts > _counted)
        {
            order.AddTurnWait(counts - _counted);
            _counted = counts;
        }
    }

    private async Task WriteHeartbeatsAsync(CancellationToken done)
    {
        try
        {
            while (true)
            {
                await Task.Delay(SharedTierTiming.HeartbeatInterval, clock.TimeProvider, done).ConfigureAwait(false);
                _own = _own.AddHeartbeat(order.GetTurnWait(clock.Now));
                await slots.WriteLeaseAsync(session.StartAnother(), _own).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The work is done.
        }
    }
}
