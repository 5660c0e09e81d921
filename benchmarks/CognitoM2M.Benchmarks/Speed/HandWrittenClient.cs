using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>What one writes without a library: a request, its answer read, a header set. No cache, no renewal, no recovery.</summary>
internal static class HandWrittenClient
{
    private const string TokenClientName = "token";

    /// <param name="services">Where to.</param>
    /// <param name="tokenEndpoint">Answers token requests; the network by default.</param>
    /// <param name="api">Answers calls; the network by default.</param>
    public static void Add(IServiceCollection services, HttpMessageHandler? tokenEndpoint = null, HttpMessageHandler? api = null)
    {
        var token = services.AddHttpClient(TokenClientName);
        if (tokenEndpoint is not null)
            token.ConfigurePrimaryHttpMessageHandler(() => tokenEndpoint);
        var client = services.AddHttpClient(OurClient.Name);
        if (api is not null)
            client.ConfigurePrimaryHttpMessageHandler(() => api);
    }

    public static async Task CallAsync(IServiceProvider services, CognitoM2MClientOptions options)
    {
        var clients = services.GetRequiredService<IHttpClientFactory>();
        using var request = new HttpRequestMessage(HttpMethod.Post, options.TokenEndpoint)
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "client_credentials"), new("client_id", options.ClientId), new("client_secret", options.ClientSecret),
                new("scope", string.Join(' ', options.Scopes)),
            ]),
        };
        using var tokenClient = clients.CreateClient(TokenClientName);
        using var answer = await tokenClient.SendAsync(request);
        var json = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();

        using var client = clients.CreateClient(OurClient.Name);
        client.BaseAddress = options.BaseAddress;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", json.GetProperty("access_token").GetString());
        using var response = await client.GetAsync(new Uri("orders", UriKind.Relative));
    }
}
