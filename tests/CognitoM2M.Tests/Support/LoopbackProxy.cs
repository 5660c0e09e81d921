using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CognitoM2M.Tests.Support;

/// <summary>A proxy on a free port of 127.0.0.1. It keeps the head of each request, and answers the request itself.</summary>
internal sealed class LoopbackProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _running;

    public LoopbackProxy()
    {
        _listener.Start();
        Address = new Uri($"http://{_listener.LocalEndpoint}/");
        _running = RunAsync();
    }

    public Uri Address { get; }

    /// <summary>The first line and the headers of each request.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _running;
    }

    private async Task RunAsync()
    {
        while (true)
        {
            TcpClient connection;
            try
            {
                connection = await _listener.AcceptTcpClientAsync();
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }

            using (connection)
                await AnswerAsync(connection.GetStream());
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        var head = new List<string>();
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
            head.Add(line);
        Requests.Enqueue(string.Join('\n', head));
        await stream.WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray());
    }
}
