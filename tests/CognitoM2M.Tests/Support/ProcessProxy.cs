using System.Collections.Concurrent;
using System.Net;

namespace CognitoM2M.Tests.Support;

/// <summary>
/// Stands for a proxy that the environment names (<c>http_proxy</c>). All tests of the process share <see cref="HttpClient.DefaultProxy"/>, so
/// this proxy is used only for the hosts that a test names.
/// </summary>
internal sealed class ProcessProxy : IWebProxy
{
    private static readonly ConcurrentDictionary<string, Uri> _proxies = new(StringComparer.OrdinalIgnoreCase);

    static ProcessProxy() => HttpClient.DefaultProxy = new ProcessProxy();

    private ProcessProxy()
    {
    }

    public ICredentials? Credentials { get; set; }

    /// <summary>Sends requests of this process to a host, with its port, through a proxy.</summary>
    public static void Use(string authority, Uri proxy) => _proxies[authority] = proxy;

    public Uri? GetProxy(Uri destination) => _proxies.GetValueOrDefault(destination.Authority);

    public bool IsBypassed(Uri host) => GetProxy(host) is null;
}
