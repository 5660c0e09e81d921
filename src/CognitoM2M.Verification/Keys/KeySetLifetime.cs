using System.Net.Http.Headers;

namespace CognitoM2M.Verification.Keys;

/// <summary>
/// How long downloaded keys are used before they are downloaded again: as long as the response allows (RFC 9111), within bounds. An
/// unknown key id causes a download at once, so these bounds only decide how long a withdrawn key is still accepted.
/// </summary>
internal static class KeySetLifetime
{
    public static readonly TimeSpan Min = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan Max = TimeSpan.FromHours(24);

    /// <summary>Used if the response states no lifetime.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromHours(1);

    public static TimeSpan Read(CacheControlHeaderValue? cacheControl, TimeSpan? age)
    {
        if (cacheControl is { NoStore: true } or { NoCache: true })
            return Min;
        if (cacheControl?.MaxAge is not { } maxAge)
            return Default;

        var left = maxAge - (age ?? TimeSpan.Zero);
        return left < Min ? Min : left > Max ? Max : left;
    }
}
