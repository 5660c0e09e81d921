namespace CognitoM2M.Verification.Keys;

/// <summary>
/// What is known about a key set that is downloaded: the keys, and when the next download is due or allowed. The value is immutable; each
/// transition returns a new one. All instants are on the monotonic clock, so a jump of the wall clock makes keys neither old nor new.
/// </summary>
internal sealed record KeySetState
{
    /// <summary>Anybody can send unknown key ids. While keys are held, unknown key ids cause at most one download in this time.</summary>
    public static readonly TimeSpan UnknownKeyInterval = TimeSpan.FromSeconds(10);

    /// <summary>The longest time between two attempts during an outage.</summary>
    public static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(10);

    /// <summary>Longer than any lifetime of keys, so that with steady traffic the keys are always renewed before a token would wait.</summary>
    public static readonly TimeSpan StaleAfter = KeySetLifetime.Max + TimeSpan.FromHours(1);

    private KeySetState()
    {
    }

    /// <summary>The state before the first download.</summary>
    public static KeySetState Initial { get; } = new();

    /// <summary>The keys of the last successful download; null before it.</summary>
    public KeySetSnapshot? Keys { get; private init; }

    /// <summary>When the last successful download ended, on the wall clock.</summary>
    public DateTimeOffset? FetchedAt { get; private init; }

    /// <summary>Why the last download failed; null if it succeeded.</summary>
    public string? Problem { get; private init; }

    /// <summary>How many downloads have failed since the last successful one.</summary>
    public int Failures { get; private init; }

    /// <summary>When the keys are to be downloaded again, in the background.</summary>
    public TimeSpan RefreshAt { get; private init; } = TimeSpan.MaxValue;

    /// <summary>When the keys are so old that the next token waits for a download.</summary>
    public TimeSpan StaleAt { get; private init; } = TimeSpan.MinValue;

    /// <summary>After a failure: when the next attempt is allowed.</summary>
    public TimeSpan RetryAt { get; private init; } = TimeSpan.MinValue;

    /// <summary>When an unknown key id may cause a download again.</summary>
    public TimeSpan NextUnknownKeyFetchAt { get; private init; } = TimeSpan.MinValue;

    /// <summary>Whether keys are held that tokens may be verified with.</summary>
    public bool HasKeysAt(TimeSpan now) => now < StaleAt;

    /// <summary>Whether the keys should be downloaded again, in the background.</summary>
    public bool IsRefreshDueAt(TimeSpan now) => now >= RefreshAt;

    /// <summary>Whether the keys may be downloaded for a caller that needs any keys.</summary>
    public bool MayFetchAt(TimeSpan now) => now >= RetryAt;

    /// <summary>Whether the keys may be downloaded for a key id that is not among the keys held.</summary>
    public bool MayFetchForUnknownKeyAt(TimeSpan now) => MayFetchAt(now) && (!HasKeysAt(now) || now >= NextUnknownKeyFetchAt);

    public KeyLookup Find(string keyId) => new(Keys, Keys?.Find(keyId), Problem);

    /// <summary>Transition: a download starts.</summary>
    public KeySetState StartFetch(KeySetFetch fetch) => this with
    {
        NextUnknownKeyFetchAt = fetch.UnknownKeyId is not null && Keys is not null ? fetch.StartedAt + UnknownKeyInterval : NextUnknownKeyFetchAt,
        // The download that starts is the refresh that was due.
        RefreshAt = IsRefreshDueAt(fetch.StartedAt) ? TimeSpan.MaxValue : RefreshAt,
    };

    /// <summary>Transition: a download succeeded.</summary>
    public KeySetState EndFetch(KeySetFetch fetch, KeySetSnapshot keys, TimeSpan freshFor, TimeSpan now, DateTimeOffset wallClock) => this with
    {
        // Keep the same object for the same keys, so that verified tokens stay verified.
        Keys = Keys is { } former && former.HasSameKeysAs(keys) ? former : keys,
        FetchedAt = wallClock,
        Problem = null,
        Failures = 0,
        RefreshAt = now + freshFor,
        StaleAt = now + StaleAfter,
        RetryAt = TimeSpan.MinValue,
        // The first download counts too: if an unknown key id caused it, the next download for an unknown key id must wait.
        NextUnknownKeyFetchAt = fetch.UnknownKeyId is { } unknown && keys.Find(unknown) is null ? fetch.StartedAt + UnknownKeyInterval : NextUnknownKeyFetchAt,
    };

    /// <summary>Transition: a download failed. Keys that are held stay in use for as long as the outage lasts.</summary>
    public KeySetState FailFetch(string problem, TimeSpan now)
    {
        // Without keys every token waits for the next attempt, so the first retries come soon. With keys there is no hurry.
        var retryAt = now + (Keys is null ? FindRetryDelay(Failures + 1) : MaxRetryDelay);
        return this with
        {
            Problem = problem,
            Failures = Failures + 1,
            RetryAt = retryAt,
            RefreshAt = Keys is null ? RefreshAt : retryAt,
            StaleAt = Keys is null ? StaleAt : now + StaleAfter,
        };
    }

    private static TimeSpan FindRetryDelay(int failures) =>
        failures > 4 ? MaxRetryDelay : TimeSpan.FromSeconds(1 << (failures - 1));
}

/// <summary>One download: when it started, and why.</summary>
/// <param name="StartedAt">When it started, on the monotonic clock.</param>
/// <param name="UnknownKeyId">The key id that it looks for; null if the keys are to be downloaded for another reason.</param>
internal sealed record KeySetFetch(TimeSpan StartedAt, string? UnknownKeyId);
