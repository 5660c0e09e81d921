using CognitoM2M.Neighbours.Tests.Docs;
using CognitoM2M.Neighbours.Tests.Support;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Neighbours.Tests;

/// <summary>A SignalR connection that takes its token from the provider, as the documentation shows it.</summary>
public sealed class SignalRTests
{
    [Fact]
    public async Task Connection_uses_a_token()
    {
        await using var service = await StartAsync();

        Assert.Equal("1", await CallAsync(service));

        Assert.Equal(1, service.TokenRequests);
    }

    [Fact]
    public async Task Connection_reports_a_rejected_token_and_connects_with_a_new_one()
    {
        await using var service = await StartAsync();
        await CallAsync(service);
        service.Api.RejectSeenTokens();

        Assert.Equal("1", await CallAsync(service));

        Assert.Equal(2, service.TokenRequests);
    }

    private static Task<CallingService> StartAsync() =>
        CallingService.StartAsync((builder, _) => builder.Services.AddCognitoM2MClients(builder.Configuration));

    private static async Task<string> CallAsync(CallingService service)
    {
        await using var connection = await SignalRCalls.ConnectAsync(service.Provider, new Uri(service.Api.Address, "hub"));
        return await connection.InvokeAsync<string>("Get", "1");
    }
}
