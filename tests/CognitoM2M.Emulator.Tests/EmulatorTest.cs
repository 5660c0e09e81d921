using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Testing;

namespace CognitoM2M.Emulator.Tests;

/// <summary>An emulator with one app client, which may have <c>orders/read</c> and <c>orders/write</c>, and ways to talk to it.</summary>
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

    /// <summary>A client_credentials request with the client's secret in the body; further parameters are form-encoded already.</summary>
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

    protected Task<HttpResponseMessage> CallAsync(string operation, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Cognito.BaseAddress) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", $"AWSCognitoIdentityProviderService.{operation}");
        return Http.SendAsync(request);
    }

    /// <summary>Calls an operation that has to succeed.</summary>
    /// <param name="operation">Its name.</param>
    /// <param name="input">Members named as on the wire.</param>
    /// <returns>The output; empty if there is no body.</returns>
    protected async Task<JsonObject> DoAsync(string operation, object input)
    {
        using var response = await CallAsync(operation, JsonSerializer.Serialize(input));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return body.Length == 0 ? [] : JsonNode.Parse(body)!.AsObject();
    }

    /// <summary>Calls an operation that has to be refused.</summary>
    /// <returns>The message.</returns>
    protected async Task<string> RefusedAsync(string error, string operation, object input)
    {
        using var response = await CallAsync(operation, JsonSerializer.Serialize(input));
        var body = await JsonOf(response);
        Assert.Equal(error, body["__type"]?.GetValue<string>());
        return body["message"]!.GetValue<string>();
    }

    protected Task<HttpResponseMessage> GetClientTokenAsync(params string[] scopes) => CallAsync("GetClientToken", new JsonObject
    {
        ["ClientId"] = Client.ClientId,
        ["Secret"] = Client.ClientSecret,
        ["Scopes"] = new JsonArray([.. scopes.Select(scope => JsonValue.Create(scope))]),
    }.ToJsonString());

    protected async Task<string> AccessTokenAsync(string furtherParameters = "")
    {
        using var response = await PostTokenAsync(furtherParameters);
        return (await JsonOf(response))["access_token"]!.GetValue<string>();
    }

    protected async Task<string> GrantedScopesAsync(string furtherParameters = "") =>
        Jwt.Payload(await AccessTokenAsync(furtherParameters))["scope"]!.GetValue<string>();

    protected static async Task<JsonObject> JsonOf(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();

    /// <summary>The names of the members, sorted, with a space between them.</summary>
    protected static string MembersOf(JsonNode? value) =>
        string.Join(' ', value!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));

    protected static async Task AssertOAuthErrorAsync(string error, HttpResponseMessage response)
    {
        Assert.Equal("application/json;charset=UTF-8", response.Content.Headers.NonValidated["Content-Type"].ToString());
        Assert.Equal($$"""{"error":"{{error}}"}""", await response.Content.ReadAsStringAsync());
        Assert.Equal(400, (int)response.StatusCode);
    }

    /// <summary>Waits until a request waits on the clock.</summary>
    private protected async Task SomebodyWaitsOnTheClockAsync()
    {
        while (Clock.NextTimerIn == TimeSpan.MaxValue)
            await Task.Yield();
    }
}
