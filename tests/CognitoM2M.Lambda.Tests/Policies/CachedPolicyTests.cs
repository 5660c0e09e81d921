using CognitoM2M.Lambda.Tests.Support;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Lambda.Tests.Policies;

/// <summary>A policy that stays in the cache of a REST API, and is used for requests to other routes.</summary>
public sealed class CachedPolicyTests
{
    private static RouteScopes Orders => new RouteScopes()
        .Require("GET /orders", "orders/read")
        .Require("GET /orders/{id}", "orders/read")
        .Require("GET /orders/{id}/refunds", "orders/refund")
        .Require("POST /orders/{id}/refunds", "orders/refund")
        .Require("DELETE /orders/{id}", "orders/admin");

    public static TheoryData<string> Kinds => ["rest-token", "rest-request", "http-1.0"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Wildcard_of_a_path_parameter_does_not_open_the_routes_below_it(string kind)
    {
        using var setup = new AuthorizerSetup(Orders);

        var policy = await setup.GetPolicyAsync(kind, "GET /orders/1", "GET /orders/{id}", "orders/read");

        Check(policy, allowed: ["GET /orders", "GET /orders/1", "GET /orders/a.b-c:d@e", "GET /orders/refunds"], denied:
        [
            "GET /orders/1/refunds", "GET /orders/1/refunds/", "GET /orders/1/2", "GET /orders/1/refunds/2", "GET /orders/", "GET /", "POST /orders/1/refunds", "DELETE /orders/1",
        ]);
    }

    [Fact]
    public async Task Narrow_route_can_be_opened_without_the_wide_one()
    {
        using var setup = new AuthorizerSetup(Orders);

        var policy = await setup.GetPolicyAsync("rest-token", "GET /orders/1/refunds", null, "orders/refund");

        Check(policy, allowed: ["GET /orders/1/refunds", "POST /orders/1/refunds"], denied: ["GET /orders", "GET /orders/1", "GET /orders/1/2", "GET /orders/1/x/refunds", "DELETE /orders/1"]);
    }

    [Fact]
    public async Task Policy_for_a_wide_and_a_narrow_route_allows_no_deeper_path()
    {
        using var setup = new AuthorizerSetup(Orders);

        var policy = await setup.GetPolicyAsync("rest-token", "GET /orders/1", null, "orders/read", "orders/refund");

        Check(policy, allowed: ["GET /orders/1", "GET /orders/1/refunds"], denied: ["GET /orders/1/refunds/2", "GET /orders/1/2/3/4"]);
    }

    [Fact]
    public async Task Denial_of_a_narrow_route_leaves_open_routes_beside_and_below_it_open()
    {
        using var setup = new AuthorizerSetup(Orders
            .Require("GET /orders/{id}/items", "orders/read")
            .Require("GET /orders/{id}/items/{item}", "orders/read")
            .Require("GET /orders/{id}/refunds/{refund}", "orders/read"));

        var policy = await setup.GetPolicyAsync("rest-token", "GET /orders/1", null, "orders/read");

        Check(policy, allowed: ["GET /orders/1", "GET /orders/1/items", "GET /orders/1/items/7", "GET /orders/1/refunds/7"], denied: ["GET /orders/1/refunds", "GET /orders/1/refunds/", "GET /orders/1/items/7/8"]);
    }

    [Fact]
    public async Task Literal_route_beside_a_parameter_keeps_its_own_scopes()
    {
        using var setup = new AuthorizerSetup(new RouteScopes()
            .Require("GET /orders/{id}", "orders/read")
            .Require("GET /orders/export", "orders/export")
            .Require("GET /orders/summary", "orders/read"));

        Check(
            await setup.GetPolicyAsync("rest-token", "GET /orders/1", null, "orders/read"),
            allowed: ["GET /orders/1", "GET /orders/summary", "GET /orders/exports", "GET /orders/Export"],
            denied: ["GET /orders/export", "GET /orders/export/"]);
        Check(
            await setup.GetPolicyAsync("rest-token", "GET /orders/1", null, "orders/export"),
            allowed: ["GET /orders/export"],
            denied: ["GET /orders/1", "GET /orders/summary"]);
    }

    [Fact]
    public async Task Greedy_route_opens_all_depths_except_routes_of_their_own()
    {
        using var setup = new AuthorizerSetup(new RouteScopes()
            .Require("ANY /{proxy+}", "api/use")
            .Require("GET /admin", "api/admin")
            .Require("ANY /admin/{proxy+}", "api/admin")
            .Require("GET /", "api/admin"));

        Check(
            await setup.GetPolicyAsync("rest-token", "GET /x", null, "api/use"),
            allowed: ["GET /x", "PUT /x/y/z", "HEAD /administrators", "POST /admin"],
            denied: ["GET /admin", "GET /admin/", "GET /admin/users", "DELETE /admin/users/1", "GET /"]);
    }

    [Fact]
    public async Task Rule_for_one_method_wins_over_the_rule_for_all_methods()
    {
        using var setup = new AuthorizerSetup(new RouteScopes()
            .Require("ANY /orders/{id}", "orders/read")
            .Require("DELETE /orders/{id}", "orders/admin"));

        Check(
            await setup.GetPolicyAsync("rest-token", "GET /orders/1", null, "orders/read"),
            allowed: ["GET /orders/1", "PUT /orders/1", "PATCH /orders/1", "POST /orders/1", "HEAD /orders/1", "OPTIONS /orders/1"],
            denied: ["DELETE /orders/1"]);
    }

    [Fact]
    public async Task Path_that_looks_like_a_method_and_a_path_opens_nothing()
    {
        using var setup = new AuthorizerSetup(new RouteScopes().Require("GET /orders", "orders/read").Require("GET /files/{proxy+}", "files/read"));

        Check(
            await setup.GetPolicyAsync("rest-token", "GET /orders", null, "orders/read"),
            allowed: ["GET /orders"],
            denied: ["GET /files/GET/orders", "POST /GET/orders"]);
    }

    [Fact]
    public async Task Wildcards_in_the_path_of_a_caller_do_not_come_into_the_policy()
    {
        using var setup = new AuthorizerSetup(Orders);
        foreach (var id in (string[])["*", "?", "**", "${*}", "a*"])
        {
            var policy = await setup.GetPolicyAsync("rest-request", $"GET /orders/{id}", "GET /orders/{id}", "orders/read");

            Check(policy, allowed: ["GET /orders/1"], denied: ["GET /orders/1/refunds", "DELETE /orders/1", "GET /customers"]);
        }
    }

    [Fact]
    public async Task Route_that_is_closed_but_not_named_is_an_error_where_the_policy_would_open_it()
    {
        using var setup = new AuthorizerSetup(Orders.Require("GET /orders/{id}/items", "orders/read"));

        // Nothing of IAM separates this path from /orders/{id}, because /orders/{id}/items is open.
        var error = await Assert.ThrowsAsync<ApiGatewayAuthorizerException>(() => setup.GetPolicyAsync("rest-request", "GET /orders/1/audit", "GET /orders/{id}/audit", "orders/read"));

        Assert.Contains("GET /orders/{id}/audit", error.Message, StringComparison.Ordinal);
        Assert.Contains("Refuse", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_route_is_denied_expressly()
    {
        using var setup = new AuthorizerSetup(Orders.Require("GET /orders/{id}/items", "orders/read").Refuse("GET /orders/{id}/audit"));

        Check(
            await setup.GetPolicyAsync("rest-request", "GET /orders/1/items", "GET /orders/{id}/items", "orders/read"),
            allowed: ["GET /orders/1/items"],
            denied: ["GET /orders/1/audit", "GET /orders/1/refunds"]);
    }

    [Fact]
    public async Task Path_of_an_open_route_that_a_denial_must_hit_is_logged()
    {
        using var setup = new AuthorizerSetup(Orders.Require("GET /orders/{id}/items/{item}", "orders/read"));

        var policy = await setup.GetPolicyAsync("rest-request", "GET /orders/1/items/refunds", "GET /orders/{id}/items/{item}", "orders/read");

        Check(policy, allowed: ["GET /orders/1/items/7"], denied: ["GET /orders/1/items/refunds"]);
        Assert.Single(setup.Log.Find(LogLevel.Warning), line => line.Contains("GET /orders/{id}/items/{item}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Resource_that_is_longer_than_API_Gateway_accepts_is_an_error()
    {
        using var setup = new AuthorizerSetup(new RouteScopes().Require($"GET /{new string('a', 500)}", "orders/read"));

        var error = await Assert.ThrowsAsync<ApiGatewayAuthorizerException>(() => setup.GetPolicyAsync("rest-token", "GET /orders", null, "orders/read"));

        Assert.Contains("512", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policy_has_a_resource_for_each_route_and_method_and_no_more()
    {
        using var setup = new AuthorizerSetup(new RouteScopes().Require("GET /orders", "orders/read").Require("GET /customers", "orders/read").Require("ANY /status", "orders/read"));

        var policy = await setup.GetPolicyAsync("rest-token", "GET /orders", null, "orders/read");

        Assert.Equal(9, policy.FindResources("Allow").Count);
        Assert.Empty(policy.FindResources("Deny"));
    }

    [Fact]
    public async Task Other_spellings_of_a_path_do_not_get_past_a_denial()
    {
        var routes = new RouteScopes().Require("GET /orders/{id}", "orders/read").Require("GET /orders/refunds", "orders/refund").Require("GET /files/{name}", "orders/read");
        using var setup = new AuthorizerSetup(routes);
        using var trusting = new AuthorizerSetup(routes, options => options.DenyAmbiguousPaths = false);
        string[] spellings =
        [
            "GET /orders/%72efunds", "GET /orders//refunds", "GET //orders/1", "GET /orders/./refunds", "GET /orders/.", "GET /files/..", "GET /../orders/1", "GET /./orders/1", "GET /files/%2e%2e",
        ];

        Check(await setup.GetPolicyAsync("rest-token", "GET /orders/1", null, "orders/read"), allowed: ["GET /orders/1", "GET /orders/a.b", "GET /orders/a..", "GET /orders/.a"], denied: spellings);
        Check(await trusting.GetPolicyAsync("rest-token", "GET /orders/1", null, "orders/read"), allowed: ["GET /orders/%72efunds", "GET /orders//refunds"], denied: ["GET /orders/refunds"]);
    }

    [Fact]
    public async Task Slash_at_the_end_does_not_open_the_default_route_of_an_HTTP_API()
    {
        using var setup = new AuthorizerSetup(new RouteScopes().Require("GET /orders/{id}", "orders/read").Require("$default", "orders/admin"), options => options.DenyAmbiguousPaths = false);

        Check(await setup.GetPolicyAsync("http-1.0", "GET /orders/1", null, "orders/read"), allowed: ["GET /orders/1"], denied: ["GET /orders/1/", "GET /orders/1/2/", "GET /x"]);
    }

    [Fact]
    public async Task Every_spelling_of_a_path_is_allowed_if_the_token_opens_everything()
    {
        using var setup = new AuthorizerSetup(new RouteScopes().Require("ANY /{proxy+}", "api/use"));

        Check(await setup.GetPolicyAsync("rest-token", "GET /x", null, "api/use"), allowed: ["GET /files/my%20file", "GET /a//b"], denied: []);
    }

    [Fact]
    public async Task Denied_spelling_of_an_open_path_is_logged()
    {
        using var setup = new AuthorizerSetup(Orders);

        var policy = await setup.GetPolicyAsync("rest-request", "GET /orders/a%20b", "GET /orders/{id}", "orders/read");

        Check(policy, allowed: ["GET /orders/1"], denied: ["GET /orders/a%20b"]);
        Assert.Single(setup.Log.Find(LogLevel.Warning), line => line.Contains("DenyAmbiguousPaths", StringComparison.Ordinal));
    }

    private static void Check(IamPolicy policy, string[] allowed, string[] denied)
    {
        Assert.All(allowed, request => Assert.True(policy.Allows(GatewayEvent.CreateArn(request)), $"{request} is denied."));
        Assert.All(denied, request => Assert.False(policy.Allows(GatewayEvent.CreateArn(request)), $"{request} is allowed."));
    }
}
