using CognitoM2M.Shared;

namespace CognitoM2M.Settings;

/// <summary>
/// Where the token of a client may be sent. Two rules hold at once: the connection is encrypted, or the user accepts that it is not; and the host is
/// among the configured ones, if there are any.
/// </summary>
internal sealed class TokenDestination
{
    private readonly string? _ordinaryStart;
    private readonly Uri? _baseAddress;
    private readonly HostEntry[] _allowedHosts;
    private readonly PlainHttpHosts _plainHttpHosts;

    public TokenDestination(Uri? baseAddress, IEnumerable<string> allowedHosts, PlainHttpHosts plainHttpHosts)
    {
        _baseAddress = baseAddress;
        _allowedHosts = [.. allowedHosts.Select(HostEntry.TryParse).OfType<HostEntry>()];
        _plainHttpHosts = plainHttpHosts;
        IsRestricted = _baseAddress is not null || _allowedHosts.Length > 0;
        AcceptsPlainHttp = plainHttpHosts.Names.Any();
        _ordinaryStart = !IsRestricted ? "https://"
            : baseAddress is null ? $"https://{_allowedHosts[0].Text}/"
            : IsSafe(baseAddress) ? baseAddress.GetLeftPart(UriPartial.Authority) + "/"
            : null;
    }

    /// <summary>Whether there are configured hosts.</summary>
    public bool IsRestricted { get; }

    /// <summary>Whether the user accepts plain http for some host.</summary>
    public bool AcceptsPlainHttp { get; }

    /// <summary>Whether the token may be sent to an address, judged by the address alone.</summary>
    public bool Allows(Uri? address) =>
        address is { IsAbsoluteUri: true }
        // Most addresses begin with the configured text. Comparing that is faster than reading the host of each address.
        && ((_ordinaryStart is not null && address.OriginalString.StartsWith(_ordinaryStart, StringComparison.Ordinal))
            || (IsSafe(address) && Names(address)));

    /// <summary>Whether the way to an address is encrypted or stays on this machine, or the user accepts plain http for it.</summary>
    /// <param name="address">The address that the request goes to.</param>
    /// <param name="called">The address that the caller used, before handlers changed it; null if it is not known.</param>
    public bool IsSafe(Uri address, Uri? called = null) =>
        CallScheme.IsHttps(address)
        || (CallScheme.IsHttp(address)
            && (address.IsLoopback || _plainHttpHosts.Contains(address) || (called is not null && _plainHttpHosts.Contains(called))));

    /// <summary>Whether the configuration names the host of an address. If it names no host, every host is meant.</summary>
    public bool Names(Uri address) =>
        !IsRestricted
        || (_baseAddress is not null && CallScheme.IsSameOrigin(_baseAddress, address))
        || Array.Exists(_allowedHosts, host => host.NamesHostOf(address) && (host.Port is not { } port || CallScheme.HasPort(address, port)));

    /// <summary>Says why an address is not safe, and what to do.</summary>
    public static string ExplainUnsafe(Uri address) =>
        CallScheme.IsChoice(address)
            ? $"The request goes to {Describe(address)}, and no service discovery has resolved this address. "
                + "Add service discovery to this HttpClient, and register the HttpClient with IHttpClientFactory."
        : CallScheme.IsHttp(address)
            ? $"The request goes to {Describe(address)}, but tokens are sent over https only, or over http to a loopback address. "
                + $"If you trust the network on the whole way to this host, add '{address.Authority}' to PlainHttpHosts."
        : $"The request goes to {Describe(address)}, but tokens are sent over https only, or over http to a loopback address.";

    /// <summary>Says that a proxy could read the token on the way to an address, and what to do.</summary>
    public static string ExplainProxied(Uri address, Uri proxy) =>
        $"The request goes to {Describe(address)}, and its handler would send it through the proxy {proxy.Authority} of the environment, which could read the token. "
        + "Exclude the host with no_proxy, or set UseProxy to false on the primary handler of this HttpClient.";

    /// <summary>The error text for an address whose host the configuration does not name. It also says what to do.</summary>
    /// <param name="address">The address that the request goes to.</param>
    /// <param name="called">The address that the caller used, before handlers changed it; null if it is not known.</param>
    public string ExplainUnnamed(Uri address, Uri? called) =>
        $"The request {(called is null || called.Authority == address.Authority ? "" : $"for {called.Authority} ")}goes to {address.Authority}, "
        + $"but the token of this client may be sent to {ListNames()} only. To allow another host, add it to AllowedHosts.";

    /// <summary>The error text for a Host header whose host the configuration does not name. It also says what to do.</summary>
    public string ExplainHostHeader(string host) =>
        $"The Host header of the request names {host}, but the token of this client may be sent to {ListNames()} only. "
        + "The Host header decides whose TLS certificate is accepted. Remove the header, or add the host to AllowedHosts.";

    private static string Describe(Uri address) => $"{address.Scheme}://{address.Authority}";

    private string ListNames() =>
        string.Join(", ", _allowedHosts.Select(host => host.Text).Prepend(_baseAddress?.GetLeftPart(UriPartial.Authority)).OfType<string>());
}
