using System.Net;
using CognitoM2M.Neighbours.Tests.Support;
using Flurl.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;
using RestSharp;
using Method = Microsoft.Kiota.Abstractions.Method;

namespace CognitoM2M.Neighbours.Tests;

/// <summary>Libraries that send their requests through a given HttpClient: RestSharp, Flurl and Kiota.</summary>
public sealed class HttpLibraryTests
{
    [Fact]
    public async Task RestSharp_sends_a_JSON_body_again_after_a_401()
    {
        await using var service = await StartAsync();
        using var client = new RestClient(service.CreateClient());
        Assert.Equal("1", (await client.GetAsync<OrderBody>(new RestRequest("orders/1")))!.Id);
        service.Api.RejectSeenTokens();

        var response = await client.ExecutePostAsync<OrderBody>(new RestRequest("orders").AddJsonBody(new OrderBody("2")));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("2", response.Data!.Id);
        Assert.Equal(2, service.TokenRequests);
    }

    [Fact]
    public async Task Flurl_sends_a_JSON_body_again_after_a_401()
    {
        await using var service = await StartAsync();
        using var client = new FlurlClient(service.CreateClient());
        Assert.Equal("1", (await client.Request("orders", "1").GetJsonAsync<OrderBody>()).Id);
        service.Api.RejectSeenTokens();

        var created = await client.Request("orders").PostJsonAsync(new OrderBody("2")).ReceiveJson<OrderBody>();

        Assert.Equal("2", created.Id);
        Assert.Equal(2, service.TokenRequests);
    }

    [Fact]
    public async Task Kiota_calls_with_a_token_and_gets_another_after_a_401()
    {
        await using var service = await StartAsync();
        using var client = service.CreateClient();
        using var adapter = new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: client) { BaseUrl = service.Api.Address.AbsoluteUri.TrimEnd('/') };
        Assert.Contains("1", await ReadAsync(adapter, "1"), StringComparison.Ordinal);
        service.Api.RejectSeenTokens();

        Assert.Contains("2", await ReadAsync(adapter, "2"), StringComparison.Ordinal);
        Assert.Equal(2, service.TokenRequests);
    }

    private static async Task<string> ReadAsync(HttpClientRequestAdapter adapter, string id)
    {
        var request = new RequestInformation(Method.GET, "{+baseurl}/orders/{id}", new Dictionary<string, object> { ["id"] = id });
        await using var body = await adapter.SendPrimitiveAsync<Stream>(request);
        using var reader = new StreamReader(body!);
        return await reader.ReadToEndAsync();
    }

    private static Task<CallingService> StartAsync() =>
        CallingService.StartAsync((builder, _) => builder.Services.AddCognitoM2MClients(builder.Configuration));
}
