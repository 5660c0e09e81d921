using System.Text.Json.Nodes;
using CognitoM2M.Lambda.Tests.Support;

namespace CognitoM2M.Lambda.Tests.Policies;

/// <summary>A policy for the stage is in the cache, and its caller tries to reach routes that are closed to the token.</summary>
public sealed class ForeignRequestTests
{
    private static RouteScopes Routes => new RouteScopes()
        .Require("GET /orders", "orders/read")
        .Require("GET /orders/{id}", "orders/read")
        .Require("GET /orders/export", "orders/export")
        .Require("GET /orders/{id}/refunds", "orders/refund")
        .Require("DELETE /orders/{id}", "orders/admin")
        .Require("GET /files/{proxy+}", "orders/read")
        .Require("ANY /admin", "api/admin")
        .Require("ANY /admin/{proxy+}", "api/admin");

    public static TheoryData<string, string> Kinds => new()
    {
        { "rest-token", "prod" }, { "rest-request", "prod" }, { "http-1.0", "prod" }, { "http-1.0", "$default" }, { "http-2.0", "prod" }, { "http-2.0", "$default" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task No_spelling_of_a_path_reaches_a_closed_route(string kind, string stage)
    {
        var (policy, prefix) = await GetPolicyAsync(kind, stage);

        Assert.All(
            ["/orders", "/orders/1", "/orders/exports", "/orders/export.csv", "/orders/a..b", "/files/a", "/files/a/b/c.txt", "/files/admin/x"],
            path => Assert.True(policy.Allows($"{prefix}GET{path}"), path));
        Assert.All(
            [
                "/orders/export", "/orders/export/", "/orders/%65xport", "/orders/export%2F", "/orders/export%2f", "/orders/1%2F..%2Fexport", "/orders/%2e/export", "/orders/./export",
                "/orders//export", "/orders/1/../export", "//orders/export", "/./orders/export", "/orders/1/refunds", "/orders/1/refunds/", "/orders/1%2Frefunds", "/orders/1//refunds",
                "/orders/1/./refunds", "/orders/1/refund%73", "/orders/.", "/orders/..", "/orders/1/", "/orders/", "/files/", "/files/../admin", "/files/..", "/files/a/../../admin", "/files/..%2Fadmin",
                "/files/%2e%2e/admin", "/files/.%2e/admin", "/files//admin", "/files/%252e%252e/admin", "/admin", "/admin/", "/admin/x", "//admin", "/./admin", "/%61dmin", "/", "", "/other",
            ],
            path => Assert.False(policy.Allows($"{prefix}GET{path}"), path));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task No_other_method_stage_or_API_is_open(string kind, string stage)
    {
        var (policy, prefix) = await GetPolicyAsync(kind, stage);

        Assert.All(
            ["DELETE", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE", "CONNECT", "PROPFIND", "get", "Get", "GETS", "GE", "ANY", "*", "$default", ""],
            method => Assert.False(policy.Allows($"{prefix}{method}/orders/1"), method));
        var wholeStage = prefix[..^1];
        Assert.All(
            [
                $"{wholeStage}2/GET/orders/1", $"{wholeStage[..^1]}/GET/orders/1", $"{prefix.Replace(stage, "dev", StringComparison.Ordinal)}GET/orders/1",
                $"{prefix.Replace("a1b2c3d4e5", "b1b2c3d4e5", StringComparison.Ordinal)}GET/orders/1", $"{prefix.Replace("eu-west-1", "us-east-1", StringComparison.Ordinal)}GET/orders/1",
            ],
            arn => Assert.False(policy.Allows(arn), arn));
    }

    [Fact]
    public async Task Stage_variables_and_other_members_that_a_stage_or_a_caller_sets_do_not_change_the_answer()
    {
        using var setup = new AuthorizerSetup(Routes);
        var usual = GatewayEvent.Create("rest-request", "GET /orders/1", "GET /orders/{id}", AuthorizerSetup.Authorize("orders/read"));
        var expected = await setup.SendAsync(usual);
        usual["stageVariables"] = new JsonObject { ["Authorization"] = "Bearer x", ["methodArn"] = "*", ["lambdaAlias"] = "${stageVariables.x}" };
        usual["queryStringParameters"] = new JsonObject { ["resource"] = "/admin", ["methodArn"] = "*" };
        usual["pathParameters"] = new JsonObject { ["id"] = "../admin", ["proxy"] = "*" };
        usual["routeKey"] = "GET /admin";
        usual["identitySource"] = "x";

        Assert.Equal(expected, await setup.SendAsync(usual));
    }

    private static async Task<(IamPolicy Policy, string Prefix)> GetPolicyAsync(string kind, string stage)
    {
        using var setup = new AuthorizerSetup(Routes, options => options.UseSimpleResponses = false);
        var prefix = GatewayEvent.StagePrefix.Replace("/prod/", $"/{stage}/", StringComparison.Ordinal);
        var request = GatewayEvent.Create(kind, "GET /orders/1", "GET /orders/{id}", AuthorizerSetup.Authorize("orders/read"));
        request[kind == "http-2.0" ? "routeArn" : "methodArn"] = $"{prefix}GET/orders/1";
        return (IamPolicy.Parse(await setup.SendAsync(request)), prefix);
    }
}
