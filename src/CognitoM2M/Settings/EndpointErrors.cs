using CognitoM2M.Shared;

namespace CognitoM2M.Settings;

/// <summary>Finds what is wrong with the settings that say where token requests go.</summary>
internal static class EndpointErrors
{
    public static IEnumerable<string> Find(CognitoM2MClientOptions options)
    {
        if (!Enum.IsDefined(options.Route))
            yield return "Route must be OAuth2, GetClientToken or UserPassword.";

        var errors = options.TokenEndpoint is { } endpoint ? FindForWholeAddress(options, endpoint)
            : options.Route is CognitoTokenRoute.GetClientToken or CognitoTokenRoute.UserPassword ? FindForRegion(options)
            : FindForDomain(options);
        foreach (var error in errors)
            yield return error;
    }

    private static IEnumerable<string> FindForWholeAddress(CognitoM2MClientOptions options, Uri endpoint)
    {
        var plainHttpHosts = new PlainHttpHosts(options.PlainHttpTokenEndpointHosts ?? []);
        if (WebAddress.FindError(endpoint, plainHttpHosts, nameof(options.PlainHttpTokenEndpointHosts)) is { } error)
            yield return $"TokenEndpoint {error}";
        if (!string.IsNullOrEmpty(options.Domain))
        {
            yield return "TokenEndpoint and Domain are both set. Remove one of them. If they come from two configuration files, such as appsettings.json and "
                + "appsettings.Development.json, set the one that must not be used to an empty text (\"\") in the file that is read last.";
        }

        if (options.UseFips)
            yield return "UseFips has no effect with TokenEndpoint. Set TokenEndpoint to the FIPS address, and remove UseFips.";
    }

    private static IEnumerable<string> FindForRegion(CognitoM2MClientOptions options)
    {
        if (FindRegionError(options.Region) is { } error)
            yield return error;
        if (string.IsNullOrEmpty(options.Region))
            yield return $"Region is missing. The route {options.Route} needs Region or TokenEndpoint.";
        if (!string.IsNullOrEmpty(options.Domain))
            yield return $"Domain is set, but the route {options.Route} does not use a domain. Remove Domain, or set Route to OAuth2.";
    }

    private static IEnumerable<string> FindForDomain(CognitoM2MClientOptions options)
    {
        var regionError = FindRegionError(options.Region);
        if (regionError is not null)
            yield return regionError;

        if (string.IsNullOrEmpty(options.Domain))
        {
            yield return "Domain is missing. Set Domain to the domain of the user pool, or set TokenEndpoint, or set Route to GetClientToken.";
        }
        else if (!TokenEndpointAddress.IsPrefix(options.Domain))
        {
            if (Uri.CheckHostName(options.Domain) != UriHostNameType.Dns)
                yield return $"Domain '{options.Domain}' must be a prefix or a host name, without scheme, port or path. For a whole address use TokenEndpoint.";
            if (options.UseFips)
                yield return "UseFips has no effect with a custom domain. Remove UseFips, or use a prefix domain.";
        }
        else if (!CognitoNames.IsDomainPrefix(options.Domain))
        {
            yield return $"Domain '{options.Domain}' is not a valid prefix. A prefix has 1 to 63 lower-case letters, digits and hyphens. For a whole address use TokenEndpoint.";
        }
        else if (string.IsNullOrEmpty(options.Region))
        {
            yield return "Region is missing. Set it, because Domain is a prefix.";
        }
        else if (regionError is null && !AwsPartition.HasKnownPrefixDomains(options.Region))
        {
            yield return $"The host name of prefix domains in region {options.Region} is not known. Set TokenEndpoint to the whole address instead of Domain.";
        }
    }

    private static string? FindRegionError(string? region) => string.IsNullOrEmpty(region) || AwsPartition.IsRegionCode(region)
        ? null
        : $"Region '{region}' is not a region code. Use a code such as eu-west-1.";
}
