using CognitoM2M.Emulator.Pools;

namespace CognitoM2M.Emulator.HostedLogin;

/// <summary>The addresses that browsers may be sent to. An address must be one of the app client's own, character by character.</summary>
internal static class RedirectUris
{
    /// <summary>Finds the address for the result of a sign-in.</summary>
    /// <param name="settings">The settings of the app client.</param>
    /// <param name="requested">The address in the request; null to take the client's <c>DefaultRedirectURI</c>.</param>
    /// <returns>Null if the client does not have the address.</returns>
    public static string? FindCallback(AppClientSettings settings, string? requested) =>
        Find(settings, AppClientUrls.CallbackMember, requested ?? settings.Others.GetText("DefaultRedirectURI"));

    /// <summary>Finds the address for the end of a sign-out.</summary>
    /// <returns>Null if the client does not have the address.</returns>
    public static string? FindLogout(AppClientSettings settings, string? requested) => Find(settings, AppClientUrls.LogoutMember, requested);

    private static string? Find(AppClientSettings settings, string member, string? requested) =>
        requested is not null
        && AppClientUrls.CanLeadTo(requested)
        && settings.Others.Find(member)?.EnumerateArray().Any(address => address.ValueEquals(requested)) == true
            ? requested
            : null;
}
