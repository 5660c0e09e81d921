using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests;

/// <summary>Calls the JSON API and the token endpoint of an emulator that a test starts itself.</summary>
internal sealed class EmulatorClient(CognitoEmulator cognito) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false });

    public async Task<JsonObject> CallAsync(string operation, object input)
    {
        var (isSuccess, body) = await SendOperationAsync(operation, input);
        Assert.True(isSuccess, body);
        return body.Length == 0 ? [] : JsonNode.Parse(body)!.AsObject();
    }

    /// <summary>Calls an operation and asserts that it is refused.</summary>
    /// <returns>The name of the error.</returns>
    public async Task<string> GetErrorAsync(string operation, object input)
    {
        var (isSuccess, body) = await SendOperationAsync(operation, input);
        Assert.False(isSuccess);
        return JsonNode.Parse(body)!["__type"]!.GetValue<string>();
    }

    public async Task<string> GetTokenAsync(string clientId, string clientSecret)
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

    /// <summary>Gets the text of the pool's key set.</summary>
    public async Task<string> GetKeySetAsync(EmulatedUserPool pool) => await _http.GetStringAsync(pool.JwksUri);

    /// <summary>Describes one pool and one of its clients with all operations that describe something.</summary>
    public async Task<JsonObject> DescribeAllAsync(string userPoolId, string clientId)
    {
        var pool = new { UserPoolId = userPoolId };
        var client = new { UserPoolId = userPoolId, ClientId = clientId };
        var all = new JsonObject
        {
            ["pool"] = await CallAsync("DescribeUserPool", pool),
            ["servers"] = await CallAsync("ListResourceServers", pool),
            ["clients"] = await CallAsync("ListUserPoolClients", pool),
            ["client"] = await CallAsync("DescribeUserPoolClient", client),
            ["secrets"] = await CallAsync("ListUserPoolClientSecrets", client),
        };
        if (all["pool"]!["UserPool"]!["Domain"] is { } domain)
            all["domain"] = await CallAsync("DescribeUserPoolDomain", new { Domain = domain.GetValue<string>() });
        if (all["pool"]!["UserPool"]!["EstimatedNumberOfUsers"]!.GetValue<int>() > 0)
        {
            all["user"] = await CallAsync("AdminGetUser", new { UserPoolId = userPoolId, Username = "robot" });
            all["groups"] = await CallAsync("AdminListGroupsForUser", new { UserPoolId = userPoolId, Username = "robot" });
        }

        return all;
    }

    public void Dispose() => _http.Dispose();

    private async Task<(bool IsSuccess, string Body)> SendOperationAsync(string operation, object input)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, cognito.BaseAddress);
        request.Content = new StringContent(JsonSerializer.Serialize(input));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", $"AWSCognitoIdentityProviderService.{operation}");
        using var response = await _http.SendAsync(request);
        return (response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }
}
