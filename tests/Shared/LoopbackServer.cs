using System.Collections.Concurrent;
using System.Net;

namespace CognitoM2M.Testing;

/// <summary>An HTTP server on a free port of 127.0.0.1 that keeps every request.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Func<ReceivedRequest, HttpListenerResponse, string> _answer;
    private readonly Task _running;

    /// <param name="answer">Fills in status and headers of a response and returns its body.</param>
    public LoopbackServer(Func<ReceivedRequest, HttpListenerResponse, string> answer)
    {
        _answer = answer;
        (_listener, Address) = Start();
        _running = RunAsync();
    }

    public Uri Address { get; }

    public ConcurrentQueue<ReceivedRequest> Requests { get; } = new();

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _running;
    }

    private static (HttpListener Listener, Uri Address) Start()
    {
        // Another program may take a port between the choice and the start.
        while (true)
        {
            var address = new Uri($"http://127.0.0.1:{Random.Shared.Next(20_000, 60_000)}/");
            var listener = new HttpListener();
            listener.Prefixes.Add(address.AbsoluteUri);
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException)
            {
                // The port is in use. The listener is disposed then.
            }
        }
    }

    private async Task RunAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream);
            var request = new ReceivedRequest(
                context.Request.HttpMethod, context.Request.RawUrl!, context.Request.Headers["Authorization"], context.Request.Headers["Cookie"], await reader.ReadToEndAsync());
            Requests.Enqueue(request);
            await using var writer = new StreamWriter(context.Response.OutputStream);
            await writer.WriteAsync(_answer(request, context.Response));
        }
    }

    internal sealed record ReceivedRequest(string Method, string Path, string? Authorization, string? Cookie, string Body);
}
