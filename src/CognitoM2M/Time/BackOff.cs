namespace CognitoM2M.Time;

/// <summary>How long an entry leaves Cognito alone after failures in a row.</summary>
internal static class BackOff
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    // A server that asks for hours would hold a service down long after it recovered.
    private static readonly TimeSpan _longestRetryAfter = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Doubles from 1 s, each with up to half of itself added at random, and stays between 40 s and 60 s from the seventh failure on:
    /// at most six attempts in the first minute.
    /// </summary>
    /// <param name="failures">How many failures in a row, from 1.</param>
    /// <param name="retryAfter">What the server asked for.</param>
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
