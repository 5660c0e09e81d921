using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace CognitoM2M.Provisioning.Tests.Fakes;

/// <summary>An HTTP server on loopback that records requests and sends the given answers in order. It repeats the last answer.</summary>
internal sealed class LoopbackService : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<Received> _received = [];
    private readonly Queue<Answer> _answers;
    private readonly Task _serving;

    public LoopbackService(params Answer[] answers)
    {
        _answers = new Queue<Answer>(answers);
        var port = FreePort();
        Address = new Uri($"http://127.0.0.1:{port}/");
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    public IReadOnlyList<Received> Received => [.. _received];

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream);
            var headers = context.Request.Headers.AllKeys.ToDictionary(key => key!, key => context.Request.Headers[key]!, StringComparer.OrdinalIgnoreCase);
            _received.Enqueue(new Received(context.Request.HttpMethod, headers, await reader.ReadToEndAsync()));

            var answer = _answers.Count > 1 ? _answers.Dequeue() : _answers.Peek();
            context.Response.StatusCode = answer.Status;
            context.Response.ContentType = answer.ContentType;
            context.Response.Headers["x-amzn-RequestId"] = "request-1";
            if (answer.ErrorType is { } type)
                context.Response.Headers["x-amzn-ErrorType"] = type;
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.Body));
            context.Response.Close();
        }
    }
}

internal sealed record Received(string Method, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}

internal sealed record Answer(int Status, string Body, string? ErrorType = null, string ContentType = "application/x-amz-json-1.1")
{
    public static Answer Ok(string body) => new(200, body);

    public static Answer Error(string name, string message = "No.", int status = 400) =>
        new(status, $$"""{"__type":"com.amazonaws#{{name}}","message":"{{message}}"}""", $"{name}:");
}
