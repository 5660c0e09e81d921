using System.Net.Http.Headers;

namespace CognitoM2M.Verification.Keys;

/// <summary>How long fetched keys are used before they are looked at again: as the answer says (RFC 9111), within bounds.</summary>
internal static class KeySetLifetime
{
    /// <summary>An unknown key is looked for at once; what this bounds is how soon a withdrawn one goes.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private static readonly TimeSpan _usual = TimeSpan.FromHours(1);

    public static TimeSpan Of(CacheControlHeaderValue? cacheControl, TimeSpan? age)
    {
        if (cacheControl is { NoStore: true } or { NoCache: true })
            return Shortest;
        if (cacheControl?.MaxAge is not { } maxAge)
            return _usual;

        var left = maxAge - (age ?? TimeSpan.Zero);
        return left < Shortest ? Shortest : left > Longest ? Longest : left;
    }
}
