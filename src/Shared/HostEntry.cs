using System.Buffers;
using System.Globalization;
using System.Net;

namespace CognitoM2M.Shared;

/// <summary>
/// An entry of a list of hosts as users write it: <c>host</c> (any port) or <c>host:port</c>. It stands for this host alone. There are no
/// wildcards.
/// </summary>
/// <param name="Text">The entry as it was written.</param>
/// <param name="Host">The host in the form that is compared.</param>
/// <param name="Port">The port; null if the entry names none, and every port is meant.</param>
internal sealed record HostEntry(string Text, string Host, int? Port)
{
    private static readonly SearchValues<char> _wildcards = SearchValues.Create("*+?");

    /// <summary>Reads an entry; null if it is malformed.</summary>
    public static HostEntry? TryParse(string? text)
    {
        if (string.IsNullOrEmpty(text) || IsPattern(text))
            return null;

        var colon = NamesPort(text) ? text.LastIndexOf(':') : text.Length;
        int? port = null;
        if (colon < text.Length)
        {
            if (!ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
                return null;
            port = number;
        }

        return FindHost(text[..colon]) is { } host ? new HostEntry(text, host, port) : null;
    }

    /// <summary>What is wrong with an entry, as the end of a sentence that begins with the entry; null if nothing is.</summary>
    public static string? FindError(string? text) =>
        TryParse(text) is not null ? null
        : text is not null && IsPattern(text) ? "is a wildcard. Name each host."
        : "must be a host name or host:port, without scheme or path.";

    /// <summary>Whether a host is followed by a port.</summary>
    public static bool NamesPort(string host) =>
        // A colon after the host, not one inside an IPv6 address.
        host.LastIndexOf(':') > host.LastIndexOf(']');

    /// <summary>The host of an address in the form that is compared. A dot at its end says that the name is complete, and does not change it.</summary>
    public static string FindHost(Uri address) => address.IdnHost is [.. var name, '.'] ? name : address.IdnHost;

    /// <summary>Whether this is the host of an address. The scheme of the address is not checked.</summary>
    public bool NamesHostOf(Uri address) => string.Equals(Host, FindHost(address), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether this is the host of an address, and its port if the entry has one.</summary>
    public bool Matches(Uri address) => (Port is null || Port == address.Port) && NamesHostOf(address);

    private static bool IsPattern(string text) =>
        text.AsSpan().ContainsAny(_wildcards) || text.StartsWith('.') || IPNetwork.TryParse(text, out _) || IsAnyAddress(text);

    // A server that listens on such an address listens on every address of the machine. It is not the address of one host.
    private static bool IsAnyAddress(string text) =>
        IPEndPoint.TryParse(text, out var endPoint) && (endPoint.Address.Equals(IPAddress.Any) || endPoint.Address.Equals(IPAddress.IPv6Any));

    private static string? FindHost(string host)
    {
        try
        {
            return Uri.CheckHostName(host) != UriHostNameType.Unknown && Uri.TryCreate($"https://{host}/", UriKind.Absolute, out var address)
                ? FindHost(address)
                : null;
        }
        catch (UriFormatException)
        {
            // Some texts, such as half of a surrogate pair, fail only here.
            return null;
        }
    }
}
