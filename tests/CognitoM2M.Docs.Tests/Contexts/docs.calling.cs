global using static Calling.Names;
global using Calling;
global using Flurl.Http;
global using Grpc.Core;
global using Microsoft.AspNetCore.SignalR.Client;
global using Microsoft.Extensions.Http.Resilience;
global using Microsoft.Extensions.Time.Testing;
global using Microsoft.Kiota.Abstractions.Authentication;
global using Microsoft.Kiota.Http.HttpClientLibrary;
global using OpenTelemetry.Metrics;
global using OpenTelemetry.Trace;
global using Refit;
global using RestSharp;
global using StatusCode = Grpc.Core.StatusCode;
global using System.Net.WebSockets;
global using Yarp.ReverseProxy.Transforms;
using System.Net;
using CognitoM2M;

namespace Calling
{
    internal static class Names
    {
        public static string secret => throw null!;

        public static WebProxy proxy => throw null!;

        public static ClientWebSocket socket => throw null!;

        public static Orders.OrdersClient orders => throw null!;

        public static Order request => throw null!;

        public static Task SendAsync(string authorization) => throw null!;

        public static Task SendAsync(CognitoAccessToken token) => throw null!;
    }

    internal sealed class ReportsApi(HttpClient http)
    {
        public HttpClient Http { get; } = http;
    }

    internal sealed class AuditApi(HttpClient http)
    {
        public HttpClient Http { get; } = http;
    }

    internal sealed class VaultClient(HttpClient http)
    {
        public HttpClient Http { get; } = http;
    }

    internal sealed class Order;

    internal interface IOrders
    {
        [Get("/orders")]
        Task<string> ReadAsync();
    }

    internal static class Orders
    {
        internal sealed class OrdersClient(ChannelBase channel) : ClientBase(channel)
        {
            public AsyncUnaryCall<Order> GetAsync(Order request, CancellationToken cancellationToken = default) => throw null!;
        }
    }
}
