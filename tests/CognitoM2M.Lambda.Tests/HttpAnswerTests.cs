using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Lambda.Tests.Support;
using CognitoM2M.Testing.Verdicts;

namespace CognitoM2M.Lambda.Tests;

/// <summary>Answers to HTTP APIs.</summary>
public sealed class HttpAnswerTests
{
    private static RouteScopes Routes => new RouteScopes()
        .Require("GET /orders", "orders/read")
        .Require("GET /orders/{id}", "orders/read")
        .Require("ANY /orders/{id}", "orders/write")
        .Require("$default", "orders/admin");

    [Fact]
    public async Task Simple_response_follows_the_route_key()
    {
        using var setup = new AuthorizerSetup(Routes);

        Assert.True(await setup.IsAuthorizedAsync("GET /orders", "GET /orders", "orders/read"));
        Assert.True(await setup.IsAuthorizedAsync("GET /orders/1", "GET /orders/{orderId}", "orders/read"));
        Assert.False(await setup.IsAuthorizedAsync("PUT /orders/1", "ANY /orders/{id}", "orders/read"));
        Assert.True(await setup.IsAuthorizedAsync("PUT /orders/1", "ANY /orders/{id}", "orders/write"));
        Assert.False(await setup.IsAuthorizedAsync("GET /other", "$default", "orders/read", "orders/write"));
        Assert.True(await setup.IsAuthorizedAsync("GET /other", "$default", "orders/admin"));
    }

    [Fact]
    public async Task Cached_response_to_a_route_of_all_methods_follows_the_rule_for_all_methods_alone()
    {
        var routes = new RouteScopes().Require("GET /orders", "orders/read").Require("POST /orders", "orders/write");
        using var setup = new AuthorizerSetup(routes);
        using var uncached = new AuthorizerSetup(routes, options => options.AnswersAreCached = false);

        // The response to GET would be used for POST, too.
        Assert.False(await setup.IsAuthorizedAsync("GET /orders", "ANY /orders", "orders/read"));
        Assert.True(await uncached.IsAuthorizedAsync("GET /orders", "ANY /orders", "orders/read"));
        Assert.False(await uncached.IsAuthorizedAsync("POST /orders", "ANY /orders", "orders/read"));
    }

    [Fact]
    public async Task Rule_for_all_methods_applies_to_routes_of_one_method()
    {
        using var setup = new AuthorizerSetup(new RouteScopes().Require("ANY /orders", "orders/read"));

        Assert.True(await setup.IsAuthorizedAsync("GET /orders", "GET /orders", "orders/read"));
        Assert.False(await setup.IsAuthorizedAsync("GET /orders", "GET /orders", "orders/write"));
    }

    [Fact]
    public async Task Policy_for_a_route_of_all_methods_follows_the_rules_for_single_methods()
    {
        using var setup = new AuthorizerSetup(
            new RouteScopes().Require("GET /orders", "orders/read").Require("POST /orders", "orders/write"), options => options.UseSimpleResponses = false);

        var policy = await setup.GetPolicyAsync("http-2.0", "GET /orders", "ANY /orders", "orders/read");

        Assert.True(policy.Allows(GatewayEvent.CreateArn("GET /orders")));
        Assert.False(policy.Allows(GatewayEvent.CreateArn("POST /orders")));
        Assert.Empty(setup.Log.Lines);
    }

