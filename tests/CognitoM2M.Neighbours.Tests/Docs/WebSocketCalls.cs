using System.Net.WebSockets;

namespace CognitoM2M.Neighbours.Tests.Docs;

/// <summary>A WebSocket over the HttpClient of an app client. Code of docs/beside-other-libraries.md; a test compares both.</summary>
public static class WebSocketCalls
{
    public static Task ConnectAsync(IHttpClientFactory httpClients, ClientWebSocket socket, CancellationToken cancellationToken) =>
        socket.ConnectAsync(new Uri("wss://api.example.com/feed"), httpClients.CreateClient("orders"), cancellationToken);
}
