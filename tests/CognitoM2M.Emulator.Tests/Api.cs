using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests;

/// <summary>Talks to an emulator that a test starts itself.</summary>
internal sealed class Api(CognitoEmulator cognito) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false });

    public async Task<JsonObject> DoAsync(string operation, object input)
    {
        var (isSuccess, body) = await CallAsync(operation, input);
        Assert.True(isSuccess, body);
        return body.Length == 0 ? [] : JsonNode.Parse(body)!.AsObject();
    }

    /// <summary>The name of the error.</summary>
    public async Task<string> ErrorAsync(string operation, object input)
    {
        var (isSuccess, body) = await CallAsync(operation, input);
        Assert.False(isSuccess);
        return JsonNode.Parse(body)!["__type"]!.GetValue<string>();
    }

    public async Task<string> TokenAsync(string clientId, string clientSecret)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = clientId,
            ["client_secret"] = clientSecret,
        });
        using var response = await _http.PostAsync(cognito.TokenEndpoint, form);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!["access_token"]!.GetValue<string>();
    }

    /// <summary>The key set, with quotes and pluses as they are.</summary>
    public async Task<string> KeysAsync(EmulatedUserPool pool) => await _http.GetStringAsync(pool.JwksUri);

    /// <summary>Everything that can be asked about one pool and one of its clients.</summary>
    public async Task<JsonObject> DescribeAllAsync(string userPoolId, string clientId)
    {
        var pool = new { UserPoolId = userPoolId };
        var client = new { UserPoolId = userPoolId, ClientId = clientId };
        var all = new JsonObject
        {
            ["pool"] = await DoAsync("DescribeUserPool", pool),
            ["servers"] = await DoAsync("ListResourceServers", pool),
            ["clients"] = await DoAsync("ListUserPoolClients", pool),
            ["client"] = await DoAsync("DescribeUserPoolClient", client),
            ["secrets"] = await DoAsync("ListUserPoolClientSecrets", client),
        };
        if (all["pool"]!["UserPool"]!["Domain"] is { } domain)
            all["domain"] = await DoAsync("DescribeUserPoolDomain", new { Domain = domain.GetValue<string>() });
        if (all["pool"]!["UserPool"]!["EstimatedNumberOfUsers"]!.GetValue<int>() > 0)
            all["user"] = await DoAsync("AdminGetUser", new { UserPoolId = userPoolId, Username = "robot" });
        return all;
    }

    public void Dispose() => _http.Dispose();

    private async Task<(bool IsSuccess, string Body)> CallAsync(string operation, object input)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, cognito.BaseAddress);
        request.Content = new StringContent(JsonSerializer.Serialize(input));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", $"AWSCognitoIdentityProviderService.{operation}");
        using var response = await _http.SendAsync(request);
        return (response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }
}
