using System.Net;

namespace CognitoM2M.Shared;

/// <summary>
/// The proxy of the process, but never for requests to a loopback address. An environment with <c>http_proxy</c> and without
/// <c>no_proxy</c> names a proxy for loopback, too. Such a request would leave the machine with its secret or token unencrypted.
/// </summary>
/// <param name="proxy">The proxy for all other requests; by default the one that <see cref="HttpClient.DefaultProxy"/> has when a request is sent.</param>
internal sealed class LoopbackBypass(IWebProxy? proxy = null) : IWebProxy
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
        return destination.IsLoopback ? null : Proxy.GetProxy(destination);
    }

    public bool IsBypassed(Uri host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.IsLoopback || Proxy.IsBypassed(host);
    }
}
