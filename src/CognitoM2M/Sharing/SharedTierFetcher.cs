using CognitoM2M.Diagnostics;
using CognitoM2M.Settings;
using CognitoM2M.Time;
using CognitoM2M.TokenEndpoint;
using CognitoM2M.Tokens;

namespace CognitoM2M.Sharing;

/// <summary>
/// Looks for another process's token in the store before it asks Cognito, and puts the tokens that it gets from Cognito into the store.
/// Runs one fetch at a time.
/// </summary>
internal sealed class SharedTierFetcher(
    TokenFetcher cognito, AppClientSettings settings, TokenEntryKey key, SharedStore store, TokenHttp http, Func<double> random, TokenTelemetry telemetry) : ITokenFetcher
{
    private static readonly TimeSpan _shortestPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan _longestPause = TimeSpan.FromMilliseconds(200);

    private readonly MonotonicClock _clock = http.Clock;
    private readonly SharedTokenRules _rules = new(http.Clock, random);
    private (string Secret, SharedEntrySlots Slots)? _slots;

    public Task<FetchOutcome> FetchAsync(FetchOrder order) => cognito.GuardAsync(order, async () =>
    {
        var secret = await cognito.GetSecretAsync().ConfigureAwait(false);
        var fetch = new Fetch(order, secret, store.StartSession(settings.Limits.DistributedCacheTimeout));
        if (order.NotThis is { } rejected)
            _rules.Reject(rejected.Value);

        return order.Reason == FetchReason.Forced
            ? await AskCognitoAsync(fetch).ConfigureAwait(false)
            : await FindOrAskAsync(fetch, FindSlots(secret)).ConfigureAwait(false);
    });

    private async Task<FetchOutcome> FindOrAskAsync(Fetch fetch, SharedEntrySlots slots)
    {
        var election = new LeaderElection(slots, fetch.Session, fetch.Order, _clock, http.Stopping);

        var found = await FindAsync(fetch, slots).ConfigureAwait(false);
        fetch.WaitsSince = _clock.Now;
        while (found is null && !fetch.Session.IsOver && MayWait(fetch))
        {
            if (await election.TryBecomeLeaderAsync().ConfigureAwait(false))
            {
                // A former leader may have put its token into the store and removed its lease after this process last looked for a token.
                return await FindAsync(fetch, slots).ConfigureAwait(false) is { } late
                    ? late
                    : await election.LeadAsync(() => AskCognitoAsync(fetch)).ConfigureAwait(false);
            }

            found = await WaitForLeaderAsync(fetch, slots, election).ConfigureAwait(false);
        }

        return found ?? await AskCognitoAsync(fetch).ConfigureAwait(false);
    }

    /// <summary>Waits for the leader's token; null if the leader gives up or dies, if the store fails, or if the time is up.</summary>
    private async Task<IssuedToken?> WaitForLeaderAsync(Fetch fetch, SharedEntrySlots slots, LeaderElection election)
    {
        var pause = _shortestPause;
        while (!fetch.Session.IsOver && MayWait(fetch))
        {
            await Task.Delay(pause * (0.5 + random()), _clock.TimeProvider, http.Stopping).ConfigureAwait(false);
            pause = pause * 2 < _longestPause ? pause * 2 : _longestPause;

            fetch.Session.RestartTimeout();
            if (await FindAsync(fetch, slots).ConfigureAwait(false) is { } found)
                return found;
            if (!await election.IsLeaseAliveAsync().ConfigureAwait(false))
                return null;
        }

        return null;
    }

    /// <summary>
    /// This process waits for the token request of another process as long as its own request may take, and up to a minute longer while the
    /// request of the leader waits for its turn.
    /// </summary>
    private bool MayWait(Fetch fetch)
    {
        var turnWait = fetch.Order.GetTurnWait(_clock.Now);
        var longer = turnWait < FetchOrder.LongestTurnWait ? turnWait : FetchOrder.LongestTurnWait;
        return _clock.Now < fetch.WaitsSince + settings.Limits.AttemptTimeout + longer;
    }

    private async Task<IssuedToken?> FindAsync(Fetch fetch, SharedEntrySlots slots)
    {
        var lookedAt = _clock.Now;
        var shared = await slots.ReadTokenAsync(fetch.Session).ConfigureAwait(false);
        var found = fetch.Session.IsOver ? _rules.KeepWithoutStore(fetch.Order)
            : shared is null ? null
            : _rules.Accept(shared, fetch.Order, lookedAt);

        if (found is { Origin: TokenOrigin.SharedTier })
            telemetry.RequestSaved();
        return found;
    }

    private async Task<FetchOutcome> AskCognitoAsync(Fetch fetch)
    {
        var (outcome, secret) = await cognito.FetchWithSecretAsync(fetch.Secret, fetch.Order).ConfigureAwait(false);
        if (outcome.Token is not { } issued)
            return outcome;

        // Cognito may have refused the first secret and accepted a newer one. The entries of another secret have other names and keys.
        var isShared = await ShareAsync(issued, fetch.Session, FindSlots(secret)).ConfigureAwait(false);
        return _rules.HoldOwn(issued, isShared);
    }

    /// <summary>Puts the token into the store.</summary>
    /// <returns>Whether other processes can find the token.</returns>
    private async Task<bool> ShareAsync(IssuedToken issued, StoreSession session, SharedEntrySlots slots)
    {
        var timeToLive = SharedTierTiming.GetTimeToLive(issued.SentAt, issued.Lifetime, _clock.Now);
        if (timeToLive <= TimeSpan.Zero)
            return false;

        session.RestartTimeout();
        await slots.WriteTokenAsync(session, _rules.CreateShared(issued), timeToLive).ConfigureAwait(false);
        return !session.IsOver;
    }

    private SharedEntrySlots FindSlots(string secret)
    {
        if (_slots is not { } known || known.Secret != secret)
            _slots = known = (secret, new SharedEntrySlots(key, secret));
        return known.Slots;
    }

    /// <summary>What one fetch needs.</summary>
    private sealed record Fetch(FetchOrder Order, string Secret, StoreSession Session)
    {
        /// <summary>Since when the fetch waits for another process.</summary>
        public TimeSpan WaitsSince { get; set; }

        public override string ToString() => nameof(Fetch);
    }
}
