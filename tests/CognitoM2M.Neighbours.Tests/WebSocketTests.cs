using System.Net.WebSockets;
using System.Text;
using CognitoM2M.Neighbours.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Neighbours.Tests;

/// <summary>ClientWebSocket over the HttpClient of an app client.</summary>
public sealed class WebSocketTests
{
    [Fact]
    public async Task WebSocket_connects_with_a_token()
    {
        await using var service = await StartAsync();

        Assert.Equal("order-1", await ReadFeedAsync(service));
        Assert.Equal(1, service.TokenRequests);
    }

    [Fact]
    public async Task Rejected_token_of_a_WebSocket_is_replaced_once()
    {
        await using var service = await StartAsync();
        await ReadFeedAsync(service);
        service.Api.RejectSeenTokens();

        Assert.Equal("order-1", await ReadFeedAsync(service));
        Assert.Equal(2, service.TokenRequests);
    }

    [Fact]
    public async Task WebSocket_to_another_host_is_refused()
    {
        await using var service = await StartAsync();
        using var socket = new ClientWebSocket();

        var failure = await Assert.ThrowsAsync<WebSocketException>(
            () => socket.ConnectAsync(new Uri("wss://elsewhere.example.com/feed"), service.CreateClient(), CancellationToken.None));

        Assert.Equal(CognitoTokenErrors.DestinationNotAllowed, Assert.IsType<CognitoTokenException>(failure.InnerException).Error);
    }

    private static async Task<string> ReadFeedAsync(CallingService service)
    {
        using var client = service.CreateClient();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(service.Api.Address) { Scheme = "ws", Path = "feed" }.Uri, client, CancellationToken.None);
        var buffer = new byte[100];
        var received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    private static Task<CallingService> StartAsync() =>
        CallingService.StartAsync((builder, _) => builder.Services.AddCognitoM2MClients(builder.Configuration));
}
