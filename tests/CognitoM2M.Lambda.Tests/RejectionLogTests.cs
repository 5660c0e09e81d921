using CognitoM2M.Lambda.Tests.Support;
using CognitoM2M.Testing.Verdicts;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Lambda.Tests;

/// <summary>How often the authorizer writes that it rejected a token.</summary>
public sealed class RejectionLogTests
{
    [Fact]
    public async Task Tokens_that_anybody_can_write_cause_one_line_per_second_with_a_count()
    {
        using var setup = new AuthorizerSetup(new RouteScopes().Require("GET /orders", "orders/read"));

        for (var i = 0; i < 50; i++)
            await setup.SendAsync(CreateRequest($"Bearer junk{i}"));
        Assert.Contains("(Malformed)", Assert.Single(setup.Log.Find(LogLevel.Information)), StringComparison.Ordinal);

        setup.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.StartsWith("Information 7 49 more tokens were rejected within a second.", setup.Log.Find(LogLevel.Information)[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_of_a_known_app_client_is_logged_while_many_forged_tokens_arrive()
    {
        using var setup = new AuthorizerSetup(new RouteScopes().Require("GET /orders", "orders/read"));
        for (var i = 0; i < 5; i++)
            await setup.SendAsync(CreateRequest("Bearer junk"));

        await setup.SendAsync(CreateRequest($"Bearer {TestToken.Create(TestToken.Payload.WithNumber("exp", 1))}"));
        await setup.SendAsync(CreateRequest($"Bearer {TestToken.Create(TestToken.Payload.WithText("client_id", "stranger"))}"));

        Assert.Equal(3, setup.Log.Find(LogLevel.Information).Count);
    }

    [Fact]
    public async Task Outage_of_the_keys_causes_one_error_per_second_with_a_count()
    {
        using var setup = new AuthorizerSetup(new RouteScopes().Require("GET /orders", "orders/read"));
        setup.Keys.Fail();

        for (var i = 0; i < 20; i++)
            await Assert.ThrowsAsync<ApiGatewayAuthorizerException>(() => setup.SendAsync(CreateRequest(AuthorizerSetup.Authorize("orders/read"))));
        Assert.Single(setup.Log.Find(LogLevel.Error), line => line.Contains("NAT gateway", StringComparison.Ordinal));

        setup.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains(setup.Log.Find(LogLevel.Error), line => line.StartsWith("Error 8 In one second, 19 more requests", StringComparison.Ordinal));
    }

    private static System.Text.Json.Nodes.JsonObject CreateRequest(string authorization) => GatewayEvent.Create("http-2.0", "GET /orders", null, authorization);
}
