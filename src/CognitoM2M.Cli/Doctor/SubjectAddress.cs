using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Doctor;

/// <summary>Works out where an app client's token requests go, by the rules that the library applies.</summary>
internal static class SubjectAddress
{
    private const string PrefixDomainSuffix = ".amazoncognito.com";

    /// <summary>The address of token requests. The options must be valid.</summary>
    public static Uri FindEndpoint(CognitoM2MClientOptions options) =>
        options.TokenEndpoint is { } given ? given
        : options.Route != CognitoTokenRoute.OAuth2 ? CognitoAddresses.Service(options.Region!, options.UseFips)
        : CognitoAddresses.DomainTokenEndpoint(options.Domain!, options.Region, options.UseFips);

    /// <summary>
    /// The domain of the user pool; null if it is not known. The host of an address that the user gives may be a custom domain, but also a
    /// proxy in front of Cognito.
    /// </summary>
    public static string? FindDomain(CognitoM2MClientOptions options, Uri endpoint) =>
        options.Route != CognitoTokenRoute.OAuth2 ? null
        : !string.IsNullOrEmpty(options.Domain) ? options.Domain
        : endpoint.Host.EndsWith(PrefixDomainSuffix, StringComparison.OrdinalIgnoreCase) ? endpoint.Host.Split('.')[0]
        : null;
}
