using System.Net;
using System.Net.Http.Json;
using CognitoM2M.Testing;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Shop.Api;

namespace Shop.Tests;

/// <summary>Who may do what at the API. No user pool and no network is used.</summary>
public sealed class ApiTests(CognitoFixture cognito) : IClassFixture<CognitoFixture>
{
    [Fact]
    public async Task Order_names_the_app_client_of_the_token()
    {
        await using var api = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host.ConfigureTestServices(services => services.UseCognito(cognito)));
        using var http = CreateClient(api, cognito.Token("orders/write"));

        using var response = await http.PostAsJsonAsync(new Uri("/orders", UriKind.Relative), new NewOrder("book"));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(new Order(1, "book", cognito.AppClient.ClientId), await response.Content.ReadFromJsonAsync<Order>());
    }

    [Fact]
    public async Task Reading_needs_another_scope_than_writing()
    {
        await using var api = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host.ConfigureTestServices(services => services.UseCognito(cognito)));
        using var reader = CreateClient(api, cognito.Token("orders/read"));
        using var writer = CreateClient(api, cognito.Token("orders/write"));

        Assert.Equal(HttpStatusCode.OK, await GetStatusAsync(reader));
        Assert.Equal(HttpStatusCode.Forbidden, await GetStatusAsync(writer));
    }

    [Fact]
    public async Task Bad_tokens_get_401()
    {
        await using var api = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host.ConfigureTestServices(services => services.UseCognito(cognito)));

        foreach (var (name, token) in cognito.BadTokens.All("orders/read"))
        {
            using var http = CreateClient(api, token);
            Assert.Equal((name, HttpStatusCode.Unauthorized), (name, await GetStatusAsync(http)));
        }
    }

    private static HttpClient CreateClient(WebApplicationFactory<Program> api, string token)
    {
        var http = api.CreateClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return http;
    }

    private static async Task<HttpStatusCode> GetStatusAsync(HttpClient http)
    {
        using var response = await http.GetAsync(new Uri("/orders", UriKind.Relative));
        return response.StatusCode;
    }
}
