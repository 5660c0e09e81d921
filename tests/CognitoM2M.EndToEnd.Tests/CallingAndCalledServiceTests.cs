using System.Net;
using CognitoM2M.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.EndToEnd.Tests;

/// <summary>One service that is protected and calls, both from configuration alone, as its environment variables and appsettings.json give it.</summary>
public sealed class CallingAndCalledServiceTests
{
    [Fact]
    public async Task Service_with_both_sections_in_one_configuration_is_called_and_calls()
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        var pool = cognito.CreateUserPool("acme");
        pool.CreateResourceServer("orders", "read");
        var appClient = pool.CreateAppClient("caller", "orders/read");
        await using var service = await StartServiceAsync(cognito, pool, appClient);
        using var stranger = new HttpClient { BaseAddress = new Uri(service.Urls.Single()) };

        using var refused = await stranger.GetAsync(new Uri("orders", UriKind.Relative));
        var relayed = await stranger.GetStringAsync(new Uri("relay", UriKind.Relative));
        var health = await stranger.GetStringAsync(new Uri("health", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal($"orders for {appClient.ClientId}", relayed);
        Assert.Equal("Healthy", health);
    }

    private static async Task<WebApplication> StartServiceAsync(CognitoEmulator cognito, EmulatedUserPool pool, EmulatedAppClient appClient)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Authentication:Schemes:CognitoM2M:UserPoolId"] = pool.Id,
            ["Authentication:Schemes:CognitoM2M:ClientIds:0"] = appClient.ClientId,
            ["Authentication:Schemes:CognitoM2M:JwksUri"] = pool.JwksUri.AbsoluteUri,
            ["CognitoM2M:Clients:orders:TokenEndpoint"] = cognito.TokenEndpoint.AbsoluteUri,
            ["CognitoM2M:Clients:orders:ClientId"] = appClient.ClientId,
            // As the environment variable CognitoM2M__Clients__orders__ClientSecret gives it.
            ["CognitoM2M:Clients:orders:ClientSecret"] = appClient.ClientSecret,
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthentication().AddCognitoM2M();
        builder.Services.AddAuthorization();
        builder.Services.AddCognitoM2MClient("orders", builder.Configuration.GetSection("CognitoM2M:Clients:orders"));
        builder.Services.AddHealthChecks().AddCognitoM2MTokens().AddCognitoM2MKeys();

        var service = builder.Build();
        service.MapGet("/orders", (HttpContext context) => $"orders for {context.User.Identity!.Name}").RequireCognitoScope("orders/read");
        service.MapGet("/relay", async (IHttpClientFactory clients) =>
        {
            using var orders = clients.CreateClient("orders");
            return await orders.GetStringAsync(new Uri($"{service.Urls.Single()}/orders"));
        });
        service.MapHealthChecks("/health");
        await service.StartAsync();
        return service;
    }
}
