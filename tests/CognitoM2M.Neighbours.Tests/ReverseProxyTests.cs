using System.Net;
using CognitoM2M.Neighbours.Tests.Docs;
using CognitoM2M.Neighbours.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;

namespace CognitoM2M.Neighbours.Tests;

/// <summary>A YARP proxy that puts the token on what it forwards, with the transforms of the documentation.</summary>
public sealed class ReverseProxyTests
{
    [Fact]
    public async Task Transform_puts_the_token_on_forwarded_requests_and_reports_a_rejected_token()
    {
        await using var service = await CallingService.StartAsync((builder, _) => builder.Services.AddCognitoM2MClients(builder.Configuration));
        await using var proxy = await StartProxyAsync(service);
        using var client = new HttpClient { BaseAddress = new Uri(proxy.Urls.Single()) };
        Assert.Equal(HttpStatusCode.OK, await GetAsync(client));
        service.Api.RejectSeenTokens();

        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(client));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(client));

        Assert.Equal(2, service.TokenRequests);
    }

    private static async Task<HttpStatusCode> GetAsync(HttpClient client)
    {
        using var response = await client.GetAsync(new Uri("orders/1", UriKind.Relative));
        return response.StatusCode;
    }

    private static async Task<WebApplication> StartProxyAsync(CallingService service)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(service.Provider);
        builder.Services.AddReverseProxy()
            .LoadFromMemory(
                [new RouteConfig { RouteId = "orders", ClusterId = "orders", Match = new RouteMatch { Path = "{**path}" } }],
                [new ClusterConfig
                {
                    ClusterId = "orders",
                    Destinations = new Dictionary<string, DestinationConfig> { ["api"] = new() { Address = service.Api.Address.AbsoluteUri } },
                }])
            .AddTransforms(transforms => YarpTransforms.Add(transforms, "orders"));
        var proxy = builder.Build();
        proxy.MapReverseProxy();
        await proxy.StartAsync();
        return proxy;
    }
}
