using System.Net.WebSockets;
using CognitoM2M.Neighbours.Tests.Grpc;
using Flurl.Http;
using Grpc.Core;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;
using Refit;
using RestSharp;
using Yarp.ReverseProxy.Transforms;

namespace CognitoM2M.Neighbours.Tests.Docs;

/// <summary>The code of the section "Beside other libraries" in docs/calling.md, so that the compiler checks it. A test compares both.</summary>
internal static class BesideOtherLibraries
{
    public static void AddResilience(IHostApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler(options => options.Retry.ShouldHandle = arguments => ValueTask.FromResult(
                arguments.Outcome.Exception is not CognitoTokenException { IsTransient: false }
                && HttpClientResiliencePredicates.IsTransient(arguments.Outcome)));
            http.AddServiceDiscovery();
        });
        builder.Services.AddCognitoM2MClients(builder.Configuration);
    }

    public static void AddGrpc(IHostApplicationBuilder builder)
    {
        builder.Services.AddGrpcClient<Orders.OrdersClient>(options => options.Address = new Uri("https://orders.example.com"))
            .AddCognitoM2MToken("orders");
    }

    public static async Task<Order> CallWithRetryAsync(Orders.OrdersClient orders, OrderRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await orders.GetAsync(request, cancellationToken: cancellationToken);
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.Unauthenticated)
        {
            // The rejected token has been replaced. This call carries the new one.
            return await orders.GetAsync(request, cancellationToken: cancellationToken);
        }
    }

    public static async Task<HubConnection> ConnectAsync(ICognitoTokenProvider tokens)
    {
        CognitoAccessToken? used = null;
        var connection = new HubConnectionBuilder()
            .WithUrl("https://api.example.com/hub", options =>
                options.AccessTokenProvider = async () => (used = await tokens.GetTokenAsync("orders")).Value)
            .Build();
        try
        {
            await connection.StartAsync();
        }
        catch (HttpRequestException error) when (error.StatusCode == System.Net.HttpStatusCode.Unauthorized && used is not null)
        {
            if (await tokens.ReplaceRejectedTokenAsync("orders", used) is null)
                throw;
            await connection.StartAsync();
        }

        return connection;
    }

    public static async Task ConnectAsync(IHttpClientFactory httpClients, ClientWebSocket socket, CancellationToken cancellationToken)
    {
        await socket.ConnectAsync(new Uri("wss://api.example.com/feed"), httpClients.CreateClient("orders"), cancellationToken);
    }

    public static void AddRefit(IHostApplicationBuilder builder)
    {
        builder.Services.AddRefitGeneratedClient<IOrders>()
            .ConfigureHttpClient(http => http.BaseAddress = new Uri("https://api.example.com/"))
            .AddCognitoM2MToken("orders");
    }

    public static object[] WrapHttpClient(IHttpClientFactory httpClients)
    {
        var restSharp = new RestClient(httpClients.CreateClient("orders"));
        var flurl = new FlurlClient(httpClients.CreateClient("orders"));
        var kiota = new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: httpClients.CreateClient("orders"));

        return [restSharp, flurl, kiota];
    }

    public static void AddProxy(IHostApplicationBuilder builder, ICognitoTokenProvider tokens)
    {
        builder.Services.AddReverseProxy()
            .LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"))
            .AddTransforms(transforms =>
            {
                transforms.AddRequestTransform(async context =>
                {
                    var token = await tokens.GetTokenAsync("orders", context.CancellationToken);
                    context.HttpContext.Items["token"] = token;
                    context.ProxyRequest.Headers.Authorization = new("Bearer", token.Value);
                });
                transforms.AddResponseTransform(async context =>
                {
                    if (context.ProxyResponse?.StatusCode == System.Net.HttpStatusCode.Unauthorized
                        && context.HttpContext.Items["token"] is CognitoAccessToken token)
                        await tokens.ReplaceRejectedTokenAsync("orders", token, cancellationToken: context.CancellationToken);
                });
            });
    }

    public static void AddTelemetry(IHostApplicationBuilder builder)
    {
        builder.Services.AddOpenTelemetry()
            .WithTracing(traces => traces.AddSource(CognitoM2MDiagnostics.ActivitySourceName))
            .WithMetrics(metrics => metrics.AddMeter(CognitoM2MDiagnostics.MeterName));
    }

    public static void AddClock(IServiceCollection services)
    {
        var clock = new FakeTimeProvider();
        services.AddSingleton<TimeProvider>(clock);
    }
}
