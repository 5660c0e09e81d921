using CognitoM2M.Shared;

namespace CognitoM2M.Settings;

/// <summary>What the scheme of a called address means: WebSocket schemes are the HTTP schemes, and service discovery has a scheme that leaves the choice.</summary>
internal static class CallScheme
{
    private const int HttpsPort = 443;
    private const int HttpPort = 80;

    public static bool IsHttps(Uri address) => address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeWss;

    public static bool IsHttp(Uri address) => address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeWs;

    /// <summary>Whether service discovery will choose between https and http. It prefers the scheme that stands first.</summary>
    public static bool IsChoice(Uri address) => address.Scheme is "https+http" or "http+https";

    /// <summary>Whether two addresses have the same host and port, and a scheme in common.</summary>
    public static bool IsSameOrigin(Uri one, Uri other) =>
        IsSameHost(one, other)
        && ((CanBeHttps(one) && CanBeHttps(other) && ReadPort(one, HttpsPort) == ReadPort(other, HttpsPort))
            || (CanBeHttp(one) && CanBeHttp(other) && ReadPort(one, HttpPort) == ReadPort(other, HttpPort)));

    public static bool IsSameHost(Uri one, Uri other) => string.Equals(HostEntry.FindHost(one), HostEntry.FindHost(other), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the address names this port, or has a scheme whose default it is.</summary>
    public static bool HasPort(Uri address, int port) =>
        address.Port == port || (address.Port < 0 && IsChoice(address) && port is HttpsPort or HttpPort);

    /// <summary>The same address with https in place of a choice, for the checks of configured addresses.</summary>
    public static Uri Settle(Uri address) =>
        address.IsAbsoluteUri && IsChoice(address) ? new UriBuilder(address) { Scheme = Uri.UriSchemeHttps }.Uri : address;

    private static bool CanBeHttps(Uri address) => IsHttps(address) || IsChoice(address);

    private static bool CanBeHttp(Uri address) => IsHttp(address) || IsChoice(address);

    // Uri knows no default port for a choice of schemes.
    private static int ReadPort(Uri address, int defaultPort) => address.Port < 0 ? defaultPort : address.Port;
}
