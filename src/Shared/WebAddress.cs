namespace CognitoM2M.Shared;

/// <summary>The rule for every address that tokens, secrets or keys travel to or come from: https, or http to loopback.</summary>
internal static class WebAddress
{
    /// <summary>Whether the address uses https, or http to a loopback address. The address must be absolute.</summary>
    public static bool IsSecure(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    /// <summary>What is wrong with an address that a user configured, as the end of a sentence that begins with the name of the setting; null if nothing is.</summary>
    public static string? FindError(Uri address) =>
        !address.IsAbsoluteUri ? "must be an absolute address, such as https://example.com/."
        : address.UserInfo.Length > 0 ? "must not hold a user name or password."
        : !IsSecure(address) ? "must use https. http is accepted for loopback addresses only."
        : null;
}
