using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Shared;

namespace CognitoM2M.Emulator.Operations.Domains;

/// <summary>Cognito's rules for the names of domains and for the certificates of custom domains.</summary>
internal static class DomainNameRules
{
    // The pattern as Cognito's message shows it. CognitoNames.IsDomainPrefix checks the same rule.
    private const string PrefixPattern = @"^[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?$";
    private const int MaxLength = 253;

    private static readonly string[] _reserved = ["aws", "amazon", "cognito"];

    public static void CheckPrefix(string name)
    {
        if (!CognitoNames.IsDomainPrefix(name))
        {
            throw RefusedException.InvalidParameter(
                "The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and hyphens. "
                    + $"Please enter a different name that follows this format: {PrefixPattern}");
        }

        // Only a whole part between hyphens is reserved: Cognito accepts the name awsome.
        if (name.Split('-').Intersect(_reserved, StringComparer.Ordinal).FirstOrDefault() is { } reserved)
            throw RefusedException.InvalidParameter($"Domain cannot contain reserved word: {reserved}");
    }

    public static void CheckCustom(string name)
    {
        var labels = name.Split('.');
        if (name.Length > MaxLength || labels.Length < 2 || !labels.All(CognitoNames.IsDomainPrefix))
            throw RefusedException.InvalidParameter("Custom domain is not a valid subdomain");
    }

    public static void CheckCertificate(string arn)
    {
        if (arn.Split(':') is not ["arn", _, "acm", "us-east-1", _, var certificate]
            || !certificate.StartsWith("certificate/", StringComparison.Ordinal))
        {
            throw RefusedException.InvalidParameter(
                "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, "
                    + "or doesn't include a valid certificate chain.");
        }
    }
}
