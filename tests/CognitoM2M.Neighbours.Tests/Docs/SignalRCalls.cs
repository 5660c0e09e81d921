using System.Net;
using Microsoft.AspNetCore.SignalR.Client;

namespace CognitoM2M.Neighbours.Tests.Docs;

/// <summary>A SignalR connection that reports a rejected token. Code of docs/beside-other-libraries.md; a test compares both.</summary>
public static class SignalRCalls
{
    public static async Task<HubConnection> ConnectAsync(ICognitoTokenProvider tokens, Uri hub)
    {
        CognitoAccessToken? used = null;
        var connection = new HubConnectionBuilder()
            .WithUrl(hub, options => options.AccessTokenProvider = async () => (used = await tokens.GetTokenAsync("orders")).Value)
            .WithAutomaticReconnect()
            .Build();
        try
        {
            await connection.StartAsync();
        }
        catch (HttpRequestException error) when (error.StatusCode == HttpStatusCode.Unauthorized && used is not null)
        {
            if (await tokens.ReplaceRejectedTokenAsync("orders", used) is null)
                throw;
            await connection.StartAsync();
        }

        return connection;
    }
}
