using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>
/// Code without a library: sends a token request, reads the response, sets the header. No cache, no renewal, no recovery.
/// </summary>
internal static class HandWrittenClient
{
    private const string TokenClientName = "token";

    /// <param name="services">The container.</param>
    /// <param name="api">The address of the API.</param>
    /// <param name="sendsTokenRequests">The last handler of token requests.</param>
    /// <param name="sendsCalls">The last handler of calls.</param>
    public static void Add(IServiceCollection services, Uri api, Func<HttpMessageHandler> sendsTokenRequests, Func<HttpMessageHandler> sendsCalls)
    {
        services.AddHttpClient(TokenClientName).ConfigurePrimaryHttpMessageHandler(sendsTokenRequests);
        services.AddHttpClient(OurClient.Name, http => http.BaseAddress = api).ConfigurePrimaryHttpMessageHandler(sendsCalls);
    }

    public static async Task CallAsync(IServiceProvider services, Uri tokenEndpoint)
    {
        var clients = services.GetRequiredService<IHttpClientFactory>();
        using var request = new HttpRequestMessage(HttpMethod.Post, tokenEndpoint)
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "client_credentials"), new("client_id", SampleToken.ClientId), new("client_secret", SampleToken.ClientSecret),
                new("scope", "orders/read orders/write"),
            ]),
        };
        using var tokenClient = clients.CreateClient(TokenClientName);
        using var tokenResponse = await tokenClient.SendAsync(request);
        using var json = JsonDocument.Parse(await tokenResponse.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync());

        using var client = clients.CreateClient(OurClient.Name);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", json.RootElement.GetProperty("access_token").GetString());
        using var response = await client.GetAsync(new Uri("orders", UriKind.Relative));
    }
}
