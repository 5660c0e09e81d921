using CognitoM2M.Shared;

namespace CognitoM2M.Settings;

/// <summary>Finds what is wrong with the settings that say where the token may be sent.</summary>
internal static class DestinationErrors
{
    /// <param name="options">The options.</param>
    /// <param name="isForAllHttpClients">Whether the token is put on all HttpClients of the process by default.</param>
    public static IEnumerable<string> Find(CognitoM2MClientOptions options, bool isForAllHttpClients)
    {
        if (options.BaseAddress is { } address && FindBaseAddressError(address, options) is { } error)
            yield return $"BaseAddress {error}";

        foreach (var hostError in FindHostErrors(nameof(options.AllowedHosts), options.AllowedHosts, "For no restriction"))
            yield return hostError;

        var isRestricted = options.BaseAddress is not null || options.AllowedHosts is { Count: > 0 };
        if (options.AllowAnyHost && isRestricted)
            yield return "AllowAnyHost is true, but BaseAddress or AllowedHosts restricts where the token is sent. Remove one or the other.";
        if (isForAllHttpClients && !isRestricted && !options.AllowAnyHost)
        {
            yield return "ConfigureHttpClientDefaults puts the token on all HttpClients of the process, and nothing says where it may be sent. "
                + "Set BaseAddress or AllowedHosts. If every host that the process calls may have the token, set AllowAnyHost to true.";
        }

        foreach (var hostError in FindHostErrors(nameof(options.PlainHttpHosts), options.PlainHttpHosts, "To require https"))
            yield return hostError;
        foreach (var hostError in FindHostErrors(nameof(options.PlainHttpTokenEndpointHosts), options.PlainHttpTokenEndpointHosts, "To require https"))
            yield return hostError;
    }

    // Service discovery resolves https+http. What it chooses is checked when a request is sent.
    private static string? FindBaseAddressError(Uri address, CognitoM2MClientOptions options) =>
        WebAddress.FindError(CallScheme.Settle(address), new PlainHttpHosts(options.PlainHttpHosts ?? []), nameof(options.PlainHttpHosts));

    private static IEnumerable<string> FindHostErrors(string property, IList<string>? hosts, string purposeOfNone) => hosts is null
        ? [$"{property} must not be null. {purposeOfNone}, leave it empty."]
        : hosts.Select(host => (Host: host, Error: HostEntry.FindError(host)))
            .Where(entry => entry.Error is not null)
            .Select(entry => $"{property}: '{entry.Host}' {entry.Error}");
}
