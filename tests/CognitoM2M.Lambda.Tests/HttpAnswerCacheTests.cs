using System.Text.Json.Nodes;
using CognitoM2M.Lambda.Tests.Support;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification;

namespace CognitoM2M.Lambda.Tests;

/// <summary>API Gateway keeps the answers of an authorizer for an HTTP API.</summary>
public sealed class HttpAnswerCacheTests
{
    private static RouteScopes Routes => new RouteScopes()
        .Require("GET /orders", "orders/read")
        .Require("GET /orders/{id}", "orders/read")
        .Require("ANY /orders/{id}", "orders/write")
        .Require("$default", "orders/admin");

    [Fact]
    public async Task Cache_key_without_the_route_is_an_error_that_says_what_to_do()
    {
        using var setup = new AuthorizerSetup(Routes);
        var request = GatewayEvent.Create("http-2.0", "GET /orders", null, AuthorizerSetup.Authorize("orders/read"));
        request["identitySource"] = new JsonArray(request["headers"]!["authorization"]!.GetValue<string>());

        var error = await Assert.ThrowsAsync<ApiGatewayAuthorizerException>(() => setup.SendAsync(request));

        Assert.Contains("$context.routeKey", error.Message, StringComparison.Ordinal);
        Assert.Contains("AnswersAreCached", error.Message, StringComparison.Ordinal);
        Assert.Contains("UseSimpleResponses", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http-1.0", "\"10.0.0.1\"", true)]
    [InlineData("http-1.0", "\"10.0.0.1,GET /orders\"", true)]
    [InlineData("http-2.0", "[\"GET /orders\"]", true)]
    [InlineData("http-2.0", "[\"GET /orders\"]", false)]
    [InlineData("http-2.0", "[\"10.0.0.1\", \"GET /orders\"]", true)]
    [InlineData("http-2.0", "{}", true)]
    public async Task Cache_key_without_the_token_is_an_error_that_says_what_to_do(string kind, string identitySource, bool useSimpleResponses)
    {
        using var setup = new AuthorizerSetup(Routes, options => options.UseSimpleResponses = useSimpleResponses);
        var request = GatewayEvent.Create(kind, "GET /orders", null, AuthorizerSetup.Authorize("orders/read"));
        request["identitySource"] = JsonNode.Parse(identitySource);

        var error = await Assert.ThrowsAsync<ApiGatewayAuthorizerException>(() => setup.SendAsync(request));

        Assert.Contains("$request.header.Authorization", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("headers", "x-route")]
    [InlineData("queryStringParameters", "route")]
    public async Task Caller_cannot_make_the_authorizer_believe_that_the_cache_key_has_the_route(string member, string name)
    {
        using var setup = new AuthorizerSetup(Routes.Require("GET /a,b", "orders/read"));
        foreach (var (route, value) in new[] { ("GET /orders", "GET /orders"), ("GET /orders", "x, GET /orders"), ("GET /a,b", "GET /a,b"), ("GET /a,b", "x,GET /a,b") })
        {
            // The second identity source of this authorizer is a header or a query parameter. The caller puts a route key there.
            var request = GatewayEvent.Create("http-2.0", route, null, AuthorizerSetup.Authorize("orders/read"));
            request[member] ??= new JsonObject();
            request[member]![name] = value;

            await Assert.ThrowsAsync<ApiGatewayAuthorizerException>(() => setup.SendAsync(request));
        }
    }

    [Theory]
    [InlineData("http-2.0", "null")]
    [InlineData("http-2.0", "[]")]
    [InlineData("http-2.0", null)]
    [InlineData("http-1.0", "null")]
    [InlineData("http-1.0", "\"\"")]
    [InlineData("http-1.0", null)]
    public async Task Answer_is_accepted_without_identity_sources_because_it_is_not_cached(string kind, string? identitySource)
    {
        using var setup = new AuthorizerSetup(new RouteScopes().Require("GET /orders", "orders/read"));
        var request = GatewayEvent.Create(kind, "GET /orders", null, AuthorizerSetup.Authorize("orders/read"));
        request.Remove("identitySource");
        if (identitySource is not null)
            request["identitySource"] = JsonNode.Parse(identitySource);

        var answer = await setup.SendAsync(request);

        Assert.True(kind == "http-2.0" ? AuthorizerSetup.ReadIsAuthorized(answer) : IamPolicy.Parse(answer).Allows(GatewayEvent.CreateArn("GET /orders")));
    }

    [Fact]
    public async Task Identity_sources_do_not_matter_if_answers_are_not_cached()
    {
        using var setup = new AuthorizerSetup(Routes, options => options.AnswersAreCached = false);
        var request = GatewayEvent.Create("http-2.0", "GET /orders", null, AuthorizerSetup.Authorize("orders/read"));
        request["identitySource"] = new JsonArray("x");

        Assert.True(AuthorizerSetup.ReadIsAuthorized(await setup.SendAsync(request)));
    }

    [Theory]
    [InlineData("http-1.0", true)]
    [InlineData("http-2.0", true)]
    [InlineData("http-2.0", false)]
    public async Task Denial_that_may_be_wrong_later_is_not_cached(string kind, bool useSimpleResponses)
    {
        using var setup = new AuthorizerSetup(Routes, options => options.UseSimpleResponses = useSimpleResponses);
        using var uncached = new AuthorizerSetup(Routes, options => (options.UseSimpleResponses, options.AnswersAreCached) = (useSimpleResponses, false));
        var startsLater = TestToken.Create(TestToken.Payload.WithNumber("nbf", setup.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds()));
        var newKey = TestToken.Create(TestToken.Payload, TestKey.Next);
        foreach (var (token, reason) in new[] { (startsLater, "NotYetValid"), (newKey, "KeyNotFound") })
        {
            var request = GatewayEvent.Create(kind, "GET /orders", null, $"Bearer {token}");

            var error = await Assert.ThrowsAsync<ApiGatewayAuthorizerException>(() => setup.SendAsync(request));

            Assert.Contains(reason, error.Message, StringComparison.Ordinal);
            Assert.Contains("isAuthorized\":false Deny".Split(' ')[kind == "http-2.0" && useSimpleResponses ? 0 : 1], System.Text.Encoding.UTF8.GetString(await uncached.SendAsync(request)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Denial_of_a_tenant_that_may_become_known_is_not_cached()
    {
        using var withoutTenants = new AuthorizerSetup(Routes);
        using var setup = new AuthorizerSetup(Routes, configureVerifier: options => options.FindTenant = (_, _, _) => Task.FromResult<TrustedUserPool?>(null));
        var token = TestToken.Create(TestToken.Payload.WithText("client_id", "newclient"));
        var request = GatewayEvent.Create("http-2.0", "GET /orders", null, $"Bearer {token}");

        var error = await Assert.ThrowsAsync<ApiGatewayAuthorizerException>(() => setup.SendAsync(request));

        Assert.Contains("ClientNotAllowed", error.Message, StringComparison.Ordinal);
        Assert.False(AuthorizerSetup.ReadIsAuthorized(await withoutTenants.SendAsync(request)));
    }
}
