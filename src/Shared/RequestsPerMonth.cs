namespace CognitoM2M.Shared;

/// <summary>How many token requests a month of 30 days takes.</summary>
internal static class RequestsPerMonth
{
    /// <summary>The length of the month for which costs are told.</summary>
    public static readonly TimeSpan Month = TimeSpan.FromDays(30);

    // A token is renewed after 75 % to 85 % of its lifetime.
    private const double MeanRenewal = 0.8;

    /// <summary>Counts the requests of one cache that keeps a token and renews it all month.</summary>
    /// <param name="tokenLifetime">How long a token is valid.</param>
    public static long CountRenewals(TimeSpan tokenLifetime) => (long)Math.Ceiling(Month / (tokenLifetime * MeanRenewal));
}
