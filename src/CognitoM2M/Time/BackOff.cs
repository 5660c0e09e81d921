namespace CognitoM2M.Time;

/// <summary>How long to wait before a server or a store that failed is asked again.</summary>
internal static class BackOff
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    // A server that asks for hours would keep a service without tokens long after it recovered.
    private static readonly TimeSpan _longestRetryAfter = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The back-off after a number of failures. It starts at 1 s and doubles. Up to half of it is added at random. From the seventh failure
    /// on it is between 40 s and 60 s. That makes at most six attempts in the first minute.
    /// </summary>
    /// <param name="failures">How many failures in a row, from 1.</param>
    /// <param name="retryAfter">The pause that the server asked for. A pause of more than 5 minutes counts as 5 minutes.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan After(int failures, TimeSpan? retryAfter, double random)
    {
        var doubled = failures > 6 ? _longest : TimeSpan.FromSeconds(1 << (failures - 1));
        var least = Min(doubled, _longest / 1.5);
        var delay = least + least * 0.5 * random;

        return retryAfter is { } asked ? Max(delay, Min(asked, _longestRetryAfter)) : delay;
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
