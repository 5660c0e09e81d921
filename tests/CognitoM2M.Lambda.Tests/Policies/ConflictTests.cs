using CognitoM2M.Lambda.Tests.Support;

namespace CognitoM2M.Lambda.Tests.Policies;

/// <summary>Routes whose scopes IAM's wildcards cannot express.</summary>
public sealed class ConflictTests
{
    /// <summary>A token that may only read must not open the rest of the API. But the pattern of the rest also matches /orders/{id}/items.</summary>
    private static RouteScopes Conflicting => new RouteScopes()
        .Require("GET /orders/{id}", "orders/read")
        .Require("GET /orders/{id}/items", "orders/read")
        .Require("GET /{proxy+}", "orders/admin");

    [Fact]
    public void Conflict_names_scopes_routes_and_the_cure()
    {
        var conflicts = Conflicting.FindConflicts();

        Assert.Equal(2, conflicts.Count);
        foreach (var text in (string[])["'orders/read'", "allows GET /orders/{id}", "must deny GET /{proxy+}", "AnswersAreCached"])
            Assert.All(conflicts, conflict => Assert.Contains(text, conflict, StringComparison.Ordinal));
        Assert.Contains("also deny GET /orders/{id}/items", conflicts[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_with_a_conflict_gets_an_error_and_other_tokens_a_policy()
    {
        using var setup = new AuthorizerSetup(Conflicting);

        var error = await Assert.ThrowsAsync<ApiGatewayAuthorizerException>(() => setup.GetPolicyAsync("rest-token", "GET /orders/1", null, "orders/read"));
        var policy = await setup.GetPolicyAsync("rest-token", "GET /orders/1", null, "orders/read", "orders/admin");

        Assert.Contains("AnswersAreCached", error.Message, StringComparison.Ordinal);
        Assert.True(policy.Allows(GatewayEvent.CreateArn("GET /orders/1")));
        Assert.True(policy.Allows(GatewayEvent.CreateArn("GET /x/y")));
    }

    [Fact]
    public async Task Simple_responses_have_no_conflicts()
    {
        using var setup = new AuthorizerSetup(Conflicting);

        Assert.True(await setup.IsAuthorizedAsync("GET /orders/1/items", "GET /orders/{id}/items", "orders/read"));
        Assert.False(await setup.IsAuthorizedAsync("GET /orders/1/x", "GET /{proxy+}", "orders/read"));
    }

    [Fact]
    public void Usual_API_has_no_conflict()
    {
        var routes = new RouteScopes().RequireToken("GET /").Require("POST /orders", "orders/write");
        foreach (var resource in (string[])["orders", "customers", "articles"])
        {
            routes.Require($"GET /{resource}", $"{resource}/read")
                .Require($"GET /{resource}/{{id}}", $"{resource}/read")
                .RequireAny($"PUT /{resource}/{{id}}", $"{resource}/write", $"{resource}/admin")
                .Require($"DELETE /{resource}/{{id}}", $"{resource}/admin")
                .Require($"GET /{resource}/{{id}}/notes", $"{resource}/notes")
                .Require($"GET /{resource}/{{id}}/notes/{{note}}", $"{resource}/notes")
                .Require($"GET /{resource}/export", $"{resource}/admin");
        }

        Assert.Empty(routes.FindConflicts());
    }

    [Theory]
    [InlineData("/orders/{id}", "/{proxy+}", "/orders/{id}/items")]
    [InlineData("/{id}", "/{proxy+}", "/{id}/items")]
    [InlineData("/{proxy+}", "/orders/{id}", "/orders/{id}/items")]
    [InlineData("/{a}/{b}", "/orders/{b}", "/orders/{b}/items")]
    [InlineData("/orders/{rest+}", "/{a}/{b}", "/status")]
    public void Closed_route_between_two_open_ones_is_a_conflict(string open, string closed, string alsoOpen)
    {
        var routes = new RouteScopes().Require($"GET {open}", "a/1").Require($"GET {closed}", "a/2").Require($"GET {alsoOpen}", "a/3");

        Assert.Contains(routes.FindConflicts(), conflict => conflict.Contains("'a/1 a/3'", StringComparison.Ordinal));
    }
}
