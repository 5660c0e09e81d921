using System.Diagnostics;
using CognitoM2M.Diagnostics;
using CognitoM2M.Settings;
using CognitoM2M.Time;
using CognitoM2M.Tokens;

namespace CognitoM2M.Cache;

/// <summary>
/// One token and its future: hands it out while it is good, has it renewed in the background when due, lets callers wait for one
/// shared fetch when there is none, and leaves Cognito alone for a while after a failure.
/// </summary>
/// <remarks>
/// An entry that takes the place of another because there is a new secret falls back on that one's token while its own secret brings
/// none, because it was mistyped or Cognito does not know it yet: the token is as good as ever.
/// </remarks>
internal sealed class TokenEntry(
    ITokenFetcher fetcher, MonotonicClock clock, Func<double> random, TokenTelemetry telemetry, IBackgroundWork? background = null, TokenEntry? former = null)
{
    /// <summary>How often an API that answers 401 to everything can make this entry ask Cognito.</summary>
    private static readonly TimeSpan _replacementInterval = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly IBackgroundWork _background = background ?? ThreadPoolWork.Instance;
    private volatile HeldToken? _held;
    private volatile RecentDigests _issued = RecentDigests.None;
    // Kept until this one has a token of its own. One with no token that asks for none has nothing to give; the fetch is looked at first,
    // because the token is there before it counts as ended.
    private volatile TokenEntry? _former = FirstOf(former, entry => entry.Fetching is not null || entry.Held is not null);
    private SharedFetch? _fetch;
    private TokenFailure? _failure;
    private int _failures;
    private bool _failedWithoutToken;
    private bool _owesReplacement;
    private TimeSpan _retryAt = TimeSpan.MinValue;
    private TimeSpan _nextReplacementAt = TimeSpan.MinValue;

    /// <summary>The token while nothing needs doing about it; read without a lock.</summary>
    public HeldToken? Fresh => _held is { } held && clock.Now < held.RenewAt ? held : null;

    /// <summary>The token while it can be used.</summary>
    public HeldToken? Held => UsableAt(clock.Now);

    /// <summary>Authorization headers made here: a request that carries one of them does not carry a caller's own.</summary>
    public RecentDigests Issued => _issued;

    /// <summary>The fetch under way, if any.</summary>
    internal Task? Fetching
    {
        get
        {
            lock (_gate)
                return _fetch?.Completion;
        }
    }

    /// <summary>A usable token: the held one at once, else that of the shared fetch.</summary>
    public ValueTask<HeldToken> GetAsync(AppClientSettings client, CancellationToken cancellationToken) =>
        HeldOrFetch(client, callerBlocks: false, cancellationToken, out var fetch) is { } held
            ? new ValueTask<HeldToken>(ServedHeld(held, client))
            : new ValueTask<HeldToken>(WaitAsync(fetch!, client, cancellationToken));

    /// <summary>The same for synchronous callers, who wait on the fetch itself, so that waking up takes no thread but their own.</summary>
    public HeldToken Get(AppClientSettings client, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (HeldOrFetch(client, callerBlocks: true, cancellationToken, out var fetch) is { } held)
                return ServedHeld(held, client);

            telemetry.CallerWaits(client.ClientName);
#pragma warning disable VSTHRD002 // The caller is synchronous.
            var result = fetch!.Completion.Wait(fetch.Patience, cancellationToken) ? fetch.Completion.Result : null;
#pragma warning restore VSTHRD002
            if (TokenOf(fetch, result, client) is { } fetched)
                return fetched;
        }
    }

    /// <summary>A token newer than any held now.</summary>
    public async ValueTask<HeldToken> RefreshAsync(AppClientSettings client, CancellationToken cancellationToken)
    {
        SharedFetch fetch;
        lock (_gate)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var now = clock.Now;
            if (_fetch is null && now < _retryAt)
                throw _failure!.ToException(client.ClientName, _retryAt - now);
            fetch = _fetch ?? StartFetch(FetchReason.Forced, client, now);
        }

        var result = await fetch.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
        return Served(result, client) ?? throw result.Failure!.ToException(client.ClientName, result.RetryAfter);
    }

    /// <summary>
    /// Another token in place of one that the API answered 401 to; null if none can be had now. The rejected one stays until then,
    /// because an API can be wrong, and other callers must not wait for its sake.
    /// </summary>
    public async ValueTask<HeldToken?> ReplaceAsync(HeldToken rejected, AppClientSettings client, string host, CancellationToken cancellationToken)
    {
        SharedFetch? fetch;
        HeldToken? newer = null;
        var starts = false;
        lock (_gate)
        {
            var now = clock.Now;
            fetch = _fetch;
            if (!ReferenceEquals(_held?.Token, rejected.Token))
                newer = UsableAt(now);

            starts = newer is null && fetch is null && now >= _retryAt && now >= _nextReplacementAt;
            if (starts)
                fetch = StartFetch(FetchReason.Rejected, client, now);
        }

        telemetry.TokenRejected(client.ClientName, host, starts);
        return newer is not null || fetch is null
            ? newer
            : Served(await fetch.Completion.WaitAsync(cancellationToken).ConfigureAwait(false), client);
    }

    /// <summary>How this entry stands, for those who watch.</summary>
    public ClientStatus StatusOf(string clientName)
    {
        lock (_gate)
        {
            var now = clock.Now;
            var held = UsableAt(now);
            var remaining = held is null ? TimeSpan.Zero : held.Token.ExpiresAt - clock.TimeProvider.GetUtcNow();
            var backOff = _failure is null ? TimeSpan.Zero : _retryAt - now;
            return new ClientStatus(
                clientName, held is not null, NotNegative(remaining), NotNegative(backOff), _failure?.Error);
        }
    }

    private static TimeSpan NotNegative(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;

    private static TokenEntry? FirstOf(TokenEntry? former, Predicate<TokenEntry> matters)
    {
        while (former is not null && !matters(former))
            former = former._former;
        return former;
    }

    /// <summary>Of the tokens of this one and of those before it, the one that can be used longest.</summary>
    private HeldToken? LongestHeld()
    {
        HeldToken? longest = null;
        for (var entry = this; entry is not null; entry = entry._former)
        {
            if (entry.Held is { } held && (longest is null || held.UnusableAt > longest.UnusableAt))
                longest = held;
        }

        return longest;
    }

    private HeldToken? UsableAt(TimeSpan now) => _held is { } held && now < held.UnusableAt ? held : null;

    // A renewal makes a single attempt. Once the token is gone, callers wait on the outcome, so the first of them may try again at
    // once, unless the server asked to be left alone.
    private bool DeservesOneMoreTry() => _failure is { IsTransient: true, RetryAfter: null } && !_failedWithoutToken;

    private HeldToken? HeldOrFetch(AppClientSettings client, bool callerBlocks, CancellationToken cancellationToken, out SharedFetch? fetch)
    {
        lock (_gate)
        {
            fetch = null;
            var now = clock.Now;
            if ((UsableAt(now) ?? (_failure is null ? null : FallBack(now))) is { } held)
            {
                if (now >= held.RenewAt && now >= _retryAt && _fetch is null)
                    StartFetch(FetchReason.Renewal, client, now);
                return held;
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (_fetch is null && now < _retryAt && !DeservesOneMoreTry())
                throw _failure!.ToException(client.ClientName, _retryAt - now);
            fetch = _fetch ?? StartFetch(FetchReason.Cold, client, now, callerBlocks);
            return null;
        }
    }

    private async Task<HeldToken> WaitAsync(SharedFetch fetch, AppClientSettings client, CancellationToken cancellationToken)
    {
        telemetry.CallerWaits(client.ClientName);
        FetchResult? result = null;
        try
        {
            result = await fetch.Completion.WaitAsync(fetch.Patience, clock.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Its attempt goes on; the next caller may find the token.
        }

        return TokenOf(fetch, result, client) ?? await GetAsync(client, cancellationToken).ConfigureAwait(false);
    }

    private HeldToken ServedHeld(HeldToken held, AppClientSettings client)
    {
        telemetry.CallerServed(client.ClientName, TokenOrigin.Memory);
        return held;
    }

    private HeldToken? Served(FetchResult result, AppClientSettings client)
    {
        if (result.Token is not null)
            telemetry.CallerServed(client.ClientName, result.Origin);
        return result.Token;
    }

    /// <summary>What a caller takes from a fetch: its token, its failure, or null to ask once more.</summary>
    private HeldToken? TokenOf(SharedFetch fetch, FetchResult? result, AppClientSettings client) =>
        result is null ? throw fetch.FormerFailure!.ToException(client.ClientName, TimeSpan.Zero)
        : Served(result, client) is { } held ? held
        : fetch.StartedWithToken || result.FellBack ? null
        : throw result.Failure!.ToException(client.ClientName, result.RetryAfter);

    /// <summary>Starts the one fetch; call it with the gate held. The fetch belongs to no caller: no cancellation of theirs ends it.</summary>
    private SharedFetch StartFetch(FetchReason reason, AppClientSettings client, TimeSpan now, bool callerBlocks = false)
    {
        var held = UsableAt(now);
        var fetch = _fetch = new SharedFetch(reason, client, held, Activity.Current?.Context ?? default)
        {
            MayRepeat = held is null && _failures == 0,
            FormerFailure = held is null && _failedWithoutToken ? _failure : null,
        };

        // One caller has noticed that it is due; the others need not.
        if (held is not null)
            _held = held.DueAt(held.UnusableAt);

        // Never on this thread, so that no part of it runs under the gate. The pool may be full of callers like the one that blocks.
        if (callerBlocks)
            new Thread(() => _ = RunAsync(fetch)) { IsBackground = true, Name = "CognitoM2M token fetch" }.UnsafeStart();
        else
            _background.Start(() => RunAsync(fetch));
        return fetch;
    }

    private async Task RunAsync(SharedFetch fetch)
    {
        FetchResult? result = null;
        try
        {
            using var activity = telemetry.StartFetch(fetch.Reason, fetch.Caller);
            var outcome = await fetcher.FetchAsync(fetch.Reason, fetch.Client, fetch.MayRepeat).ConfigureAwait(false);
            result = Record(fetch, outcome);
            telemetry.FetchEnded(activity, fetch.Reason, result.Token?.Token, result.Origin, result.Failure, result.RetryAfter, fetch.HeldAtStart?.Token, result.FellBack);
        }
        catch (Exception error)
        {
            // A logger or a listener that throws must not leave the callers waiting for ever.
            result ??= Record(fetch, TokenFailure.Unexpected(error));
        }

        fetch.Complete(result);
    }

    private FetchResult Record(SharedFetch fetch, FetchOutcome outcome)
    {
        lock (_gate)
        {
            _fetch = null;
            var now = clock.Now;
            if (outcome.Token is { } issued)
            {
                _former = null;
                _failure = null;
                _failures = 0;
                _failedWithoutToken = false;
                _retryAt = TimeSpan.MinValue;
                // A replacement that failed is made up for by the next fetch, whatever that one's reason.
                if ((_owesReplacement || fetch.Reason == FetchReason.Rejected) && issued.Origin == TokenOrigin.Cognito)
                    _nextReplacementAt = now + _replacementInterval;
                _owesReplacement = false;
                return new FetchResult(Hold(issued), issued.Origin, null, TimeSpan.Zero);
            }

            _failure = outcome.Failure!;
            _failures++;
            _owesReplacement |= fetch.Reason == FetchReason.Rejected;
            var delay = BackOff.After(_failures, _failure.RetryAfter, random());
            _retryAt = now + delay;
            _held = UsableAt(now)?.DueAt(_retryAt);
            var fellBack = _held is null && FallBack(now) is not null;
            _failedWithoutToken |= !fetch.StartedWithToken && !fellBack;
            return new FetchResult(null, TokenOrigin.Cognito, _failure, delay) { FellBack = fellBack };
        }
    }

    /// <summary>After a failure, takes over the best that former entries have, if that can be used; call it with the gate held.</summary>
    private HeldToken? FallBack(TimeSpan now)
    {
        // Looked for first, so that what they get meanwhile is not missed.
        var stillAsking = FirstOf(_former, entry => entry.Fetching is not null);
        if (_former?.LongestHeld() is not { } theirs)
            return null;

        _former = stillAsking;
        var dueAt = _retryAt < theirs.UnusableAt ? _retryAt : theirs.UnusableAt;
        return Hold(new IssuedToken(theirs.Token, now, theirs.UnusableAt - now)
        {
            Instants = new TokenLifetime(dueAt, theirs.UnusableAt),
            Origin = TokenOrigin.Memory,
        });
    }

    private HeldToken Hold(IssuedToken issued)
    {
        var lifetime = issued.Instants ?? TokenLifetime.Of(issued.SentAt, issued.Lifetime, random());
        var held = _held is { } former && ReferenceEquals(former.Token, issued.Token)
            ? former.With(lifetime)
            : new HeldToken(issued.Token, lifetime);
        _issued = _issued.With(held.HeaderValue);
        _held = held;
        return held;
    }
}
