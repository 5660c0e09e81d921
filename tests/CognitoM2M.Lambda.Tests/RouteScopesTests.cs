using CognitoM2M.Lambda.Tests.Support;

namespace CognitoM2M.Lambda.Tests;

/// <summary>What can be written as a route and as its scopes.</summary>
public sealed class RouteScopesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("GET")]
    [InlineData("/orders")]
    [InlineData("GET orders")]
    [InlineData("get /orders")]
    [InlineData("FETCH /orders")]
    [InlineData("* /orders")]
    [InlineData("GET  /orders")]
    [InlineData(" GET /orders")]
    [InlineData("GET /orders ")]
    [InlineData("GET /orders/")]
    [InlineData("GET //orders")]
    [InlineData("GET /orders/..")]
    [InlineData("GET /./orders")]
    [InlineData("GET /orders/*")]
    [InlineData("GET /orders/?")]
    [InlineData("GET /orders/${id}")]
    [InlineData("GET /orders/{}")]
    [InlineData("GET /orders/{+}")]
    [InlineData("GET /orders/{id")]
    [InlineData("GET /orders/{id}.json")]
    [InlineData("GET /orders/{a}{b}")]
    [InlineData("GET /{proxy+}/orders")]
    [InlineData("GET /orders/%2F")]
    [InlineData("GET /orders#x")]
    [InlineData("$connect")]
    [InlineData("$Default")]
    public void Text_that_is_not_a_route_is_an_error(string route)
    {
        Assert.Throws<ArgumentException>(() => new RouteScopes().Require(route, "orders/read"));
        Assert.Throws<ArgumentException>(() => new RouteScopes().RequireAny(route, "orders/read"));
        Assert.Throws<ArgumentException>(() => new RouteScopes().RequireToken(route));
        Assert.Throws<ArgumentException>(() => new RouteScopes().Refuse(route));
    }

    [Theory]
    [InlineData("GET /")]
    [InlineData("ANY /{proxy+}")]
    [InlineData("DELETE /v1.2/orders/{order-id}/lines/{line_id}")]
    [InlineData("PATCH /orders:archive/~me")]
    [InlineData("$default")]
    public void Text_that_is_a_route_is_accepted(string route) => Assert.Empty(new RouteScopes().Require(route, "orders/read").FindConflicts());

    [Fact]
    public void Route_without_scopes_is_an_error_so_that_forgetting_them_does_not_open_it()
    {
        Assert.Throws<ArgumentException>(() => new RouteScopes().Require("GET /orders"));
        Assert.Throws<ArgumentException>(() => new RouteScopes().RequireAny("GET /orders"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("orders/read orders/write")]
    [InlineData("orders/\"read\"")]
    public void Text_that_is_not_a_scope_is_an_error(string scope)
    {
        Assert.Throws<ArgumentException>(() => new RouteScopes().Require("GET /orders", "orders/read", scope));
        Assert.Throws<ArgumentException>(() => new RouteScopes().RequireAny("GET /orders", scope));
    }

    [Theory]
    [InlineData("GET /orders", "GET /orders")]
    [InlineData("GET /orders/{id}", "GET /orders/{orderId}")]
    [InlineData("ANY /{proxy+}", "ANY /{rest+}")]
    [InlineData("$default", "$default")]
    public void Route_that_is_named_twice_is_an_error(string first, string second) =>
        Assert.Throws<ArgumentException>(() => new RouteScopes().Require(first, "orders/read").Refuse(second));

    [Fact]
    public void Authorizer_without_routes_is_an_error()
    {
        Assert.Throws<ArgumentException>(() => new AuthorizerSetup(new RouteScopes()));
        Assert.Throws<ArgumentException>(() => new AuthorizerSetup(new RouteScopes().RequireToken("GET /"), options => options.TokenHeader = " "));
    }

    [Fact]
    public async Task Route_can_require_all_scopes_one_of_several_any_token_or_refuse_all()
    {
        using var setup = new AuthorizerSetup(new RouteScopes()
            .Require("GET /all", "a/1", "a/2")
            .RequireAny("GET /one", "a/1", "a/2")
            .RequireToken("GET /any")
            .Refuse("GET /none"));

        Assert.Equal("any", await OpenAsync());
        Assert.Equal("one any", await OpenAsync("a/1"));
        Assert.Equal("one any", await OpenAsync("a/2"));
        Assert.Equal("all one any", await OpenAsync("a/1", "a/2"));
        Assert.Equal("any", await OpenAsync("A/1", "a/12", "xa/1"));

        async Task<string> OpenAsync(params string[] scopes)
        {
            var policy = await setup.GetPolicyAsync("rest-token", "GET /any", null, scopes);
            return string.Join(' ', ((string[])["all", "one", "any", "none"]).Where(name => policy.Allows(GatewayEvent.CreateArn($"GET /{name}"))));
        }
    }

    [Fact]
    public async Task Later_changes_of_the_routes_have_no_effect()
    {
        var routes = new RouteScopes().Require("GET /orders", "orders/read");
        using var setup = new AuthorizerSetup(routes);
        routes.RequireToken("GET /customers");

        var policy = await setup.GetPolicyAsync("rest-token", "GET /orders", null, "orders/read");

        Assert.False(policy.Allows(GatewayEvent.CreateArn("GET /customers")));
    }
}
