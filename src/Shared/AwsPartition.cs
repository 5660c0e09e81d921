using System.Text.RegularExpressions;

namespace CognitoM2M.Shared;

/// <summary>What a region code says about host names.</summary>
internal static partial class AwsPartition
{
    private static readonly (string Prefix, string DnsSuffix)[] _others =
    [
        ("cn-", "amazonaws.com.cn"),
        ("eusc-", "amazonaws.eu"),
        ("us-isob-", "sc2s.sgov.gov"),
        ("us-isof-", "csp.hci.ic.gov"),
        ("eu-isoe-", "cloud.adc-e.uk"),
        ("us-iso-", "c2s.ic.gov"),
    ];

    /// <summary>Whether the text has the form of a region code, such as <c>eu-west-1</c>; a display name has not.</summary>
    public static bool IsRegionCode(string region) => RegionCode().IsMatch(region);

    /// <summary>GovCloud has FIPS endpoints only.</summary>
    public static bool IsFipsOnly(string region) => region.StartsWith("us-gov-", StringComparison.Ordinal);

    /// <summary>Whether the suffix of Cognito's prefix domains is known there: it is in the commercial regions and GovCloud.</summary>
    public static bool HasKnownPrefixDomains(string region) => DnsSuffix(region) == "amazonaws.com";

    /// <summary>The suffix of service host names in that region.</summary>
    public static string DnsSuffix(string region)
    {
        foreach (var (prefix, suffix) in _others)
        {
            if (region.StartsWith(prefix, StringComparison.Ordinal))
                return suffix;
        }

        return "amazonaws.com";
    }

    [GeneratedRegex(@"^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RegionCode();
}
