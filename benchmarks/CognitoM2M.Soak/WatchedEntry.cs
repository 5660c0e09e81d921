namespace CognitoM2M.Soak;

/// <summary>
/// What the library promises about the token requests of one entry, by the requests that are seen: one at a time, spaced by the back-off
/// after failures, and after successes by the life of the token. Each method says what was broken, or null.
/// </summary>
internal sealed class WatchedEntry
{
    // A first fetch makes three attempts, a renewal one; and the end of a token is worth one more.
    private const int FreeAttemptsAtFirst = 4;
    private const int FreeAttempts = 2;

    // What an entry may still be at when a change of the settings takes it out of use: the three attempts of a first fetch.
    private const int AttemptsOfFormer = 3;

    private static readonly TimeSpan _replacementInterval = TimeSpan.FromSeconds(30);

    // A timer may be a little early, and a thread that was sent off first may come second.
    private static readonly TimeSpan _slack = TimeSpan.FromMilliseconds(250);

    // Three attempts of a second, and two pauses of as long as a server may ask for. A change of the settings lets it end.
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
    private TimeSpan _leftAloneUntil;

    /// <summary>How many tokens came before the last one was due.</summary>
    public int Replaced { get; private set; }

    /// <summary>The settings have changed to another secret: the entry ends what it is at.</summary>
    public void Leave(TimeSpan now)
    {
        lock (_gate)
            _leftAt.Add(now);
    }

    /// <summary>
    /// What was before does not count: the settings have changed to this secret, so that there is a new entry, with a history of its own.
    /// </summary>
    public void StartAnew(TimeSpan now)
    {
        lock (_gate)
        {
            _startedAnewAt = now;
            _attempts = 0;
            _attemptsOfFormer = AttemptsOfFormer * FormerStillAtIt(now);
            _tokenSentFor = null;
            _replacedAt = -_replacementInterval;
            _leftAloneUntil = TimeSpan.Zero;
        }
    }

    /// <summary>The server has asked not to be asked before then.</summary>
    public void LeaveAlone(TimeSpan until)
    {
        lock (_gate)
            _leftAloneUntil = until;
    }

    /// <param name="now">When a request is sent.</param>
    public string? Begin(TimeSpan now)
    {
        lock (_gate)
        {
            _inFlight++;
            var formerEntries = FormerStillAtIt(now);
            if (_attempts++ == 0)
                _firstAttemptAt = now;
            var mostAttempts = (_tokenSentFor is null ? FreeAttemptsAtFirst : FreeAttempts) + _attemptsOfFormer
                + PausesWithin(now - _firstAttemptAt + _slack);
            return formerEntries == 0 && now < _leftAloneUntil - _slack ? $"Cognito was asked {(_leftAloneUntil - now).TotalSeconds:F1} s before it wanted to be."
                : _inFlight > 1 + formerEntries ? $"{_inFlight} token requests of one entry at once."
                : _attempts > mostAttempts ? $"{_attempts} token requests in {(now - _firstAttemptAt).TotalSeconds:F1} s without a token; at most {mostAttempts} are due."
                : null;
        }
    }

    public void End()
    {
        lock (_gate)
            _inFlight--;
    }

    /// <param name="sentAt">When the request was sent that brought it.</param>
    /// <param name="lifetime">What it says.</param>
    /// <param name="now">When it came.</param>
    public string? Issue(TimeSpan sentAt, TimeSpan lifetime, TimeSpan now)
    {
        lock (_gate)
        {
            // The old entry's, which nobody asks any more.
            if (_startedAnewAt > sentAt)
                return null;

            var isFirstAttempt = _attempts == 1;
            _attempts = 0;
            _attemptsOfFormer = AttemptsOfFormer * FormerStillAtIt(now);
            _usableSince = now;
            _usableUntil = sentAt + lifetime * 0.9;
            // Calls under way at a change carry the old entry's token, and have that one ask once more if it is rejected: whose it is cannot be told.
            if (_startedAnewAt > sentAt - _longestCall)
                return null;

            var former = _tokenSentFor;
            _tokenSentFor = sentAt;
            if (former is null)
                return null;
            if (isFirstAttempt && sentAt - former > (lifetime * 0.85) + _longestCall)
                return "a token was renewed only when it had ended.";
            if (sentAt - former >= (lifetime * 0.75) - _slack)
                return null;

            // Too soon for a renewal: the API has answered 401.
            Replaced++;
            var sinceReplacement = sentAt - _replacedAt;
            _replacedAt = sentAt;
            return sinceReplacement < _replacementInterval - _slack
                ? $"two tokens were replaced before their time within {sinceReplacement.TotalSeconds:F1} s."
                : null;
        }
    }

    /// <summary>Whether a token has come since then.</summary>
    public bool HasTokenFrom(TimeSpan instant)
    {
        lock (_gate)
            return _usableSince > instant;
    }

    /// <summary>Whether a token could be used all the time between, with some room at both ends.</summary>
    public bool IsUsable(TimeSpan from, TimeSpan to, TimeSpan room)
    {
        lock (_gate)
            return from > _usableSince + room && to < _usableUntil - room;
    }

    /// <summary>How many entries may not have ended yet what they were at when the settings changed.</summary>
    private int FormerStillAtIt(TimeSpan now) => _leftAt.Count(at => at > now - _longestFetch);

    /// <summary>How many pauses of at least 1, 2, 4, ... 32, 40, 40, ... seconds fit in.</summary>
    private static int PausesWithin(TimeSpan time)
    {
        var count = 0;
        for (var left = time.TotalSeconds; left >= Pause(count); count++)
            left -= Pause(count);
        return count;

        static double Pause(int number) => Math.Min(1 << Math.Min(number, 6), 40);
    }
}
