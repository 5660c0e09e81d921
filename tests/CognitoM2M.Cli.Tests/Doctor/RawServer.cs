using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CognitoM2M.Cli.Tests.Doctor;

/// <summary>A server on loopback that answers exactly as a test says, also with what is no HTTP. Each connection carries one request.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<string, string?> _answer;
    private readonly X509Certificate2? _certificate;
    private readonly Task _running;

    /// <param name="answer">Answers a request, given with its headers; an empty text closes the connection, null keeps it open without an answer.</param>
    /// <param name="certificate">The certificate for TLS; null for plain text.</param>
    public RawServer(Func<string, string?> answer, X509Certificate2? certificate = null)
    {
        (_answer, _certificate) = (answer, certificate);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _running = RunAsync();
    }

    public int Port { get; }

    /// <summary>Every request that came.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Ends when the first request came that gets no answer.</summary>
    public TaskCompletionSource Hanging { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The text of an HTTP response.</summary>
    public static string Respond(int status, string headers = "", string body = "") =>
        $"HTTP/1.1 {status} Test\r\nConnection: close\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}\r\n{body}";

    /// <summary>The text of a JSON response.</summary>
    public static string RespondJson(int status, string body) => Respond(status, "Content-Type: application/json\r\n", body);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            // The wait for a connection was cancelled, or began when the listener had ended.
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        using (connection)
        {
            try
            {
                Stream stream = connection.GetStream();
                if (_certificate is not null)
                {
                    var tls = new SslStream(stream);
                    await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stopping.Token);
                    stream = tls;
                }

                await ServeAsync(stream);
            }
            catch (Exception error) when (error is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The client went away: it refused the certificate, only opened the connection, or was stopped.
            }
        }
    }

    private async Task ServeAsync(Stream stream)
    {
        var buffer = new byte[65_536];
        var length = 0;
        string request;
        do
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), _stopping.Token);
            if (read == 0)
                return;
            length += read;
            request = Encoding.UTF8.GetString(buffer, 0, length);
        }
        while (!request.Contains("\r\n\r\n", StringComparison.Ordinal) && _certificate is null && char.IsAsciiLetterUpper(request[0]));

        Requests.Enqueue(request);
        if (_answer(request) is not { } answer)
        {
            Hanging.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _stopping.Token);
            return;
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), _stopping.Token);
    }
}
