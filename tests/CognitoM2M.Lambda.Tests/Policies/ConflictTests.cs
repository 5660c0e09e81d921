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
    public void Conflict_names_scopes_routes_and_what_to_do()
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
    [InlineData("/orders/{id}", "/{proxy+}", "/orders/{id}/items", "a/1 a/3")]
    [InlineData("/{id}", "/{proxy+}", "/{id}/items", "a/1 a/3")]
    [InlineData("/{proxy+}", "/orders/{id}", "/orders/{id}/items", "a/1 a/3")]
    [InlineData("/{a}/{b}", "/orders/{b}", "/orders/{b}/items", "a/1 a/3")]
    [InlineData("/orders/{rest+}", "/{a}/{b}", "/status", "a/1")]
    public void Closed_route_between_two_open_ones_is_a_conflict(string open, string closed, string alsoOpen, string scopes)
    {
        var routes = new RouteScopes().Require($"GET {open}", "a/1").Require($"GET {closed}", "a/2").Require($"GET {alsoOpen}", "a/3");

        Assert.Contains(routes.FindConflicts(), conflict => conflict.Contains($"'{scopes}'", StringComparison.Ordinal));
    }

    [Fact]
    public void Conflict_of_three_open_routes_is_found()
    {
        // /a/{y}/b keeps the deeper paths of /a/{y} allowed. So /{x}/{y}/c must be denied, which closes /z/{q}/{r}/c.
        var routes = new RouteScopes()
            .Require("GET /a/{y}", "s/1")
            .Require("GET /a/{y}/b", "s/2")
            .Require("GET /z/{q}/{r}/c", "s/3")
            .Require("GET /{x}/{y}/c", "s/4");

        var conflict = Assert.Single(routes.FindConflicts());

        Assert.Contains("'s/1 s/2 s/3'", conflict, StringComparison.Ordinal);
        Assert.Contains("must deny GET /{x}/{y}/c, which would also deny GET /z/{q}/{r}/c", conflict, StringComparison.Ordinal);
    }

    [Fact]
    public void Conflict_is_named_once_for_the_fewest_scopes()
    {
        var routes = new RouteScopes()
            .Require("GET /orders/{id}", "orders/read")
            .RequireAny("GET /orders/{id}/items", "orders/items", "orders/read")
            .Require("GET /{proxy+}", "orders/admin");

        var ofTheRest = routes.FindConflicts().Where(conflict => conflict.Contains("must deny GET /{proxy+}", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(ofTheRest);
        Assert.All(ofTheRest, conflict => Assert.StartsWith("For a token with the scopes 'orders/read': ", conflict, StringComparison.Ordinal));
    }
}
