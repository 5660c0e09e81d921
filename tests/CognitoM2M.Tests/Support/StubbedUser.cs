using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using CognitoM2M.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Tests.Support;

/// <summary>
/// A <see cref="StubbedService"/> whose client "orders" signs a user in. The stubbed Cognito knows one password, and gives out the tokens
/// access-1, id-1 and refresh-1, access-2 and so on.
/// </summary>
internal sealed class StubbedUser : IAsyncDisposable
{
    public const string Username = "robot";
    public const string Password = "marker4Password!5";
    public const string Endpoint = "https://cognito-idp.eu-west-1.amazonaws.com/";

    private readonly Lock _gate = new();
    private string _refreshToken = "";
    private int _number;

    public StubbedUser(Action<CognitoM2MClientOptions>? configure = null, Action<IServiceCollection>? services = null, ManualClock? clock = null)
    {
        Service = new StubbedService(
            options =>
            {
                UseUser(options);
                configure?.Invoke(options);
            },
            services, clock);
        // Not asynchronous: MockHttp never ends a request whose asynchronous answer fails.
        Service.OnTokenRequest = (_, message) => Task.FromResult(Answer(SignInMessage.Read(message)));
    }

    public StubbedService Service { get; }

    public ManualClock Clock => Service.Clock;

    /// <summary>The password that Cognito accepts.</summary>
    public string CorrectPassword { get; set; } = Password;

    /// <summary>Whether refresh tokens rotate.</summary>
    public bool Rotates { get; set; }

    /// <summary>Answers a request in place of the stub; null to let the stub answer.</summary>
    public Func<SignInMessage, HttpResponseMessage?> OnRequest { get; set; } = _ => null;

    /// <summary>Every request in order: "password ...", "refresh ..." (GetTokensFromRefreshToken), "old-refresh ..." (InitiateAuth) or "revoke ...", with the secret that it held.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public int PasswordRequests => Requests.Count(request => request.StartsWith("password ", StringComparison.Ordinal));

    /// <summary>Sets options for a user in place of a machine.</summary>
    public static void UseUser(CognitoM2MClientOptions options)
    {
        options.Route = CognitoTokenRoute.UserPassword;
        options.Domain = null;
        options.ClientSecret = null;
        options.Scopes = [];
        options.Username = Username;
        options.Password = Password;
    }

    /// <summary>An error of the user pools API.</summary>
    public static HttpResponseMessage Refuse(string name, string message = "", HttpStatusCode status = HttpStatusCode.BadRequest) =>
        StubbedResponse.CreateJson(JsonSerializer.Serialize(new Dictionary<string, string> { ["__type"] = name, ["message"] = message }), status);

    public static HttpResponseMessage RefusePassword() => Refuse("NotAuthorizedException", "Incorrect username or password.");

    public static HttpResponseMessage Challenge(string name) =>
        StubbedResponse.CreateJson($$"""{"ChallengeName":"{{name}}","ChallengeParameters":{},"Session":"a-session-of-a-challenge"}""");

    /// <summary>An answer with tokens.</summary>
    public static HttpResponseMessage GiveTokens(string accessToken, string idToken, string? refreshToken, int expiresIn = 3600)
    {
        var refresh = refreshToken is null ? "" : $"\"RefreshToken\":\"{refreshToken}\",";
        return StubbedResponse.CreateJson(
            $$$"""{"ChallengeParameters":{},"AuthenticationResult":{"AccessToken":"{{{accessToken}}}","IdToken":"{{{idToken}}}",{{{refresh}}}"ExpiresIn":{{{expiresIn}}},"TokenType":"Bearer"}}""");
    }

    /// <summary>A token with these claims and without a signature.</summary>
    public static string CreateJwt(string claims) => $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.c2ln";

    public Task<string> GetTokenAsync(CognitoTokenRequest? request = null) => Service.GetTokenAsync(request);

    public Task<CognitoTokenException> FailToGetTokenAsync() => Service.FailToGetTokenAsync();

    /// <summary>Asks for a token when the held one is due for renewal, and waits for the renewal.</summary>
    public async Task<string> RenewAsync()
    {
        Clock.Advance(TimeSpan.FromMinutes(52));
        await GetTokenAsync();
        await Service.WaitForFetchAsync();
        return await GetTokenAsync();
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    private HttpResponseMessage Answer(SignInMessage message)
    {
        Requests.Enqueue($"{message.Kind} {message.Secret}");
        if (OnRequest(message) is { } answer)
            return answer;

        lock (_gate)
        {
            switch (message.Kind)
            {
                case "password" when message.Secret == CorrectPassword:
                    _refreshToken = $"refresh-{++_number}";
                    return GiveTokens($"access-{_number}", $"id-{_number}", _refreshToken);
                case "password":
                    return RefusePassword();
                case "old-refresh" when Rotates:
                    return Refuse("InvalidParameterException", "REFRESH_TOKEN_AUTH is not supported for a client with refresh token rotation.");
                case "refresh" or "old-refresh" when message.Secret == _refreshToken:
                    _number++;
                    if (Rotates)
                        _refreshToken = $"refresh-{_number}";
                    return GiveTokens($"access-{_number}", $"id-{_number}", Rotates ? _refreshToken : null);
                case "refresh" or "old-refresh":
                    return Refuse("NotAuthorizedException", "Invalid Refresh Token");
                case "revoke":
                    return StubbedResponse.CreateJson("{}");
                default:
                    throw new InvalidOperationException($"Unexpected operation {message.Operation}");
            }
        }
    }
}

/// <summary>A request to the stubbed Cognito.</summary>
internal sealed record SignInMessage(string Operation, JsonElement Body, HttpRequestMessage Message)
{
    public string Kind => Operation switch
    {
        "InitiateAuth" => Find("AuthFlow") == "REFRESH_TOKEN_AUTH" ? "old-refresh" : "password",
        "GetTokensFromRefreshToken" => "refresh",
        "RevokeToken" => "revoke",
        _ => Operation,
    };

    public string? Secret => Kind switch
    {
        "password" => Find("AuthParameters", "PASSWORD"),
        "old-refresh" => Find("AuthParameters", "REFRESH_TOKEN"),
        "refresh" => Find("RefreshToken"),
        _ => Find("Token"),
    };

    public static SignInMessage Read(HttpRequestMessage message)
    {
        var target = message.Headers.GetValues("X-Amz-Target").Single();
        using var body = JsonDocument.Parse(message.Content!.ReadAsStream());
        return new SignInMessage(target["AWSCognitoIdentityProviderService.".Length..], body.RootElement.Clone(), message);
    }

    /// <summary>Finds a text in the body.</summary>
    public string? Find(params string[] path)
    {
        var value = Body;
        foreach (var name in path)
        {
            if (!value.TryGetProperty(name, out value))
                return null;
        }

        return value.GetString();
    }
}
