using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CognitoM2M.Benchmarks.Emulation;

/// <summary>Requests tokens of an emulator over the network, one after another or many at the same time.</summary>
internal sealed class TokenLoad(Uri address) : IDisposable
{
    private const int Callers = 16;
    private const string UserName = "tester";
    private const string Password = "Loopback-only-1";

    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(2);
    private static readonly string _credentials = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{SeedFile.ClientId}:{SeedFile.ClientSecret}"));

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address };

    /// <summary>Requests an access token of the token endpoint.</summary>
    public async Task RequestTokenAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "oauth2/token");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", _credentials);
        request.Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]);
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Creates a user pool with a client and a user.</summary>
    /// <returns>The input of InitiateAuth that signs the user in.</returns>
    public async Task<JsonObject> CreateUserAsync()
    {
        var pool = (await CallAsync("CreateUserPool", new() { ["PoolName"] = "bench" })).GetProperty("UserPool").GetProperty("Id").GetString();
        var client = (await CallAsync("CreateUserPoolClient", new()
        {
            ["UserPoolId"] = pool,
            ["ClientName"] = "bench",
            ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"),
        })).GetProperty("UserPoolClient").GetProperty("ClientId").GetString();
        await CallAsync("AdminCreateUser", new() { ["UserPoolId"] = pool, ["Username"] = UserName, ["MessageAction"] = "SUPPRESS" });
        await CallAsync("AdminSetUserPassword", new() { ["UserPoolId"] = pool, ["Username"] = UserName, ["Password"] = Password, ["Permanent"] = true });
        return new()
        {
            ["ClientId"] = client,
            ["AuthFlow"] = "USER_PASSWORD_AUTH",
            ["AuthParameters"] = new JsonObject { ["USERNAME"] = UserName, ["PASSWORD"] = Password },
        };
    }

    /// <summary>Calls an operation of the user pools API. The signature is made up: emulators do not check it.</summary>
    public async Task<JsonElement> CallAsync(string operation, JsonObject input)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "");
        request.Headers.TryAddWithoutValidation("X-Amz-Target", $"AWSCognitoIdentityProviderService.{operation}");
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=emulator/20260101/eu-west-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=0");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(input.ToJsonString()));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return JsonElement.Parse(await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Repeats a request with several callers, and counts after a warm-up.</summary>
    public async Task<double> CountPerSecondAsync(Func<Task> request, TimeSpan duration)
    {
        var begin = TimeProvider.System.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(CountAsync)));
        return counts.Sum() / duration.TotalSeconds;

        async Task<int> CountAsync()
        {
            var count = 0;
            while (TimeProvider.System.GetElapsedTime(begin) < _warmUp + duration)
            {
                await request();
                if (TimeProvider.System.GetElapsedTime(begin) is var elapsed && elapsed >= _warmUp && elapsed < _warmUp + duration)
                    count++;
            }

            return count;
        }
    }

    public void Dispose() => _http.Dispose();
}
