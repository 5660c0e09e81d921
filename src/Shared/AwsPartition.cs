using System.Text.RegularExpressions;

namespace CognitoM2M.Shared;

/// <summary>Region codes, and what a region code says about the partition and its host names.</summary>
internal static partial class AwsPartition
{
    private static readonly (string RegionPrefix, string Name, string DnsSuffix)[] _others =
    [
        ("cn-", "aws-cn", "amazonaws.com.cn"),
        ("us-gov-", "aws-us-gov", "amazonaws.com"),
        ("eusc-", "aws-eusc", "amazonaws.eu"),
        ("us-isob-", "aws-iso-b", "sc2s.sgov.gov"),
        ("us-isof-", "aws-iso-f", "csp.hci.ic.gov"),
        ("eu-isoe-", "aws-iso-e", "cloud.adc-e.uk"),
        ("us-iso-", "aws-iso", "c2s.ic.gov"),
    ];

    /// <summary>Whether the text has the form of a region code, such as <c>eu-west-1</c>. Display names such as <c>Europe (Ireland)</c> do not have this form.</summary>
    public static bool IsRegionCode(string? text) => text is not null && RegionCode().IsMatch(text);

    /// <summary>Whether Cognito has FIPS endpoints only in this region, as in GovCloud.</summary>
    public static bool IsFipsOnly(string region) => Name(region) == "aws-us-gov";

    /// <summary>Whether the suffix of Cognito's prefix domains is known for this region. It is known for the commercial regions and GovCloud.</summary>
    public static bool HasKnownPrefixDomains(string region) => DnsSuffix(region) == "amazonaws.com";

    /// <summary>The partition in ARNs, such as <c>aws</c> or <c>aws-cn</c>.</summary>
    public static string Name(string region) => Find(region).Name;

    /// <summary>The suffix of service host names in this region.</summary>
    public static string DnsSuffix(string region) => Find(region).DnsSuffix;

    private static (string Name, string DnsSuffix) Find(string region)
    {
        foreach (var (prefix, name, suffix) in _others)
        {
            if (region.StartsWith(prefix, StringComparison.Ordinal))
                return (name, suffix);
        }

        return ("aws", "amazonaws.com");
    }

    [GeneratedRegex(@"^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RegionCode();
}
