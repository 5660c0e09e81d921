using System.Net;

namespace CognitoM2M.Shared;

/// <summary>
/// The proxy of the process, for requests with a secret, a token or keys. A proxy can read and change what is not encrypted. So it gets no
/// request to a loopback address, and none over plain http to a host for which the user accepts plain http: the user trusts the network on
/// the way to this host, and not the proxy that the environment happens to name.
/// </summary>
/// <param name="acceptsPlainHttp">Whether the user accepts plain http for an address. By default for every one: the sender has checked its addresses.</param>
/// <param name="proxy">The proxy for all other requests; by default the one that <see cref="HttpClient.DefaultProxy"/> has when a request is sent.</param>
internal sealed class EnvironmentProxy(Func<Uri, bool>? acceptsPlainHttp = null, IWebProxy? proxy = null) : IWebProxy
{
    private IWebProxy Proxy => proxy ?? HttpClient.DefaultProxy;

    public ICredentials? Credentials
    {
        get => Proxy.Credentials;
        set => Proxy.Credentials = value;
    }

    public Uri? GetProxy(Uri destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return IsDirect(destination) ? null : Proxy.GetProxy(destination);
    }

    public bool IsBypassed(Uri host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return IsDirect(host) || Proxy.IsBypassed(host);
    }

    private bool IsDirect(Uri address) =>
        address.IsLoopback
        || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeWss && acceptsPlainHttp?.Invoke(address) != false);
}
