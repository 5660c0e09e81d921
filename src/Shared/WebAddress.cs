namespace CognitoM2M.Shared;

/// <summary>
/// The rule for every address that tokens, secrets or keys travel to or come from: https, or http to loopback, or http to a host that the
/// user named.
/// </summary>
internal static class WebAddress
{
    /// <summary>Whether the address uses https, or http to a loopback address. The address must be absolute.</summary>
    public static bool IsSecure(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    /// <summary>Whether the address is secure, or uses http to a host for which the user accepts plain http. The address must be absolute.</summary>
    public static bool IsAccepted(Uri address, PlainHttpHosts plainHttpHosts) =>
        IsSecure(address) || (address.Scheme == Uri.UriSchemeHttp && plainHttpHosts.Contains(address));

    /// <summary>What is wrong with an address that a user configured, as the end of a sentence that begins with the name of the setting; null if nothing is.</summary>
    /// <param name="address">The address.</param>
    /// <param name="plainHttpHosts">The hosts for which the user accepts plain http.</param>
    /// <param name="optIn">The name of the setting with these hosts.</param>
    public static string? FindError(Uri address, PlainHttpHosts plainHttpHosts, string optIn) =>
        FindFormError(address) is { } error ? error
        : IsAccepted(address, plainHttpHosts) ? null
        : address.Scheme == Uri.UriSchemeHttp && address.Host.Length > 0
            ? $"must use https. http is accepted for loopback addresses. If you trust the network on the whole way to this host, add '{address.Authority}' to {optIn}."
        : "must use https.";

    private static string? FindFormError(Uri address) =>
        !address.IsAbsoluteUri ? "must be an absolute address, such as https://example.com/."
        : address.UserInfo.Length > 0 ? "must not hold a user name or password."
        : null;
}