    [Fact]
    public async Task Route_that_is_not_named_is_denied_and_logged()
    {
        using var setup = new AuthorizerSetup(Routes);

        Assert.False(await setup.IsAuthorizedAsync("GET /customers", "GET /customers", "orders/read", "orders/write", "orders/admin"));

        Assert.Contains("GET /customers", Assert.Single(setup.Log.Find(Microsoft.Extensions.Logging.LogLevel.Warning)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simple_response_has_the_context_of_accepted_tokens_only()
    {
        using var setup = new AuthorizerSetup(Routes);

        using var accepted = JsonDocument.Parse(await setup.SendAsync(GatewayEvent.Create("http-2.0", "GET /orders", null, AuthorizerSetup.Authorize("orders/read"))));
        using var rejected = JsonDocument.Parse(await setup.SendAsync(GatewayEvent.Create("http-2.0", "GET /orders", null, "Bearer x")));

        Assert.Equal($$$"""{"isAuthorized":true,"context":{"client_id":"{{{TestToken.ClientId}}}","scope":"orders/read","iss":"https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123"}}""", accepted.RootElement.GetRawText());
        Assert.Equal("""{"isAuthorized":false}""", rejected.RootElement.GetRawText());
    }

    [Theory]
    [InlineData("http-1.0", true)]
    [InlineData("http-2.0", false)]
    public async Task HTTP_API_without_simple_responses_gets_a_policy_for_the_whole_stage(string kind, bool useSimpleResponses)
    {
        using var setup = new AuthorizerSetup(
            new RouteScopes().Require("GET /orders", "orders/read").Require("POST /orders", "orders/write"), options => options.UseSimpleResponses = useSimpleResponses);

        var policy = await setup.GetPolicyAsync(kind, "POST /orders", null, "orders/read");

        Assert.True(policy.Allows(GatewayEvent.CreateArn("GET /orders")));
        Assert.False(policy.Allows(GatewayEvent.CreateArn("POST /orders")));
    }

    [Theory]
    [InlineData("http-1.0")]
    [InlineData("http-2.0")]
    public async Task Rejected_token_gets_a_denial_from_an_HTTP_API_with_policies(string kind)
    {
        using var setup = new AuthorizerSetup(Routes, options => options.UseSimpleResponses = false);

        var policy = IamPolicy.Parse(await setup.SendAsync(GatewayEvent.Create(kind, "GET /orders", null, "Bearer x")));

        Assert.Empty(policy.FindResources("Allow"));
        Assert.Empty(policy.Context);
    }

    [Fact]
    public async Task Keys_that_cannot_be_had_are_an_error_for_HTTP_APIs_too()
    {
        using var setup = new AuthorizerSetup(Routes);
        setup.Keys.Fail();

        foreach (var kind in (string[])["http-1.0", "http-2.0"])
            await Assert.ThrowsAsync<ApiGatewayAuthorizerException>(() => setup.SendAsync(GatewayEvent.Create(kind, "GET /orders", null, AuthorizerSetup.Authorize("orders/read"))));
    }

    [Theory]
    [InlineData("route=GET%20%2Forders")]
    [InlineData("route=GET+/orders")]
    public async Task Caller_cannot_write_a_route_key_into_the_encoded_query(string query)
    {
        using var setup = new AuthorizerSetup(Routes);
        var request = GatewayEvent.Create("http-2.0", "GET /orders", null, AuthorizerSetup.Authorize("orders/read"));
        request["rawQueryString"] = query;

        await Assert.ThrowsAsync<ApiGatewayAuthorizerException>(() => setup.SendAsync(request));
    }

    [Fact]
    public async Task Name_of_the_stage_is_not_taken_for_the_route_key()
    {
        using var setup = new AuthorizerSetup(Routes);
        var authorization = AuthorizerSetup.Authorize("orders/admin");
        var request = GatewayEvent.Create("http-2.0", "GET /other", "$default", authorization);
        request["routeArn"] = "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/$default/GET/other";

        // With the identity sources Authorization and $context.stage, the answer would be used for every route.
        var error = await Assert.ThrowsAsync<ApiGatewayAuthorizerException>(() => setup.SendAsync(request));
        request["identitySource"] = new JsonArray(authorization, "$default", "$default");

        Assert.Contains("add $context.stage, too", error.Message, StringComparison.Ordinal);
        Assert.True(AuthorizerSetup.ReadIsAuthorized(await setup.SendAsync(request)));
    }
}
