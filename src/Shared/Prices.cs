namespace CognitoM2M.Shared;

/// <summary>What AWS charges, in US dollars.</summary>
/// <param name="PerTokenRequest">For one successful token request.</param>
/// <param name="PerAppClient">For one app client in a month.</param>
internal sealed record Prices(decimal PerTokenRequest, decimal PerAppClient)
{
    /// <summary>When the default prices were looked up.</summary>
    public const string AsOf = "2026-11";

    /// <summary>
    /// The price of the first 250,000 requests of a month. Further requests cost less. AWS charged 6 dollars for an app client in 2024, and its
    /// documentation no longer names such a charge.
    /// </summary>
    public static readonly Prices Default = new(0.00225m, 0);

    public decimal Calculate(long requests, int appClients) => Math.Round(requests * PerTokenRequest + appClients * PerAppClient, 2, MidpointRounding.AwayFromZero);
}
