using System.Net;
using System.Net.Http.Headers;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace CognitoM2M.Aspire.Hosting.Tests;

/// <summary>The app host of samples/AspireAppHost starts under its orchestrator.</summary>
public sealed class AppHostTests
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task API_trusts_the_tokens_of_the_emulator_by_the_reference_alone()
    {
        using var timeout = new CancellationTokenSource(_limit);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AspireAppHost>(timeout.Token);
        await using var app = await builder.BuildAsync(timeout.Token);
        await app.StartAsync(timeout.Token);
        var emulator = await builder.Resources.OfType<CognitoEmulatorResource>().Single().Emulator.WaitAsync(timeout.Token);
        var client = emulator.UserPools[0].AppClients[0];
        await app.ResourceNotifications.WaitForResourceAsync("orders", KnownResourceStates.Running, timeout.Token);
        using var http = app.CreateHttpClient("orders");

        Assert.Equal("eu-west-1_AbCdEf123", emulator.UserPools[0].Id);
        Assert.Equal("1example23456789abcdefghij", client.ClientId);
        Assert.Equal(HttpStatusCode.OK, await GetOrdersAsync(http, client.IssueToken("orders/read"), timeout.Token));
        Assert.Equal(HttpStatusCode.Forbidden, await GetOrdersAsync(http, client.IssueToken(), timeout.Token));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetOrdersAsync(http, "wrong", timeout.Token));
    }

    private static async Task<HttpStatusCode> GetOrdersAsync(HttpClient http, string token, CancellationToken cancellationToken)
    {
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.GetAsync(new Uri("/orders", UriKind.Relative), cancellationToken);
        return response.StatusCode;
    }
}
