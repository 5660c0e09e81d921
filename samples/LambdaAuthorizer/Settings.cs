using CognitoM2M.Lambda;
using CognitoM2M.Verification;

namespace LambdaAuthorizer;

/// <summary>The settings of the function.</summary>
internal static class Settings
{
    private const char Separator = ',';

    /// <summary>Which scopes the routes need. Change these to the routes of your API.</summary>
    public static RouteScopes CreateRoutes() => new RouteScopes()
        .Require("GET /orders", "orders/read")
        .Require("GET /orders/{id}", "orders/read")
        .Require("GET /orders/{id}/refunds", "orders/refund")
        .Require("POST /orders", "orders/write")
        .RequireToken("GET /status");

    /// <summary>Reads <c>USER_POOL_ID</c>, <c>CLIENT_IDS</c> (separated by commas) and, for an emulator, <c>JWKS_URI</c>.</summary>
    public static CognitoAccessTokenVerifierOptions ReadVerifierOptions() => new()
    {
        UserPools =
        [
            new TrustedUserPool
            {
                UserPoolId = Environment.GetEnvironmentVariable("USER_POOL_ID"),
                ClientIds = Environment.GetEnvironmentVariable("CLIENT_IDS")?.Split(Separator, StringSplitOptions.TrimEntries) ?? [],
                JwksUri = Environment.GetEnvironmentVariable("JWKS_URI") is { Length: > 0 } address ? new Uri(address) : null,
            },
        ],
    };

    /// <summary>Reads <c>SIMPLE_RESPONSES</c> (true by default) and <c>ANSWERS_ARE_CACHED</c> (true by default).</summary>
    public static ApiGatewayAuthorizerOptions ReadAuthorizerOptions() => new()
    {
        UseSimpleResponses = ReadFlag("SIMPLE_RESPONSES"),
        AnswersAreCached = ReadFlag("ANSWERS_ARE_CACHED"),
    };

    private static bool ReadFlag(string name) => Environment.GetEnvironmentVariable(name) is not { Length: > 0 } text || bool.Parse(text);
}
