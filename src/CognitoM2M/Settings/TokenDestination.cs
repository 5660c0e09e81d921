using System.Buffers;

namespace CognitoM2M.Settings;

/// <summary>Where a client's token may go: https, or http to loopback; and only to the hosts named, if any are.</summary>
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

    /// <summary>https, or http to loopback.</summary>
    public static bool IsSecure(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    /// <summary>Whether an entry of AllowedHosts has a form that can match: <c>host</c> or <c>host:port</c>.</summary>
    public static bool IsHost(string? host) =>
        !string.IsNullOrEmpty(host)
        && !host.AsSpan().ContainsAny(_notInHosts)
        && Uri.TryCreate($"https://{host}/", UriKind.Absolute, out var uri)
        && uri.AbsolutePath == "/"
        && uri.Port > 0
        && HasName(uri)
        && !host.EndsWith(':');

    // Half of a surrogate pair, say, is found out only here.
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
        // Most addresses begin as they were configured; that is decided without cutting the host out of each of them.
        && (address.OriginalString.StartsWith(_ordinaryStart, StringComparison.Ordinal) || AllowsOnCloserLook(address));

    /// <summary>Why an address is not allowed, and what to do about it.</summary>
    public string Explain(Uri? address)
    {
        if (address is not { IsAbsoluteUri: true })
            return "The request has no absolute address.";
        if (!IsSecure(address))
            return $"The request goes to {address.Scheme}://{address.Authority}, and a token is sent over https only (http to loopback alone).";

        var allowed = _allowedHosts.Select(host => host.Text).Prepend(_baseAddress?.GetLeftPart(UriPartial.Authority)).OfType<string>();
        return $"The request goes to {address.Authority}, but this client's token may go to {string.Join(", ", allowed)} only. "
            + "If that host shall have the token, add it to AllowedHosts.";
    }

    private bool AllowsOnCloserLook(Uri address)
    {
        if (!IsSecure(address))
            return false;
        if (!IsRestricted)
            return true;
        return (_baseAddress is { } baseAddress && IsSameOrigin(baseAddress, address)) || Array.Exists(_allowedHosts, host => host.Is(address));
    }

    /// <summary>An entry of AllowedHosts.</summary>
    /// <param name="Text">As it was written.</param>
    /// <param name="IdnHost">The host in the form that addresses are compared in.</param>
    /// <param name="Port">Null if any will do.</param>
    private sealed record AllowedHost(string Text, string IdnHost, int? Port)
    {
        public static AllowedHost Parse(string text)
        {
            var address = new Uri($"https://{text}/");
            // A colon after the host, not one inside an IPv6 address.
            var namesPort = text.LastIndexOf(':') > text.LastIndexOf(']');
            return new AllowedHost(text, address.IdnHost, namesPort ? address.Port : null);
        }

        public bool Is(Uri address) =>
            (Port is null || Port == address.Port) && string.Equals(IdnHost, address.IdnHost, StringComparison.OrdinalIgnoreCase);
    }
}
