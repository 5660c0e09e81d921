using CognitoM2M.Diagnostics;
using CognitoM2M.Secrets;
using CognitoM2M.Settings;
using CognitoM2M.Time;
using CognitoM2M.TokenEndpoint;
using CognitoM2M.Tokens;

namespace CognitoM2M.Sharing;

/// <summary>
/// Looks for a token of another process before it asks Cognito, and lets the others have what it gets. One fetch at a time, as an
/// entry makes them.
/// </summary>
internal sealed class SharedTierFetcher(
    ITokenFetcher cognito, TokenEntryKey key, SharedStore store, TokenHttp http, Func<double> random, TokenTelemetry telemetry) : ITokenFetcher
{
    private static readonly TimeSpan _shortestPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan _longestPause = TimeSpan.FromMilliseconds(200);

    private readonly MonotonicClock _clock = http.Clock;
    private readonly SharedTokenRules _rules = new(http.Clock, random);
    private (string Secret, TokenShelf Shelf)? _shelf;

    public async Task<FetchOutcome> FetchAsync(FetchReason reason, AppClientSettings client, bool mayRepeat)
    {
        try
        {
            var fetch = new Fetch(reason, client, mayRepeat, store.Visit(client.DistributedCacheTimeout));
            if (reason is FetchReason.Rejected or FetchReason.Forced)
                _rules.RefuseHeld();

            return reason == FetchReason.Forced
                ? await AskAsync(fetch).ConfigureAwait(false)
                : await ObtainAsync(fetch, await ShelfAsync(client).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (SecretUnavailableException problem)
        {
            return TokenFailureFactory.NoSecret(problem);
        }
        catch (OperationCanceledException) when (http.Stopping.IsCancellationRequested)
        {
            return TokenFailure.Disposed;
        }
        catch (Exception error)
        {
            return TokenFailure.Unexpected(error);
        }
        finally
        {
            store.Settle();
        }
    }

    private async Task<FetchOutcome> ObtainAsync(Fetch fetch, TokenShelf shelf)
    {
        var contest = new ClaimContest(shelf, store, fetch.Visit, fetch.Client.DistributedCacheTimeout, _clock, http.Stopping);

        var found = await LookAsync(fetch, shelf).ConfigureAwait(false);
        // Not from before: a process that starts may need seconds for its first look, and so may the one that it waits for.
        var patienceEndsAt = _clock.Now + fetch.Client.AttemptTimeout * (store.IsSettled ? 1 : 2);
        while (found is null && !fetch.Visit.IsOver && !fetch.Visit.FollowsOutage && _clock.Now < patienceEndsAt)
        {
            if (await contest.TryWinAsync().ConfigureAwait(false))
            {
                // A former winner may have put its token there, and given its claim up, between the look and the contest.
                return await LookAsync(fetch, shelf).ConfigureAwait(false) is { } late
                    ? late
                    : await contest.HoldAsync(() => AskAsync(fetch)).ConfigureAwait(false);
            }

            found = await WaitAsync(fetch, shelf, contest, patienceEndsAt).ConfigureAwait(false);
        }

        return found ?? await AskAsync(fetch).ConfigureAwait(false);
    }

    /// <summary>Waits for the token of whoever has the claim; null if it does not come, or the claim goes.</summary>
    private async Task<IssuedToken?> WaitAsync(Fetch fetch, TokenShelf shelf, ClaimContest contest, TimeSpan patienceEndsAt)
    {
        var pause = _shortestPause;
        while (!fetch.Visit.IsOver && _clock.Now < patienceEndsAt)
        {
            await Task.Delay(pause * (0.5 + random()), _clock.TimeProvider, http.Stopping).ConfigureAwait(false);
            pause = pause * 2 < _longestPause ? pause * 2 : _longestPause;

            fetch.Visit.StartAnew();
            if (await LookAsync(fetch, shelf).ConfigureAwait(false) is { } found)
                return found;
            if (!await contest.IsClaimedAsync().ConfigureAwait(false))
                return null;
        }

        return null;
    }

    private async Task<IssuedToken?> LookAsync(Fetch fetch, TokenShelf shelf)
    {
        var lookedAt = _clock.Now;
        var shared = await shelf.ReadTokenAsync(fetch.Visit).ConfigureAwait(false);
        var taken = fetch.Visit.IsOver ? _rules.KeepUnseen(fetch.Reason)
            : shared is null ? null
            : _rules.Take(shared, fetch.Reason, lookedAt);

        if (taken is { Origin: TokenOrigin.SharedTier })
            telemetry.RequestSaved();
        return taken;
    }

    private async Task<FetchOutcome> AskAsync(Fetch fetch)
    {
        var outcome = await cognito.FetchAsync(fetch.Reason, fetch.Client, fetch.MayRepeat).ConfigureAwait(false);
        if (outcome.Token is not { } issued)
            return outcome;

        var isShared = await TryShareAsync(issued, fetch).ConfigureAwait(false);
        return _rules.Own(issued, isShared);
    }

    /// <summary>Lets the others have the token. Whatever goes wrong with that, this process has it.</summary>
    private async Task<bool> TryShareAsync(IssuedToken issued, Fetch fetch)
    {
        var life = SharedTierTiming.ShelfLife(issued.SentAt, issued.Lifetime, _clock.Now);
        if (life <= TimeSpan.Zero)
            return false;

        try
        {
            // The fetch may have found that there is a new secret, which names and seals the entry anew.
            var shelf = await ShelfAsync(fetch.Client).ConfigureAwait(false);
            await shelf.WriteTokenAsync(fetch.Visit, _rules.Share(issued), life).ConfigureAwait(false);
            return !fetch.Visit.IsOver;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private async ValueTask<TokenShelf> ShelfAsync(AppClientSettings client)
    {
        var secret = await client.Secret.GetAsync(new SecretRequest(_clock, client.AttemptTimeout, telemetry, http.Stopping)).ConfigureAwait(false);
        if (_shelf is not { } known || known.Secret != secret)
            _shelf = known = (secret, new TokenShelf(key, secret));
        return known.Shelf;
    }

    /// <summary>What one fetch goes by.</summary>
    private sealed record Fetch(FetchReason Reason, AppClientSettings Client, bool MayRepeat, StoreVisit Visit);
}
