using System.Buffers;

namespace CognitoM2M.Settings;

/// <summary>An entry of AllowedHosts.</summary>
/// <param name="Text">The entry as it was written.</param>
/// <param name="IdnHost">The host in the form that is compared.</param>
/// <param name="Port">The port; null if the entry names none, and every port is allowed.</param>
internal sealed record AllowedHost(string Text, string IdnHost, int? Port)
{
    private static readonly SearchValues<char> _notInHosts = SearchValues.Create("*/@?#\\ ");

    /// <summary>Whether the text can be an entry: <c>host</c> or <c>host:port</c>.</summary>
    public static bool IsValid(string? text) =>
        !string.IsNullOrEmpty(text)
        && !text.AsSpan().ContainsAny(_notInHosts)
        && Uri.TryCreate($"https://{text}/", UriKind.Absolute, out var uri)
        && uri.AbsolutePath == "/"
        && uri.Port > 0
        && HasName(uri)
        && !text.EndsWith(':');

    public static AllowedHost Parse(string text)
    {
        var address = new Uri($"https://{text}/");
        return new AllowedHost(text, address.IdnHost, NamesPort(text) ? address.Port : null);
    }

    /// <summary>Whether a host is followed by a port.</summary>
    public static bool NamesPort(string host) =>
        // A colon after the host, not one inside an IPv6 address.
        host.LastIndexOf(':') > host.LastIndexOf(']');

    public bool Matches(Uri address) =>
        (Port is not { } port || CallScheme.HasPort(address, port)) && string.Equals(IdnHost, address.IdnHost, StringComparison.OrdinalIgnoreCase);

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
}
