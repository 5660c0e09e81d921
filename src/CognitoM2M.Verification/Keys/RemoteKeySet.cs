using CognitoM2M.Verification.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Verification.Keys;

/// <summary>
/// Keys read from an address: fetched when first needed, looked at again in the background, kept through an outage. Unknown key ids,
/// which anybody can send, cause at most one fetch in ten seconds.
/// </summary>
/// <param name="download">Reads them.</param>
/// <param name="isUsual">Whether it is the address that a pool's keys are expected at, and not another that they may be at.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">Where to say how it fares.</param>
/// <param name="stopping">Ends fetches under way.</param>
internal sealed class RemoteKeySet(
    KeySetDownload download, bool isUsual, TimeProvider timeProvider, ILogger logger, CancellationToken stopping) : IKeySet
{
    private static readonly TimeSpan _unknownKeyInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(10);

    // Longer than any key set is used without a look, so that with steady traffic no token ever waits.
    private static readonly TimeSpan _staleAfter = KeySetLifetime.Longest + TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private volatile HeldKeys? _held;
    private Fetch? _fetch;
    private string? _problem;
    private int _failures;
    private DateTimeOffset? _fetchedAt;
    private TimeSpan _retryAt = TimeSpan.MinValue;
    private TimeSpan _nextUnknownKeyFetchAt = TimeSpan.MinValue;

    public Uri? Address => download.Address;

    public KeySetSnapshot? Current
    {
        get
        {
            if (_held is not { } held)
                return null;

            var now = Now;
            if (now >= held.RefreshAt)
                Refresh();
            return now < held.StaleAt ? held.Keys : null;
        }
    }

    public KeySetStatus Status
    {
        get
        {
            lock (_gate)
                return new KeySetStatus(_held?.Keys.UsableKeys ?? 0, _fetchedAt, _problem);
        }
    }

    /// <summary>The fetch under way, if any.</summary>
    internal Task? Fetching
    {
        get
        {
            lock (_gate)
                return _fetch?.Completion;
        }
    }

    // Monotonic: a jump of the wall clock makes keys neither old nor young.
    private TimeSpan Now => timeProvider.GetElapsedTime(0);

    public bool TryFind(string keyId, out KeyLookup lookup) => TryFindHeld(keyId, out lookup) || TryDecide(keyId, out lookup, out _);

    public async ValueTask<KeyLookup> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        // More than once, because a fetch that others set off may have begun before the key was published.
        KeyLookup lookup;
        while (!TryDecide(keyId, out lookup, out var fetch))
            await fetch!.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
        return lookup;
    }

    public async ValueTask<bool> LoadAsync(CancellationToken cancellationToken)
    {
        Fetch? fetch;
        lock (_gate)
            fetch = Now < _held?.StaleAt ? null : _fetch ?? (Now < _retryAt ? null : Start(wanted: null));

        if (fetch is not null)
            await fetch.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
        return _held is not null;
    }

    private bool TryFindHeld(string keyId, out KeyLookup lookup)
    {
        var keys = Current;
        lookup = new KeyLookup(keys, keys?.Find(keyId));
        return lookup.Key is not null;
    }

    /// <summary>Decides what is known of a key id; else says which fetch will tell, and starts it if none is under way.</summary>
    private bool TryDecide(string keyId, out KeyLookup lookup, out Fetch? fetch)
    {
        lock (_gate)
        {
            fetch = _fetch;
            var now = Now;
            var isStale = now >= _held?.StaleAt;
            lookup = new KeyLookup(_held?.Keys, _held?.Keys.Find(keyId), _problem);
            if (lookup.Key is not null && !isStale)
                return true;
            if (fetch is not null)
                return false;

            if (!isStale && (now < _retryAt || (_held is not null && now < _nextUnknownKeyFetchAt)))
                return true;

            fetch = Start(wanted: lookup.Key is null ? keyId : null);
            return false;
        }
    }

    private void Refresh()
    {
        lock (_gate)
        {
            if (_fetch is null && _held is { } held && Now >= held.RefreshAt)
                Start(wanted: null);
        }
    }

    /// <summary>Starts the one fetch; call it with the gate held. It belongs to no caller, and no cancellation of theirs ends it.</summary>
    /// <param name="wanted">The key id that it is for; null if it is for all.</param>
    private Fetch Start(string? wanted)
    {
        var now = Now;
        var fetch = _fetch = new Fetch(now, wanted, isFirst: _held is null && _failures == 0);
        if (wanted is not null && _held is not null)
            _nextUnknownKeyFetchAt = now + _unknownKeyInterval;
        // One caller has noticed that they are due; the others need not.
        if (_held is { } held && now >= held.RefreshAt)
            _held = held with { RefreshAt = TimeSpan.MaxValue };

        ThreadPool.UnsafeQueueUserWorkItem(static run => _ = run.KeySet.RunAsync(run.Fetch), (KeySet: this, Fetch: fetch), preferLocal: false);
        return fetch;
    }

    private async Task RunAsync(Fetch fetch)
    {
        var answer = await download.FetchAsync(fetch.IsFirst, stopping).ConfigureAwait(false);
        try
        {
            Record(answer, fetch);
        }
        finally
        {
            // A logger that throws must not leave callers waiting for ever.
            fetch.Complete();
        }
    }

    private void Record(KeySetAnswer answer, Fetch fetch)
    {
        HeldKeys? former;
        bool changed;
        int failures;
        TimeSpan pause;
        lock (_gate)
        {
            _fetch = null;
            former = _held;
            var now = Now;
            if (answer.Keys is { } keys)
            {
                changed = former is null || !former.Keys.IsSameAs(keys);
                _held = new HeldKeys(changed ? keys : former!.Keys, now + answer.FreshFor, now + _staleAfter);
                _fetchedAt = timeProvider.GetUtcNow();
                (failures, pause) = (_failures, TimeSpan.Zero);
                (_problem, _failures, _retryAt) = (null, 0, TimeSpan.MinValue);
                // Also if it was the first fetch of all: whoever sends such key ids has had this one.
                if (fetch.Wanted is { } wanted && keys.Find(wanted) is null)
                    _nextUnknownKeyFetchAt = fetch.StartedAt + _unknownKeyInterval;
            }
            else
            {
                changed = false;
                _problem = answer.Problem;
                failures = ++_failures;
                // With keys at hand there is no hurry, and a fetch for an unknown key id, which anybody can cause, brings no others with it.
                pause = former is null ? PauseAfter(failures) : _longestPause;
                _retryAt = now + pause;
                if (former is not null)
                    _held = former with { RefreshAt = _retryAt, StaleAt = now + _staleAfter };
            }
        }

        if (stopping.IsCancellationRequested)
            return;
        if (changed)
            Log.KeysChanged(logger, download.Address, answer.Keys!.UsableKeys);
        else if (answer.Keys is not null && failures > 0)
            Log.KeysReadAgain(logger, download.Address);
        else if (answer.Keys is not null)
            return;
        else if (failures == 1 && former is not null)
            Log.RefreshFailed(logger, answer.Cause, download.Address, answer.Problem!, former.Keys.UsableKeys);
        else if (failures == 1 && isUsual)
            Log.NoKeys(logger, answer.Cause, download.Address, answer.Problem!, pause);
        else if (failures == 1)
            Log.NoKeysElsewhere(logger, answer.Cause, download.Address, answer.Problem!);
    }

    private static TimeSpan PauseAfter(int failures) =>
        failures > 4 ? _longestPause : TimeSpan.FromSeconds(1 << (failures - 1));

    /// <param name="Keys">The keys.</param>
    /// <param name="RefreshAt">When to look again in the background, on the monotonic clock.</param>
    /// <param name="StaleAt">When nobody has looked for so long that the next token waits until somebody has.</param>
    private sealed record HeldKeys(KeySetSnapshot Keys, TimeSpan RefreshAt, TimeSpan StaleAt);

    private sealed class Fetch(TimeSpan startedAt, string? wanted, bool isFirst)
    {
        private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TimeSpan StartedAt { get; } = startedAt;

        public string? Wanted { get; } = wanted;

        public bool IsFirst { get; } = isFirst;

        public Task Completion => _completion.Task;

        public void Complete() => _completion.SetResult();
    }
}
