using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Neighbours.Tests.Support;

/// <summary>
/// An API on loopback with HTTP resources, a gRPC service, a SignalR hub and a WebSocket. It answers 401 to a call without a token, and to
/// tokens that the test has it reject.
/// </summary>
internal sealed class OrdersApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, bool> _rejected = new();
    private readonly ConcurrentDictionary<string, bool> _seen = new();

    private OrdersApi(WebApplication app) => _app = app;

    /// <summary>For HTTP/1.1.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>For HTTP/2 without TLS.</summary>
    public Uri GrpcAddress { get; private set; } = null!;

    /// <summary>The calls that reached the API, those with a rejected token included.</summary>
    public ConcurrentQueue<ApiCall> Calls { get; } = new();

    /// <summary>Runs before each call with an accepted token. A status that it sets ends the call.</summary>
    public Func<HttpContext, Task> OnCall { get; set; } = _ => Task.CompletedTask;

    public static async Task<OrdersApi> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddGrpc();
        builder.Services.AddSignalR();
        var app = builder.Build();
        var api = new OrdersApi(app);

        app.Use(api.CheckTokenAsync);
        app.UseWebSockets();
        app.MapGet("/orders/{id}", (string id) => new { id });
        app.MapPost("/orders", async (HttpRequest request) => Results.Text(await new StreamReader(request.Body).ReadToEndAsync(), request.ContentType));
        app.Map("/feed", SendFeedAsync);
        app.MapGrpcService<OrdersService>();
        app.MapHub<OrdersHub>("/hub");
        await app.StartAsync();

        var addresses = app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        (api.Address, api.GrpcAddress) = (new Uri(addresses[0]), new Uri(addresses[1]));
        return api;
    }

    /// <summary>Rejects every token that the API has seen so far, as after a change of the signing key.</summary>
    public void RejectSeenTokens()
    {
        foreach (var token in _seen.Keys)
            _rejected[token] = true;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task CheckTokenAsync(HttpContext context, RequestDelegate next)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        Calls.Enqueue(new ApiCall(context.Request.Path + context.Request.QueryString, authorization));
        _seen[authorization] = true;
        if (!authorization.StartsWith("Bearer ey", StringComparison.Ordinal) || _rejected.ContainsKey(authorization))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        await OnCall(context);
        if (context.Response.StatusCode == StatusCodes.Status200OK && !context.Response.HasStarted)
            await next(context);
    }

    private static async Task SendFeedAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await socket.SendAsync("order-1"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
    }
}

/// <summary>A call that reached the API.</summary>
/// <param name="Path">The path with the query.</param>
/// <param name="Authorization">The Authorization header; empty if there was none.</param>
internal sealed record ApiCall(string Path, string Authorization);
