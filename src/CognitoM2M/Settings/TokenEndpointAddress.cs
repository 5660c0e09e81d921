using CognitoM2M.Shared;

namespace CognitoM2M.Settings;

/// <summary>Works out from the options of a client where its token requests go.</summary>
internal static class TokenEndpointAddress
{
    /// <summary>The address. The options must be valid.</summary>
    public static Uri Create(CognitoM2MClientOptions options) =>
        options.TokenEndpoint is { } given ? given
        : options.Route is CognitoTokenRoute.GetClientToken or CognitoTokenRoute.UserPassword ? CognitoAddresses.Service(options.Region!, options.UseFips)
        : CognitoAddresses.DomainTokenEndpoint(options.Domain!, options.Region, options.UseFips);

    /// <summary>Whether the domain is a prefix. A custom domain has dots, a prefix has none.</summary>
    public static bool IsPrefix(string domain) => !domain.Contains('.', StringComparison.Ordinal);
}
