using System.Buffers;
using CognitoM2M.Shared;

namespace CognitoM2M.Settings;

/// <summary>Where the token of a client may be sent: to https addresses, or http loopback addresses, and only to the configured hosts if there are any.</summary>
internal sealed class TokenDestination
{
    private static readonly SearchValues<char> _notInHosts = SearchValues.Create("*/@?#\\ ");

    private readonly string _ordinaryStart;
    private readonly Uri? _baseAddress;
    private readonly AllowedHost[] _allowedHosts;

    public TokenDestination(Uri? baseAddress, IEnumerable<string> allowedHosts)
    {
        _baseAddress = baseAddress;
        _allowedHosts = [.. allowedHosts.Select(AllowedHost.Parse)];
        _ordinaryStart = !IsRestricted ? "https://"
            : baseAddress is not null ? baseAddress.GetLeftPart(UriPartial.Authority) + "/"
            : $"https://{_allowedHosts[0].Text}/";
    }

    private bool IsRestricted => _baseAddress is not null || _allowedHosts.Length > 0;

    /// <summary>Whether the text can be an entry of AllowedHosts: <c>host</c> or <c>host:port</c>.</summary>
    public static bool IsHost(string? host) =>
        !string.IsNullOrEmpty(host)
        && !host.AsSpan().ContainsAny(_notInHosts)
        && Uri.TryCreate($"https://{host}/", UriKind.Absolute, out var uri)
        && uri.AbsolutePath == "/"
        && uri.Port > 0
        && HasName(uri)
        && !host.EndsWith(':');

    // Some texts, such as half of a surrogate pair, fail only here.
    private static bool HasName(Uri address)
    {
        try
        {
            return address.IdnHost.Length > 0;
        }
        catch (UriFormatException)
        {
            return false;
        }
    }

    /// <summary>Whether two addresses have the same scheme, host and port.</summary>
    public static bool IsSameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && string.Equals(one.IdnHost, other.IdnHost, StringComparison.OrdinalIgnoreCase);

    public bool Allows(Uri? address) =>
        address is { IsAbsoluteUri: true }
        // Most addresses begin with the configured text. Comparing that is faster than reading the host of each address.
        && (address.OriginalString.StartsWith(_ordinaryStart, StringComparison.Ordinal) || AllowsParsed(address));

    /// <summary>Says why an address is not allowed, and what to do.</summary>
    public string Explain(Uri? address)
    {
        if (address is not { IsAbsoluteUri: true })
            return "The request has no absolute address. Set BaseAddress, or call an absolute address.";
        if (!WebAddress.IsSecure(address))
            return $"The request goes to {address.Scheme}://{address.Authority}, but tokens are sent over https only, or over http to a loopback address.";

        var allowed = _allowedHosts.Select(host => host.Text).Prepend(_baseAddress?.GetLeftPart(UriPartial.Authority)).OfType<string>();
        return $"The request goes to {address.Authority}, but the token of this client may be sent to {string.Join(", ", allowed)} only. "
            + "To allow another host, add it to AllowedHosts.";
    }

    private bool AllowsParsed(Uri address)
    {
        if (!WebAddress.IsSecure(address))
            return false;
        if (!IsRestricted)
            return true;
        return (_baseAddress is { } baseAddress && IsSameOrigin(baseAddress, address)) || Array.Exists(_allowedHosts, host => host.Matches(address));
    }

    /// <summary>An entry of AllowedHosts.</summary>
    /// <param name="Text">The entry as it was written.</param>
    /// <param name="IdnHost">The host in the form that is compared.</param>
    /// <param name="Port">The port; null if the entry names none, and every port is allowed.</param>
    private sealed record AllowedHost(string Text, string IdnHost, int? Port)
    {
        public static AllowedHost Parse(string text)
        {
            var address = new Uri($"https://{text}/");
            // A colon after the host, not one inside an IPv6 address.
            var namesPort = text.LastIndexOf(':') > text.LastIndexOf(']');
            return new AllowedHost(text, address.IdnHost, namesPort ? address.Port : null);
        }

        public bool Matches(Uri address) =>
            (Port is null || Port == address.Port) && string.Equals(IdnHost, address.IdnHost, StringComparison.OrdinalIgnoreCase);
    }
}
