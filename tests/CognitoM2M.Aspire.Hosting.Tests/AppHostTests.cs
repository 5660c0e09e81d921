using System.Net;
using System.Net.Http.Headers;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Aspire.Hosting.Tests;

/// <summary>The app hosts of the samples start under their orchestrator.</summary>
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

    [Fact]
    public async Task Worker_of_the_shop_gets_its_settings_by_the_reference_although_its_settings_file_names_AWS()
    {
        using var timeout = new CancellationTokenSource(_limit);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Shop_AppHost>(timeout.Token);
        await using var app = await builder.BuildAsync(timeout.Token);
        await app.StartAsync(timeout.Token);

        await WaitForLineAsync(app, builder.Resources.Single(resource => resource.Name == "worker"), "Order 1 placed.", timeout.Token);

        var emulator = await builder.Resources.OfType<CognitoEmulatorResource>().Single().Emulator.WaitAsync(timeout.Token);
        Assert.Equal(1, emulator.TokenRequests.Count("worker"));
    }

    private static async Task WaitForLineAsync(DistributedApplication app, IResource resource, string text, CancellationToken cancellationToken)
    {
        var logs = app.Services.GetRequiredService<ResourceLoggerService>();
        await foreach (var lines in logs.WatchAsync(resource).WithCancellation(cancellationToken))
        {
            if (lines.Any(line => line.Content.Contains(text, StringComparison.Ordinal)))
                return;
        }
    }

    private static async Task<HttpStatusCode> GetOrdersAsync(HttpClient http, string token, CancellationToken cancellationToken)
    {
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.GetAsync(new Uri("/orders", UriKind.Relative), cancellationToken);
        return response.StatusCode;
    }
}
