using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Testing;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification;

namespace CognitoM2M.Lambda.Tests.Support;

/// <summary>An authorizer for one user pool, and a clock that the test moves.</summary>
internal sealed class AuthorizerSetup : IDisposable
{
    public AuthorizerSetup(RouteScopes routes, Action<ApiGatewayAuthorizerOptions>? configure = null, Action<CognitoAccessTokenVerifierOptions>? configureVerifier = null)
    {
        var options = new ApiGatewayAuthorizerOptions();
        configure?.Invoke(options);
        var verifierOptions = new CognitoAccessTokenVerifierOptions { UserPools = [new TrustedUserPool { UserPoolId = TestToken.PoolId, ClientIds = [TestToken.ClientId] }] };
        configureVerifier?.Invoke(verifierOptions);
        Verifier = new CognitoAccessTokenVerifier(verifierOptions, createHttpClient: Keys.CreateClient, timeProvider: Clock);
        Authorizer = new ApiGatewayAuthorizer(Verifier, routes, options, Log, Clock);
    }

    public ManualClock Clock { get; } = new();

    public LogRecorder Log { get; } = new();

    public KeySetServer Keys { get; } = new(TestKey.CreateKeySet(TestKey.Access));

    public CognitoAccessTokenVerifier Verifier { get; }

    public ApiGatewayAuthorizer Authorizer { get; }

    /// <summary>The header of a valid token with these scopes.</summary>
    public static string Authorize(params string[] scopes) =>
        $"Bearer {TestToken.Create(TestToken.Payload.WithText("scope", string.Join(' ', scopes)))}";

    public async Task<byte[]> SendAsync(JsonObject request) => await Authorizer.AuthorizeAsync(request.ToBytes());

    /// <summary>The policy for a request of a caller with these scopes.</summary>
    public async Task<IamPolicy> GetPolicyAsync(string kind, string request, string? route, params string[] scopes) =>
        IamPolicy.Parse(await SendAsync(GatewayEvent.Create(kind, request, route, Authorize(scopes))));

    /// <summary>The simple response to a request of a caller with these scopes.</summary>
    public async Task<bool> IsAuthorizedAsync(string request, string route, params string[] scopes) =>
        ReadIsAuthorized(await SendAsync(GatewayEvent.Create("http-2.0", request, route, Authorize(scopes))));

    public static bool ReadIsAuthorized(byte[] answer)
    {
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.GetProperty("isAuthorized").GetBoolean();
    }

    public void Dispose()
    {
        Verifier.Dispose();
        Keys.Dispose();
    }
}
