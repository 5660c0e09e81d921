using System.Text.Json;
using CognitoM2M.Aws;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Lambda.Tests.Docs;

/// <summary>The code of docs/lambda.md, so that the compiler checks it. A test compares both.</summary>
internal static class LambdaPage
{
    private static readonly ApiGatewayUserReader _users = new(new ApiGatewayUserOptions { UserPoolId = "eu-west-1_AbCdEf123", ClientIds = ["1example23456789abcdefghij"] });

    public static RouteScopes CreateRoutes() => new RouteScopes()
        .Require("GET /orders", "orders/read")
        .Require("GET /orders/{id}", "orders/read")
        .Require("POST /orders", "orders/write")
        .RequireAny("DELETE /orders/{id}", "orders/write", "orders/admin")
        .RequireToken("GET /status")
        .Refuse("GET /internal/{proxy+}");

    public static void TestRoutes()
    {
        Assert.Empty(CreateRoutes().FindConflicts());
    }

    public static bool MayRead(JsonElement request) => _users.FindInEvent(request)?.HasClaim("scope", "orders/read") == true;

    public static void AddScheme(WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication().AddCognitoM2M(options => options.Events.OnMessageReceived = context =>
        {
            if (FindVerifiedClaims(context.HttpContext) is { } claims && _users.CreateFromClaims(claims) is { } user)
            {
                context.Principal = user;
                context.Success();
            }

            return Task.CompletedTask;
        });
    }

    public static CognitoM2MClientOptions CreateOptions()
    {
        var options = new CognitoM2MClientOptions
        {
            Domain = "acme-m2m",
            Region = "eu-west-1",
            ClientId = "1example23456789abcdefghij",
            Scopes = ["orders/read"],
            BaseAddress = new Uri("https://api.example.com/"),
        };
        options.UseParameterStore("/acme/m2m/billing");
        return options;
    }

    public static void Share(CognitoM2MClientOptions options, IDistributedCache cache)
    {
        options.DistributedCache = cache;
        options.DistributedCacheTimeout = TimeSpan.FromMilliseconds(500);
    }

    /// <summary>What the hosting package of AWS puts into the context of a request; here the test does.</summary>
    private static Dictionary<string, string>? FindVerifiedClaims(HttpContext context) => context.Items["claims"] as Dictionary<string, string>;

    public sealed class Authorizer
    {
        private static readonly CognitoAccessTokenVerifier _verifier = new("eu-west-1_AbCdEf123", ["1example23456789abcdefghij"]);
        private static readonly ApiGatewayAuthorizer _authorizer = new(_verifier, CreateRoutes());

        public Task<Stream> HandleAsync(Stream request) => _authorizer.HandleAsync(request);
    }

    public sealed class Function
    {
        private static readonly CognitoM2MClient _client = new(CreateOptions());
        private static readonly HttpClient _orders = _client.CreateHttpClient();

        public async Task<string> HandleAsync() => await _orders.GetStringAsync(new Uri("orders", UriKind.Relative));
    }
}
