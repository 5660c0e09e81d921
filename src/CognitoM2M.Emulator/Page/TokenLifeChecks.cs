using System.Globalization;

namespace CognitoM2M.Emulator.Page;

/// <summary>Checks when a token is valid.</summary>
internal static class TokenLifeChecks
{
    // The largest number of seconds that is an instant.
    private static readonly long _lastInstant = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static IEnumerable<TokenFinding> Check(TokenParts token, DateTimeOffset now)
    {
        yield return CheckEnd(token.FindTime("exp"), now);
        if (token.Claims.TryGetProperty("nbf", out _))
            yield return CheckBegin("Not before", "nbf", token.FindTime("nbf"), now);
        yield return CheckBegin("Issued", "iat", token.FindTime("iat"), now);
    }

    private static TokenFinding CheckEnd(long? seconds, DateTimeOffset now)
    {
        if (FindInstant(seconds) is not { } end)
            return TokenFinding.Fail("Expiry", "The claim exp is missing or is not a time.");

        return end > now
            ? TokenFinding.Pass("Expiry", $"Expires in {Duration.Describe(end - now)}, at {Write(end)}.")
            : TokenFinding.Fail("Expiry", $"Expired {Duration.Describe(now - end)} ago, at {Write(end)}.");
    }

    private static TokenFinding CheckBegin(string check, string claim, long? seconds, DateTimeOffset now)
    {
        if (FindInstant(seconds) is not { } begin)
            return TokenFinding.Fail(check, $"The claim {claim} is missing or is not a time.");

        return begin <= now
            ? TokenFinding.Pass(check, $"{Duration.Describe(now - begin)} ago, at {Write(begin)}.")
            : TokenFinding.Fail(check, $"In {Duration.Describe(begin - now)}, at {Write(begin)}. The token is not valid yet.");
    }

    private static DateTimeOffset? FindInstant(long? seconds) =>
        seconds is { } valid && valid >= 0 && valid <= _lastInstant ? DateTimeOffset.FromUnixTimeSeconds(valid) : null;

    private static string Write(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
