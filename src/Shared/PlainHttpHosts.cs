using System.Buffers;
using System.Globalization;
using System.Net;

namespace CognitoM2M.Shared;

/// <summary>
/// The hosts that a user named because plain http may be used with them: hosts of a network that the user trusts. Each entry is
/// <c>host</c> (any port) or <c>host:port</c> and stands for this host alone. There are no wildcards.
/// </summary>
internal sealed class PlainHttpHosts
{
    public static readonly PlainHttpHosts None = new([]);

    private static readonly SearchValues<char> _wildcards = SearchValues.Create("*+?");

    private readonly Entry[] _entries;

    /// <param name="entries">The entries. Malformed entries match no address; <see cref="FindError"/> reports them.</param>
    public PlainHttpHosts(IEnumerable<string?> entries) => _entries = [.. entries.Select(Entry.TryParse).OfType<Entry>()];

    /// <summary>The entries as they were written.</summary>
    public IEnumerable<string> Names => _entries.Select(entry => entry.Text);

    /// <summary>What is wrong with an entry, as the end of a sentence that begins with the entry; null if nothing is.</summary>
    public static string? FindError(string? entry) =>
        Entry.TryParse(entry) is not null ? null
        : IsPattern(entry) ? "is a wildcard. Name each host: plain http is allowed for single hosts only."
        : "must be a host name or host:port, without scheme or path.";

    /// <summary>Whether the host and port of the address are among the hosts. The scheme of the address is not checked.</summary>
    public bool Contains(Uri address) => Array.Exists(_entries, entry => entry.Matches(address));

    private static bool IsPattern(string? entry) =>
        entry is not null
        && (entry.AsSpan().ContainsAny(_wildcards) || entry.StartsWith('.') || IPNetwork.TryParse(entry, out _) || IsAnyAddress(entry));

    // A server that listens on such an address listens on every address of the machine. It is not the address of one host.
    private static bool IsAnyAddress(string entry) =>
        IPEndPoint.TryParse(entry, out var endPoint) && (endPoint.Address.Equals(IPAddress.Any) || endPoint.Address.Equals(IPAddress.IPv6Any));

    /// <param name="Text">The entry as it was written.</param>
    /// <param name="Host">The host in the form that is compared.</param>
    /// <param name="Port">The port; null if the entry names none, and every port is meant.</param>
    private sealed record Entry(string Text, string Host, int? Port)
    {
        public static Entry? TryParse(string? text)
        {
            if (string.IsNullOrEmpty(text) || IsPattern(text))
                return null;

            // A colon after the host, not one inside an IPv6 address.
            var colon = text.LastIndexOf(':') > text.LastIndexOf(']') ? text.LastIndexOf(':') : text.Length;
            int? port = null;
            if (colon < text.Length)
            {
                if (!ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
                    return null;
                port = number;
            }

            return FindIdnHost(text[..colon]) is { } host ? new Entry(text, host, port) : null;
        }

        public bool Matches(Uri address) =>
            (Port is null || Port == address.Port) && string.Equals(Host, address.IdnHost, StringComparison.OrdinalIgnoreCase);

        private static string? FindIdnHost(string host)
        {
            try
            {
                return Uri.CheckHostName(host) != UriHostNameType.Unknown && Uri.TryCreate($"https://{host}/", UriKind.Absolute, out var address)
                    ? address.IdnHost
                    : null;
            }
            catch (UriFormatException)
            {
                // Some texts, such as half of a surrogate pair, fail only here.
                return null;
            }
        }
    }
}
