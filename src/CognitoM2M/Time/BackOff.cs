namespace CognitoM2M.Time;

/// <summary>How long to wait before a server or a store that failed is asked again.</summary>
internal static class BackOff
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    // Two quick requests and pauses of ten seconds make eight requests in a minute. So do the three attempts of a first fetch and these pauses.
    private const int QuickRequests = 2;
    private const int RequestsOfFirstMinute = 8;
    private static readonly TimeSpan _longestWithoutToken = TimeSpan.FromSeconds(10);

    // A server that asks for hours would keep a service without tokens long after it recovered.
    private static readonly TimeSpan _longestRetryAfter = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The back-off after a number of failures. It starts at 1 s and doubles. Up to half of it is added at random. From the seventh failure
    /// on it is between 40 s and 60 s. That makes at most six attempts in the first minute.
    /// </summary>
    /// <param name="failures">How many failures in a row, from 1.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan After(int failures, double random)
    {
        var doubled = failures > 6 ? _longest : TimeSpan.FromSeconds(1 << (failures - 1));
        var least = Min(doubled, _longest / 1.5);
        return least + least * 0.5 * random;
    }

    /// <summary>
    /// The back-off while calls fail because no token is held. It is 10 s at most, because no call can succeed until Cognito is asked again:
    /// 1 s to 1.5 s after the first request, 2 s to 3 s after the second, and then 10 s. From the ninth request on it is 8 s to 10 s, so that
    /// processes that failed together spread. That makes at most eight requests in any minute.
    /// </summary>
    /// <param name="requests">How many token requests have failed in a row, from 1.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan WithoutToken(int requests, double random) =>
        requests <= QuickRequests ? After(requests, random)
        : requests <= RequestsOfFirstMinute ? _longestWithoutToken
        : _longestWithoutToken * (0.8 + 0.2 * random);

    /// <summary>
    /// The back-off while calls go on with a held token: as <see cref="After"/>, but it ends with the token, and it is never shorter than
    /// <see cref="WithoutToken"/>.
    /// </summary>
    /// <param name="requests">How many token requests have failed in a row, from 1.</param>
    /// <param name="tokenEndsIn">How long the token is still valid.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan WithToken(int requests, TimeSpan tokenEndsIn, double random) =>
        Max(WithoutToken(requests, random), Min(After(requests, random), tokenEndsIn));

    /// <summary>Makes a back-off as long as the server asked for. A pause of more than 5 minutes counts as 5 minutes.</summary>
    public static TimeSpan Extend(TimeSpan backOff, TimeSpan? retryAfter) =>
        retryAfter is { } asked ? Max(backOff, Min(asked, _longestRetryAfter)) : backOff;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
