using CognitoM2M.Lambda.Tests.Support;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Lambda.Tests.Policies;

/// <summary>Policies for one request, if API Gateway keeps no answers.</summary>
public sealed class UncachedPolicyTests
{
    private static RouteScopes Routes => new RouteScopes()
        .Require("GET /orders/{id}", "orders/read")
        .Require("GET /orders/{id}/items", "orders/read")
        .Require("ANY /{proxy+}", "orders/admin");

    public static TheoryData<string> Kinds => ["rest-request", "http-2.0"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Policy_allows_the_requested_path_alone(string kind)
    {
        using var setup = Create();

        var policy = await setup.GetPolicyAsync(kind, "GET /orders/1", "GET /orders/{id}", "orders/read");

        Assert.Equal([GatewayEvent.CreateArn("GET /orders/1")], policy.FindResources("Allow"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Closed_route_is_denied(string kind)
    {
        using var setup = Create();

        Assert.Empty((await setup.GetPolicyAsync(kind, "GET /orders/1/x", "ANY /{proxy+}", "orders/read")).FindResources("Allow"));
        Assert.Empty((await setup.GetPolicyAsync(kind, "GET /orders/1", "GET /orders/{id}", "orders/admin")).FindResources("Allow"));
        Assert.Empty((await setup.GetPolicyAsync(kind, "GET /x", "GET /x", "orders/admin")).FindResources("Allow"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Path_with_a_wildcard_is_denied_because_its_policy_would_open_other_paths(string kind)
    {
        using var setup = Create();
        foreach (var id in (string[])["*", "a?b", "${aws:username}"])
        {
            var policy = await setup.GetPolicyAsync(kind, $"GET /orders/{id}", "GET /orders/{id}", "orders/read");

            Assert.Empty(policy.FindResources("Allow"));
        }

        Assert.Equal(3, setup.Log.Find(LogLevel.Warning).Count);
    }

    [Theory]
    [InlineData("rest-token")]
    [InlineData("http-1.0")]
    public async Task Event_without_a_route_gets_the_policy_for_the_stage(string kind)
    {
        using var setup = new AuthorizerSetup(new RouteScopes().Require("GET /orders", "orders/read").Require("GET /orders/{id}", "orders/read"), options => options.AnswersAreCached = false);

        var policy = await setup.GetPolicyAsync(kind, "GET /orders/1", null, "orders/read");

        Assert.True(policy.Allows(GatewayEvent.CreateArn("GET /orders")));
        Assert.True(policy.Allows(GatewayEvent.CreateArn("GET /orders/1")));
        Assert.False(policy.Allows(GatewayEvent.CreateArn("GET /orders/1/2")));
    }

    private static AuthorizerSetup Create() => new(Routes, options =>
    {
        options.AnswersAreCached = false;
        options.UseSimpleResponses = false;
    });
}
