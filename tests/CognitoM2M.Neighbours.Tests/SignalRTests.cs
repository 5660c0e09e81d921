using CognitoM2M.Neighbours.Tests.Support;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Neighbours.Tests;

/// <summary>A SignalR connection that takes its token from the provider.</summary>
public sealed class SignalRTests
{
    [Fact]
    public async Task Connection_uses_a_token_and_reports_a_rejected_one()
    {
        await using var service = await CallingService.StartAsync((builder, _) => builder.Services.AddCognitoM2MClients(builder.Configuration));
        await ConnectAsync(service);
        var used = await service.Provider.GetTokenAsync("orders");
        service.Api.RejectSeenTokens();

        await Assert.ThrowsAsync<HttpRequestException>(() => ConnectAsync(service));
        await service.Provider.ReplaceRejectedTokenAsync("orders", used);
        await ConnectAsync(service);

        Assert.Equal(2, service.TokenRequests);
    }

    private static async Task ConnectAsync(CallingService service)
    {
        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(service.Api.Address, "hub"), options =>
                options.AccessTokenProvider = async () => (await service.Provider.GetTokenAsync("orders")).Value)
            .Build();
        await connection.StartAsync();
        Assert.Equal("1", await connection.InvokeAsync<string>("Get", "1"));
    }
}
