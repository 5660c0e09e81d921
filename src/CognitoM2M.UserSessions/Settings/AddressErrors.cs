using CognitoM2M.Shared;
using CognitoM2M.UserSessions.Authorization;

namespace CognitoM2M.UserSessions.Settings;

/// <summary>Finds what is wrong with the settings that are addresses.</summary>
internal static class AddressErrors
{
    public static IEnumerable<string> Find(CognitoUserSessionsOptions options)
    {
        var plainHttpHosts = new PlainHttpHosts(options.PlainHttpHosts);
        return
        [
            .. FindHostErrors(options),
            .. FindServiceErrors(options, plainHttpHosts),
            .. FindDomainErrors(options, plainHttpHosts),
            .. options.CallbackUrls.Select(url => FindRedirectError(nameof(options.CallbackUrls), url, plainHttpHosts)).OfType<string>(),
            .. options.LogoutUrls.Select(url => FindRedirectError(nameof(options.LogoutUrls), url, plainHttpHosts)).OfType<string>(),
            .. options.ReturnOrigins.Select(origin => FindOriginError(origin, plainHttpHosts)).OfType<string>(),
            .. FindProxyErrors(options),
        ];
    }

    private static IEnumerable<string> FindHostErrors(CognitoUserSessionsOptions options) => options.PlainHttpHosts
        .Select(host => (Host: host, Error: HostEntry.FindError(host)))
        .Where(entry => entry.Error is not null)
        .Select(entry => $"PlainHttpHosts: '{entry.Host}' {entry.Error}");

    private static IEnumerable<string> FindServiceErrors(CognitoUserSessionsOptions options, PlainHttpHosts plainHttpHosts)
    {
        if (!string.IsNullOrEmpty(options.Region) && !AwsPartition.IsRegionCode(options.Region))
            yield return $"Region '{options.Region}' is not a region code. Use a code such as eu-west-1.";
        if (options.ServiceUrl is { } service && WebAddress.FindError(service, plainHttpHosts, nameof(options.PlainHttpHosts)) is { } error)
            yield return $"ServiceUrl {error}";
        if (options.ServiceUrl is null && string.IsNullOrEmpty(options.Region))
            yield return "Region is missing. Set it to the region of the user pool, or set ServiceUrl.";
    }

    private static IEnumerable<string> FindDomainErrors(CognitoUserSessionsOptions options, PlainHttpHosts plainHttpHosts)
    {
        var domain = options.Domain;
        if (options.DomainUrl is { } url)
        {
            if (WebAddress.FindError(url, plainHttpHosts, nameof(options.PlainHttpHosts)) is { } error)
                yield return $"DomainUrl {error}";
            else if (url.PathAndQuery != "/" || url.Fragment.Length > 0)
                yield return "DomainUrl must be an address without a path, such as https://auth.example.com/.";
            if (!string.IsNullOrEmpty(domain))
                yield return "DomainUrl and Domain are both set. Remove one of them.";
        }
        else if (string.IsNullOrEmpty(domain))
        {
            if (options.CallbackUrls.Count > 0 || options.LogoutUrls.Count > 0)
                yield return "Domain is missing. CallbackUrls and LogoutUrls need the domain of the user pool. Set Domain or DomainUrl.";
        }
        else if (domain.Contains('.', StringComparison.Ordinal))
        {
            if (Uri.CheckHostName(domain) != UriHostNameType.Dns)
                yield return $"Domain '{domain}' must be a prefix or a host name, without scheme, port or path. For a whole address use DomainUrl.";
        }
        else if (!CognitoNames.IsDomainPrefix(domain))
        {
            yield return $"Domain '{domain}' is not a valid prefix. A prefix has 1 to 63 lower-case letters, digits and hyphens. For a whole address use DomainUrl.";
        }
        else if (string.IsNullOrEmpty(options.Region))
        {
            yield return "Region is missing. Set it, because Domain is a prefix.";
        }
        else if (AwsPartition.IsRegionCode(options.Region) && !AwsPartition.HasKnownPrefixDomains(options.Region))
        {
            yield return $"The host name of prefix domains in region {options.Region} is not known. Set DomainUrl to the whole address instead of Domain.";
        }
    }

    private static string? FindRedirectError(string setting, string? text, PlainHttpHosts plainHttpHosts) =>
        !Uri.TryCreate(text, UriKind.Absolute, out var url) ? $"{setting}: '{text}' must be an absolute address, such as https://example.com/callback."
        : url.Fragment.Length > 0 ? $"{setting}: '{text}' must not have a fragment."
        : WebAddress.FindError(url, plainHttpHosts, "PlainHttpHosts") is { } error ? $"{setting}: '{text}' {error}"
        : null;

    private static string? FindOriginError(string? text, PlainHttpHosts plainHttpHosts) =>
        ReturnUrls.TryReadOrigin(text) is not { } origin ? $"ReturnOrigins: '{text}' must be scheme and host, such as https://shop.example.com."
        : WebAddress.FindError(origin, plainHttpHosts, "PlainHttpHosts") is { } error ? $"ReturnOrigins: '{text}' {error}"
        : null;

    private static IEnumerable<string> FindProxyErrors(CognitoUserSessionsOptions options)
    {
        foreach (var address in new[] { options.ServiceUrl, options.DomainUrl }.OfType<Uri>().Where(address => address.IsAbsoluteUri))
        {
            if (options.HttpMessageHandler is { } handler && PrimaryHandler.FindReadingProxy(handler, address) is { } proxy)
            {
                yield return $"HttpMessageHandler would send requests to {address.Authority} through the proxy {proxy.Authority} of the environment, which could read passwords. "
                    + "Exclude the host with no_proxy, or set UseProxy of the handler to false.";
            }
        }
    }
}
