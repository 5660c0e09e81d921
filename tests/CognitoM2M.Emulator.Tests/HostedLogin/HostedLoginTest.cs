using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CognitoM2M.Testing;

namespace CognitoM2M.Emulator.Tests.HostedLogin;

/// <summary>A test with the user <c>ann</c> and a public web application that signs users in at <c>/oauth2/authorize</c>.</summary>
public abstract class HostedLoginTest : EmulatorTest
{
    protected const string Password = "Permanent1!";
    protected const string Callback = "http://localhost:3000/callback?from=cognito";
    protected const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    protected static string Challenge { get; } = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    private protected Browser Browser { get; private set; } = null!;

    protected EmulatedUser Ann { get; private set; } = null!;

    protected EmulatedAppClient Web { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Browser = new Browser(Cognito.BaseAddress);
        Ann = Pool.CreateUser("ann", new EmulatedUserOptions
        {
            Password = Password,
            Attributes = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["email"] = "ann@example.com",
                ["email_verified"] = "true",
                ["nickname"] = "annie",
            },
        });
        Web = CreateWebClient("web", generateSecret: false);
    }

    public override async Task DisposeAsync()
    {
        Browser.Dispose();
        await base.DisposeAsync();
    }

    protected EmulatedAppClient CreateWebClient(string name, bool generateSecret) => Pool.CreateAppClient(name, new EmulatedAppClientOptions
    {
        GenerateSecret = generateSecret,
        ExplicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        AllowedOAuthFlows = ["code"],
        AllowedOAuthScopes = ["openid", "email", "profile", "orders/read"],
        CallbackUrls = [Callback, "http://localhost:3000/other"],
        LogoutUrls = ["http://localhost:3000/bye"],
    });

    /// <summary>Updates the web application with one setting more than it has.</summary>
    protected Task UpdateWebAsync(string name, object value) => CallAsync("UpdateUserPoolClient", new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["UserPoolId"] = Pool.Id,
        ["ClientId"] = Web.ClientId,
        ["AllowedOAuthFlows"] = Web.AllowedOAuthFlows,
        ["AllowedOAuthScopes"] = Web.AllowedOAuthScopes,
        ["AllowedOAuthFlowsUserPoolClient"] = true,
        ["CallbackURLs"] = new[] { Callback },
        [name] = value,
    });

    /// <summary>The address of a request with PKCE. The given parameters replace the parameters of the same name; the value null removes the parameter.</summary>
    protected string Authorize(params (string Name, string? Value)[] further)
    {
        var parameters = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["response_type"] = "code",
            ["client_id"] = Web.ClientId,
            ["redirect_uri"] = Callback,
            ["state"] = "a state&more",
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in further)
            parameters[name] = value;
        return "/oauth2/authorize?" + string.Join('&', parameters
            .Where(pair => pair.Value is not null)
            .Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value!)}"));
    }

    /// <summary>Signs ann in with the form.</summary>
    /// <returns>The code.</returns>
    protected async Task<string> GetCodeAsync(params (string Name, string? Value)[] further)
    {
        var form = await Browser.GetAsync((await Browser.GetAsync(Authorize([.. further, ("prompt", "login")]))).Location!);
        var result = await Browser.PostAsync(form, ("username", "ann"), ("password", Password));
        return result.Parameters["code"];
    }

    protected Task<HttpResponseMessage> ExchangeAsync(string code, string? verifier = Verifier, string redirectUri = Callback, string? clientId = null) =>
        PostFormAsync(
            $"grant_type=authorization_code&client_id={clientId ?? Web.ClientId}&code={code}&redirect_uri={Uri.EscapeDataString(redirectUri)}"
                + (verifier is null ? "" : $"&code_verifier={verifier}"));

    protected async Task<JsonObject> GetTokensAsync(params (string Name, string? Value)[] further)
    {
        using var response = await ExchangeAsync(await GetCodeAsync(further));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await ReadJsonAsync(response);
    }
}
