using CognitoM2M.Shared;
using CognitoM2M.Verification.Diagnostics;

namespace CognitoM2M.Verification.Keys;

/// <summary>
/// A key set that is downloaded: when it is first needed, again in the background when its lifetime is over, and for unknown key ids. At
/// most one download is in flight, and all callers share it. <see cref="KeySetState"/> decides when a download is due or allowed.
/// </summary>
/// <param name="download">Downloads the keys.</param>
/// <param name="isUsual">Whether this is the key set of the issuer form that a user pool usually has.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">Where to log changes and outages.</param>
/// <param name="stopping">Ends a download in flight.</param>
internal sealed class RemoteKeySet(
    KeySetDownload download, bool isUsual, TimeProvider timeProvider, QuietLogger logger, CancellationToken stopping) : IKeySet
{
    private readonly Lock _gate = new();
    private volatile KeySetState _state = KeySetState.Initial;
    // Time counts from here. A timestamp of another clock may be so large that its conversion rounds.
    private readonly long _start = timeProvider.GetTimestamp();
    private FetchInFlight? _inFlight;

    public Uri? JwksUri => download.JwksUri;

    public KeySetSnapshot? Current
    {
        get
        {
            var state = _state;
            var now = Now;
            if (state.IsRefreshDueAt(now))
                Refresh();
            return state.HasKeysAt(now) ? state.Keys : null;
        }
    }

    public KeySetStatus Status
    {
        get
        {
            var state = _state;
            return new KeySetStatus(state.Keys?.UsableKeys ?? 0, state.FetchedAt, state.Problem);
        }
    }

    /// <summary>Ends when the download in flight ends; null if there is none.</summary>
    internal Task? InFlight
    {
        get
        {
            lock (_gate)
                return _inFlight?.Completion;
        }
    }

    private TimeSpan Now => timeProvider.GetElapsedTime(_start);

    public KeyLookup? FindHeld(string keyId) =>
        Current is { } keys && keys.Find(keyId) is { } key ? new KeyLookup(keys, key) : FindOrStartFetch(keyId, out _);

    public async ValueTask<KeyLookup> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        // In a loop, because a download that another caller started may have begun before the key was published.
        while (true)
        {
            if (FindOrStartFetch(keyId, out var inFlight) is { } lookup)
                return lookup;
            await inFlight!.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<bool> LoadAsync(CancellationToken cancellationToken)
    {
        Task? inFlight;
        lock (_gate)
        {
            inFlight = _state.HasKeysAt(Now) ? null
                : _inFlight is not null ? _inFlight.Completion
                : _state.MayFetchAt(Now) ? StartFetch(unknownKeyId: null)
                : null;
        }

        if (inFlight is not null)
            await inFlight.WaitAsync(cancellationToken).ConfigureAwait(false);
        return _state.Keys is not null;
    }

    /// <summary>Looks a key up. If the answer depends on a download, returns null and the download, which is started if none is in flight.</summary>
    private KeyLookup? FindOrStartFetch(string keyId, out Task? inFlight)
    {
        inFlight = null;
        lock (_gate)
        {
            var now = Now;
            var lookup = _state.Find(keyId);
            if (lookup.Key is not null && _state.HasKeysAt(now))
                return lookup;
            if (_inFlight is null && !_state.MayFetchForUnknownKeyAt(now))
                return lookup;

            inFlight = _inFlight?.Completion ?? StartFetch(unknownKeyId: lookup.Key is null ? keyId : null);
            return null;
        }
    }

    private void Refresh()
    {
        lock (_gate)
        {
            if (_inFlight is null && _state.IsRefreshDueAt(Now))
                _ = StartFetch(unknownKeyId: null);
        }
    }

    /// <summary>Starts a download. The caller holds the lock. No caller's cancellation ends the download, because others may wait for it.</summary>
    private Task StartFetch(string? unknownKeyId)
    {
        var isFirst = _state is { Keys: null, Failures: 0 };
        var fetch = new KeySetFetch(Now, unknownKeyId);
        var inFlight = _inFlight = new FetchInFlight(fetch, isFirst);
        _state = _state.StartFetch(fetch);

        // The download runs on another thread, so that the lock is released soon. The unsafe method keeps the context of the caller out of the download.
        ThreadPool.UnsafeQueueUserWorkItem(static run => _ = run.KeySet.RunAsync(run.InFlight), (KeySet: this, InFlight: inFlight), preferLocal: false);
        return inFlight.Completion;
    }

    private async Task RunAsync(FetchInFlight inFlight)
    {
        var outcome = await download.FetchAsync(mayRepeat: inFlight.IsFirst, stopping).ConfigureAwait(false);
        Record(inFlight.Fetch, outcome);
        inFlight.Complete();
    }

    private void Record(KeySetFetch fetch, KeySetOutcome outcome)
    {
        KeySetState before, after;
        TimeSpan now;
        lock (_gate)
        {
            now = Now;
            before = _state;
            after = outcome.Keys is { } keys
                ? before.EndFetch(fetch, keys, outcome.FreshFor, now, timeProvider.GetUtcNow())
                : before.FailFetch(outcome.Problem!, now);
            (_state, _inFlight) = (after, null);
        }

        if (!stopping.IsCancellationRequested)
            LogChange(before, after, now, outcome.Cause);
    }

    private void LogChange(KeySetState before, KeySetState after, TimeSpan now, Exception? cause)
    {
        if (after.Problem is { } problem)
        {
            // Log only the first failure of an outage.
            if (after.Failures > 1)
                return;
            if (after.Keys is not null)
                Log.RefreshFailed(logger, cause, download.JwksUri, problem, after.Keys.UsableKeys);
            else if (isUsual)
                Log.NoKeys(logger, cause, download.JwksUri, problem, after.RetryAt - now);
            else
                Log.NoKeysAtSecondIssuer(logger, cause, download.JwksUri, problem);
        }
        else if (after.Keys != before.Keys)
        {
            Log.KeysChanged(logger, download.JwksUri, after.Keys!.UsableKeys);
        }
        else if (before.Failures > 0)
        {
            Log.DownloadRecovered(logger, download.JwksUri);
        }
    }

    private sealed class FetchInFlight(KeySetFetch fetch, bool isFirst)
    {
        private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public KeySetFetch Fetch { get; } = fetch;

        /// <summary>Whether this is the first download of this key set. If so, a transient error is followed by a second attempt.</summary>
        public bool IsFirst { get; } = isFirst;

        public Task Completion => _completion.Task;

        public void Complete() => _completion.SetResult();
    }
}
