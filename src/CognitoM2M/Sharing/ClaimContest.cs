using CognitoM2M.Time;

namespace CognitoM2M.Sharing;

/// <summary>
/// Finds the one process of a fleet that asks Cognito, on a store that can only be read and overwritten (Fischer's algorithm): whoever
/// sees no claim writes one, lets a quiet period pass, and has won if its claim still stands, for the last writer is the one.
/// </summary>
/// <remarks>
/// Two win only if the store answers reads with what is no longer so, as replicas may. That a write arrives later than its quiet
/// period is noticed by the writer itself: another may have won meanwhile, and have been overwritten. It then waits like all the others,
/// and has won only if its claim stands for so long that any other winner would have shown that it lives.
/// </remarks>
internal sealed class ClaimContest(TokenShelf shelf, SharedStore store, StoreVisit visit, TimeSpan timeout, MonotonicClock clock, CancellationToken stopping)
{
    private Claim _mine = Claim.New();
    private Claim? _seen;
    private TimeSpan _seenAt;

    /// <summary>Whether this process is the one. If not, another is, or the visit is over.</summary>
    public async Task<bool> TryWinAsync()
    {
        var begunAt = clock.Now;
        if (await IsClaimedAsync().ConfigureAwait(false) || visit.IsOver)
            return false;
        if (_seen == _mine)
            return true;
        // To write now would only spoil the claim of one who is in time.
        if (IsLate())
            return false;

        _mine = Claim.New();
        await shelf.WriteClaimAsync(visit, _mine).ConfigureAwait(false);
        if (visit.IsOver || IsLate())
            return false;

        await Task.Delay(SharedTierTiming.QuietPeriod, clock.TimeProvider, stopping).ConfigureAwait(false);
        return await shelf.ReadClaimAsync(visit).ConfigureAwait(false) == _mine;

        bool IsLate() => clock.Now - begunAt > SharedTierTiming.QuietPeriod;
    }

    /// <summary>Whether a claim stands that shows signs of life, judged by this process's own clock.</summary>
    public async Task<bool> IsClaimedAsync()
    {
        var lookedAt = clock.Now;
        var claim = await shelf.ReadClaimAsync(visit).ConfigureAwait(false);
        if (claim != _seen)
            (_seen, _seenAt) = (claim, clock.Now);
        return claim is not null && lookedAt - _seenAt < (claim == _mine ? SharedTierTiming.LateClaimWait : SharedTierTiming.ClaimLife);
    }

    /// <summary>Does the work with signs of life all the while, then gives the claim up, so that nobody waits if the work failed.</summary>
    public async Task<T> HoldAsync<T>(Func<Task<T>> work)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var beating = BeatAsync(done.Token);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            // A beat under way is not waited for: the store may just have stopped to answer.
#pragma warning disable CA1849, MA0042, VSTHRD103 // Only ends the delay between two beats; going to another thread for that would cost more.
            done.Cancel();
#pragma warning restore CA1849, MA0042, VSTHRD103
            _ = beating;
            await shelf.RemoveClaimAsync(visit).ConfigureAwait(false);
        }
    }

    private async Task BeatAsync(CancellationToken done)
    {
        try
        {
            while (true)
            {
                await Task.Delay(SharedTierTiming.Heartbeat, clock.TimeProvider, done).ConfigureAwait(false);
                _mine = _mine.Next();
                await shelf.WriteClaimAsync(store.Visit(timeout), _mine).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Done.
        }
    }
}
