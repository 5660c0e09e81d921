using System.Text;
using CognitoM2M.Lambda.Tests.Support;

namespace CognitoM2M.Lambda.Tests.Events;

/// <summary>Events that are not what API Gateway sends.</summary>
public sealed class EventTests
{
    private static readonly RouteScopes _routes = new RouteScopes().Require("GET /orders", "orders/read");

    public static TheoryData<string> OtherEvents =>
    [
        "",
        "null",
        "[]",
        "\"text\"",
        "{",
        "{}",
        """{"type":"TOKEN"}""",
        """{"type":"COGNITO","methodArn":"arn:aws:execute-api:eu-west-1:1:a/prod/GET/orders"}""",
        """{"type":"REQUEST","version":"3.0","methodArn":"arn:aws:execute-api:eu-west-1:1:a/prod/GET/orders"}""",
        """{"type":"TOKEN","type":"REQUEST","methodArn":"arn:aws:execute-api:eu-west-1:1:a/prod/GET/orders"}""",
        """{"version":"2.0","type":"REQUEST","routeArn":"arn:aws:execute-api:eu-west-1:1:a/prod/GET/orders"}""",
        """{"version":"2.0","routeKey":"GET /orders","rawPath":"/orders","headers":{}}""",
        """{"Records":[]}""",
    ];

    public static TheoryData<string> OtherArns =>
    [
        "",
        "*",
        "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5",
        "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/prod",
        "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/prod/GET",
        "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/prod/$connect",
        "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5//GET/orders",
        "arn:aws:execute-api:eu-west-1:123456789012:/prod/GET/orders",
        "arn:aws:execute-api:eu-west-1::a1b2c3d4e5/prod/GET/orders",
        "arn:aws:s3:eu-west-1:123456789012:a1b2c3d4e5/prod/GET/orders",
        "arn:aws:execute-api:*:123456789012:a1b2c3d4e5/prod/GET/orders",
        "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/GET/orders",
        "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/pro?/GET/orders",
        "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/${stage}/GET/orders",
    ];

    [Theory]
    [MemberData(nameof(OtherEvents))]
    public async Task Event_of_an_unknown_kind_is_an_error(string text)
    {
        using var setup = new AuthorizerSetup(_routes);

        await Assert.ThrowsAsync<ApiGatewayAuthorizerException>(() => setup.Authorizer.AuthorizeAsync(Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [MemberData(nameof(OtherArns))]
    public async Task Texts_that_are_not_the_ARN_of_a_request_are_an_error(string arn)
    {
        using var setup = new AuthorizerSetup(_routes);
        var request = GatewayEvent.Create("rest-token", "GET /orders", null, AuthorizerSetup.Authorize("orders/read"));
        request["methodArn"] = arn;

        await Assert.ThrowsAsync<ApiGatewayAuthorizerException>(() => setup.SendAsync(request));
    }

    [Fact]
    public async Task Handler_with_streams_gives_the_same_answer()
    {
        using var setup = new AuthorizerSetup(_routes);
        var request = GatewayEvent.Create("rest-token", "GET /orders", null, AuthorizerSetup.Authorize("orders/read")).ToBytes();

        using var stream = await setup.Authorizer.HandleAsync(new MemoryStream(request));

        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer);
        Assert.Equal(await setup.Authorizer.AuthorizeAsync(request), answer.ToArray());
    }
}
