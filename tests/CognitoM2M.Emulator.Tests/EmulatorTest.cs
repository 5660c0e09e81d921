using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Testing;

namespace CognitoM2M.Emulator.Tests;

/// <summary>
/// A test with an emulator of its own. The emulator has one app client with the scopes <c>orders/read</c> and <c>orders/write</c>.
/// </summary>
public abstract class EmulatorTest : IAsyncLifetime
{
    private protected ManualClock Clock { get; } = new();

    protected CognitoEmulator Cognito { get; private set; } = null!;

    protected EmulatedUserPool Pool { get; private set; } = null!;

    protected EmulatedAppClient Client { get; private set; } = null!;

    protected HttpClient Http { get; } = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    private protected virtual CognitoEmulatorOptions Options => new() { TimeProvider = Clock };

    public virtual async Task InitializeAsync()
    {
        Cognito = await CognitoEmulator.StartAsync(Options);
        Pool = Cognito.CreateUserPool("shop");
        Pool.CreateResourceServer("orders", "read", "write");
        Client = Pool.CreateAppClient("reporting", "orders/read", "orders/write");
    }

    public virtual async Task DisposeAsync()
    {
        Http.Dispose();
        await Cognito.DisposeAsync();
    }

    /// <summary>Requests a token with the client's secret in the body. Further parameters must be form-encoded.</summary>
    protected Task<HttpResponseMessage> PostTokenAsync(string furtherParameters = "") => PostFormAsync(
        $"grant_type=client_credentials&client_id={Client.ClientId}&client_secret={Client.ClientSecret}{furtherParameters}");

    protected Task<HttpResponseMessage> PostFormAsync(string body, string? user = null, Action<HttpRequestMessage>? change = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Cognito.TokenEndpoint)
        {
            Content = new StringContent(body, Encoding.ASCII, "application/x-www-form-urlencoded"),
        };
        if (user is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(user)));
        change?.Invoke(request);
        return Http.SendAsync(request);
    }

    protected Task<HttpResponseMessage> SendOperationAsync(string operation, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Cognito.BaseAddress) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", $"AWSCognitoIdentityProviderService.{operation}");
        return Http.SendAsync(request);
    }

    /// <summary>Calls an operation and asserts that it succeeds.</summary>
    /// <param name="operation">The name of the operation.</param>
    /// <param name="input">The members of the input, with their names in the API.</param>
    /// <returns>The output; empty if the response has no body.</returns>
    protected async Task<JsonObject> CallAsync(string operation, object input)
    {
        using var response = await SendOperationAsync(operation, JsonSerializer.Serialize(input));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return body.Length == 0 ? [] : JsonNode.Parse(body)!.AsObject();
    }

    /// <summary>Calls an operation and asserts that it is refused with this error.</summary>
    /// <returns>The message of the error.</returns>
    protected async Task<string> AssertRefusedAsync(string error, string operation, object input)
    {
        using var response = await SendOperationAsync(operation, JsonSerializer.Serialize(input));
        var body = await ReadJsonAsync(response);
        Assert.Equal(error, body["__type"]?.GetValue<string>());
        return body["message"]!.GetValue<string>();
    }

    protected Task<HttpResponseMessage> GetClientTokenAsync(params string[] scopes) => SendOperationAsync("GetClientToken", new JsonObject
    {
        ["ClientId"] = Client.ClientId,
        ["Secret"] = Client.ClientSecret,
        ["Scopes"] = new JsonArray([.. scopes.Select(scope => JsonValue.Create(scope))]),
    }.ToJsonString());

    protected async Task<string> GetAccessTokenAsync(string furtherParameters = "")
    {
        using var response = await PostTokenAsync(furtherParameters);
        return (await ReadJsonAsync(response))["access_token"]!.GetValue<string>();
    }

    protected async Task<string> GetGrantedScopesAsync(string furtherParameters = "") =>
        JwtReader.ReadPayload(await GetAccessTokenAsync(furtherParameters))["scope"]!.GetValue<string>();

    protected static async Task<JsonObject> ReadJsonAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();

    /// <summary>Lists the names of the members, sorted and separated by spaces.</summary>
    protected static string ListMembers(JsonNode? value) =>
        string.Join(' ', value!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));

    protected static async Task AssertOAuthErrorAsync(string error, HttpResponseMessage response)
    {
        Assert.Equal("application/json;charset=UTF-8", response.Content.Headers.NonValidated["Content-Type"].ToString());
        Assert.Equal($$"""{"error":"{{error}}"}""", await response.Content.ReadAsStringAsync());
        Assert.Equal(400, (int)response.StatusCode);
    }

    /// <summary>Waits until a request of the emulator waits for a timer of the clock.</summary>
    private protected async Task WaitForTimerAsync()
    {
        while (Clock.NextTimerIn == TimeSpan.MaxValue)
            await Task.Yield();
    }
}
