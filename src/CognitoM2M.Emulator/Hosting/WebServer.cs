using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Emulator.Hosting;

/// <summary>A web server on one address. Disposing it twice is harmless.</summary>
/// <remarks>
/// Kestrel without a host. A host would handle Ctrl+C and read environment variables, and both belong to the program in which the emulator
/// runs.
/// </remarks>
internal sealed class WebServer : IHttpApplication<HttpContext>, IAsyncDisposable
{
    private static readonly TimeSpan _shutdownGrace = TimeSpan.FromMilliseconds(100);

    private readonly KestrelServer _server;
    private readonly Func<HttpContext, CancellationToken, Task> _handle;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private bool _disposed;

    /// <param name="address">The address to listen on.</param>
    /// <param name="port">The port; 0 takes any free port.</param>
    /// <param name="maxBodyBytes">The largest request body that is read.</param>
    /// <param name="handle">
    /// Handles a request. It is cancelled when the client disconnects or the server stops; the connection is then cut.
    /// </param>
    public WebServer(IPAddress address, int port, int maxBodyBytes, Func<HttpContext, CancellationToken, Task> handle)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = maxBodyBytes;
        options.Listen(address, port);

        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        _server = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
        _handle = handle;
    }

    /// <summary>Binds the port. Requests wait until <see cref="AcceptRequests"/>.</summary>
    /// <returns>An address that leads to the server from this machine.</returns>
    /// <exception cref="IOException">The port is in use.</exception>
    public async Task<Uri> ListenAsync(CancellationToken cancellationToken)
    {
        await _server.StartAsync(this, cancellationToken).ConfigureAwait(false);
        var bound = new Uri(_server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());
        return IPAddress.Parse(bound.DnsSafeHost) is var address && address.Equals(IPAddress.Any) ? ReplaceHost(bound, IPAddress.Loopback)
            : address.Equals(IPAddress.IPv6Any) ? ReplaceHost(bound, IPAddress.IPv6Loopback)
            : bound;
    }

    /// <summary>Starts to handle requests, those that already wait included.</summary>
    public void AcceptRequests() => _ready.SetResult();

    /// <summary>Stops listening. Requests that are still being handled are cut off.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;

        await _stopping.CancelAsync().ConfigureAwait(false);
        using (var grace = new CancellationTokenSource(_shutdownGrace))
            await _server.StopAsync(grace.Token).ConfigureAwait(false);

        _server.Dispose();
        _stopping.Dispose();
    }

    // Nobody can connect to "all addresses".
    private static Uri ReplaceHost(Uri address, IPAddress host) => new UriBuilder(address) { Host = host.ToString() }.Uri;

    HttpContext IHttpApplication<HttpContext>.CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    void IHttpApplication<HttpContext>.DisposeContext(HttpContext context, Exception? exception)
    {
    }

    async Task IHttpApplication<HttpContext>.ProcessRequestAsync(HttpContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        try
        {
            await _ready.Task.WaitAsync(ending.Token).ConfigureAwait(false);
            await _handle(context, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            context.Abort();
        }
    }
}
