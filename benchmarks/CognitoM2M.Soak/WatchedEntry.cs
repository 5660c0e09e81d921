namespace CognitoM2M.Soak;

/// <summary>
/// Checks the promises about the token requests of one cache entry: one request at a time, with back-off after failures, and one request
/// per token lifetime after a success. Methods return the broken promise, or null.
/// </summary>
internal sealed class WatchedEntry
{
    // A first fetch makes three attempts, a renewal makes one. One more attempt is allowed when a token ends.
    private const int FreeAttemptsAtFirst = 4;
    private const int FreeAttempts = 2;

    // After a change of the settings, the former entry may still finish a first fetch with three attempts.
    private const int AttemptsOfFormer = 3;

    private static readonly TimeSpan _replacementInterval = TimeSpan.FromSeconds(30);

    // Tolerance: a timer may fire a little early, and threads may run in another order than they were started.
    private static readonly TimeSpan _slack = TimeSpan.FromMilliseconds(250);

    // Three attempts of one second and two pauses of the longest Retry-After. A change of the settings does not stop a fetch.
    private static readonly TimeSpan _longestFetch = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan _longestCall = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _leftAt = [];
    private TimeSpan _startedAnewAt = TimeSpan.MinValue;
    private int _inFlight;
    private int _attempts;
    private int _attemptsOfFormer;
    private TimeSpan _firstAttemptAt;
    private TimeSpan? _tokenSentFor;
    private TimeSpan _replacedAt = -_replacementInterval;
    private TimeSpan _usableSince;
    private TimeSpan _usableUntil;
    private TimeSpan _pausedUntil;

    /// <summary>The number of tokens that were issued before a renewal was due, so after a 401 response.</summary>
    public int Replaced { get; private set; }

    /// <summary>Reports that the settings changed to another secret. The entry finishes its current fetch.</summary>
    public void Leave(TimeSpan now)
    {
        lock (_gate)
            _leftAt.Add(now);
    }

    /// <summary>
    /// Reports that the settings changed to this secret. There is a new entry, so earlier requests do not count any more.
    /// </summary>
    public void StartAnew(TimeSpan now)
    {
        lock (_gate)
        {
            _startedAnewAt = now;
            _attempts = 0;
            _attemptsOfFormer = AttemptsOfFormer * CountFormerEntries(now);
            _tokenSentFor = null;
            _replacedAt = -_replacementInterval;
            _pausedUntil = TimeSpan.Zero;
        }
    }

    /// <summary>Reports that the token has ended, and tokens of requests that were sent before, because the wall clock went ahead. A pause goes on.</summary>
    public void EndToken(TimeSpan now)
    {
        lock (_gate)
        {
            var pausedUntil = _pausedUntil;
            StartAnew(now);
            _pausedUntil = pausedUntil;
            _usableUntil = now;
        }
    }

    /// <summary>Reports a Retry-After header: no request may be sent before this time.</summary>
    public void Pause(TimeSpan until)
    {
        lock (_gate)
            _pausedUntil = until;
    }

    /// <summary>Reports that a request is sent.</summary>
    public string? Begin(TimeSpan now)
    {
        lock (_gate)
        {
            _inFlight++;
            var formerEntries = CountFormerEntries(now);
            if (_attempts++ == 0)
                _firstAttemptAt = now;
            var time = now - _firstAttemptAt + _slack;
            var mostAttempts = _attemptsOfFormer
                + (_tokenSentFor is null ? FreeAttemptsAtFirst + CountPauses(time, without: 2) : FreeAttempts + CountPauses(time, without: 0));
            return formerEntries == 0 && now < _pausedUntil - _slack ? $"a token request was sent {(_pausedUntil - now).TotalSeconds:F1} s before the end of Retry-After."
                : _inFlight > 1 + formerEntries ? $"{_inFlight} token requests of one entry were in flight at once."
                : _attempts > mostAttempts ? $"{_attempts} token requests in {(now - _firstAttemptAt).TotalSeconds:F1} s without a token; at most {mostAttempts} are allowed."
                : null;
        }
    }

    /// <summary>Reports that a request has ended.</summary>
    public void End()
    {
        lock (_gate)
            _inFlight--;
    }

    /// <summary>Reports that a token was issued.</summary>
    /// <param name="sentAt">When the request was sent.</param>
    /// <param name="lifetime">The lifetime of the token.</param>
    /// <param name="now">When the response arrived.</param>
    public string? Issue(TimeSpan sentAt, TimeSpan lifetime, TimeSpan now)
    {
        lock (_gate)
        {
            // The token belongs to the former entry, which is no longer used.
            if (_startedAnewAt > sentAt)
                return null;

            var isFirstAttempt = _attempts == 1;
            var formerEntries = CountFormerEntries(now);
            _attempts = 0;
            _attemptsOfFormer = AttemptsOfFormer * formerEntries;
            _usableSince = now;
            // The token may belong to a former entry with the same secret. The current entry does not use such a token.
            if (formerEntries > 0)
            {
                _usableUntil = now;
                _tokenSentFor = null;
                return null;
            }

            _usableUntil = sentAt + lifetime * 0.9;
            // Calls in flight during a change carry the token of the former entry. If that token is rejected, the former entry sends one
            // more request. The requests of the two entries cannot be told apart, so such a token is not checked.
            if (_startedAnewAt > sentAt - _longestCall)
                return null;

            var former = _tokenSentFor;
            _tokenSentFor = sentAt;
            if (former is null)
                return null;
            if (isFirstAttempt && sentAt - former > (lifetime * 0.85) + _longestCall)
                return "a token was renewed only after its end.";
            if (sentAt - former >= (lifetime * 0.75) - _slack)
                return null;

            // Too early for a renewal, so this is a replacement after a 401 response.
            Replaced++;
            var sinceReplacement = sentAt - _replacedAt;
            _replacedAt = sentAt;
            return sinceReplacement < _replacementInterval - _slack
                ? $"two tokens were replaced within {sinceReplacement.TotalSeconds:F1} s."
                : null;
        }
    }

    /// <summary>Whether a token was issued after this time.</summary>
    public bool HasTokenSince(TimeSpan instant)
    {
        lock (_gate)
            return _usableSince > instant;
    }

    /// <summary>Whether a token was usable during the whole time, with a tolerance at both ends.</summary>
    public bool IsUsable(TimeSpan from, TimeSpan to, TimeSpan tolerance)
    {
        lock (_gate)
            return from > _usableSince + tolerance && to < _usableUntil - tolerance;
    }

    /// <summary>The number of former entries that may still finish a fetch.</summary>
    private int CountFormerEntries(TimeSpan now) => _leftAt.Count(at => at > now - _longestFetch);

    /// <summary>The number of back-off pauses that fit into a time while no usable token is held: 1 s, 2 s, six times 10 s, and then 8 s each.</summary>
    /// <param name="time">The time since the first attempt.</param>
    /// <param name="without">How many of the first pauses there are not: the attempts of a first fetch follow each other sooner.</param>
    private static int CountPauses(TimeSpan time, int without)
    {
        var count = without;
        for (var left = time.TotalSeconds; left >= Pause(count); count++)
            left -= Pause(count);
        return count - without;

        static double Pause(int number) => number < 2 ? 1 << number : number < 8 ? 10 : 8;
    }
}
