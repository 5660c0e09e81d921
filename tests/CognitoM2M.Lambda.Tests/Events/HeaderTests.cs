using System.Text.Json.Nodes;
using CognitoM2M.Lambda.Tests.Support;

namespace CognitoM2M.Lambda.Tests.Events;

/// <summary>Where the token is found.</summary>
public sealed class HeaderTests
{
    private static readonly RouteScopes _routes = new RouteScopes().Require("GET /orders", "orders/read");

    [Theory]
    [InlineData("rest-request", "AUTHORIZATION")]
    [InlineData("rest-request", "authorization")]
    [InlineData("http-1.0", "AuThOrIzAtIoN")]
    [InlineData("http-2.0", "authorization")]
    [InlineData("http-2.0", "Authorization")]
    public async Task Name_of_the_header_is_found_in_any_case(string kind, string name)
    {
        var authorization = AuthorizerSetup.Authorize("orders/read");
        var request = GatewayEvent.Create(kind, "GET /orders", null, authorization);
        GatewayEvent.SetHeader(request, kind == "http-2.0" ? "authorization" : "Authorization", null);
        GatewayEvent.SetHeader(request, name, authorization);

        Assert.True(await IsAllowedAsync(request));
    }

    [Theory]
    [InlineData("rest-token")]
    [InlineData("rest-request")]
    [InlineData("http-1.0")]
    [InlineData("http-2.0")]
    public async Task Scheme_is_found_in_any_case(string kind)
    {
        var authorization = AuthorizerSetup.Authorize("orders/read");
        foreach (var scheme in (string[])["bearer", "BEARER", "bEaReR"])
            Assert.True(await IsAllowedAsync(GatewayEvent.Create(kind, "GET /orders", null, scheme + authorization["Bearer".Length..])));
    }

    [Theory]
    [InlineData("rest-token")]
    [InlineData("rest-request")]
    [InlineData("http-1.0")]
    [InlineData("http-2.0")]
    public async Task Spaces_around_the_token_do_not_belong_to_it(string kind)
    {
        var authorization = AuthorizerSetup.Authorize("orders/read");

        Assert.True(await IsAllowedAsync(GatewayEvent.Create(kind, "GET /orders", null, authorization.Replace(" ", "   ", StringComparison.Ordinal) + "  ")));
        Assert.False(await IsAllowedAsync(GatewayEvent.Create(kind, "GET /orders", null, authorization.Replace(' ', '\t'))));
        Assert.False(await IsAllowedAsync(GatewayEvent.Create(kind, "GET /orders", null, "Bearer    ")));
    }

    [Fact]
    public async Task Two_values_of_the_header_count_as_no_token_because_the_cache_key_is_unclear()
    {
        var good = AuthorizerSetup.Authorize("orders/read");
        foreach (var values in (string[][])[[good, "Bearer x"], ["Bearer x", good], [good, good]])
        {
            var request = GatewayEvent.Create("rest-request", "GET /orders", null, good);
            request["multiValueHeaders"]!["Authorization"] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]);

            Assert.False(await IsAllowedAsync(request));
        }
    }

    [Theory]
    [InlineData("headers")]
    [InlineData("multiValueHeaders")]
    public async Task Header_in_two_spellings_counts_as_no_token(string member)
    {
        var request = GatewayEvent.Create("rest-request", "GET /orders", null, AuthorizerSetup.Authorize("orders/read"));
        if (member == "headers")
            request.Remove("multiValueHeaders");
        request[member]!["authorization"] = member == "headers" ? "Bearer x" : new JsonArray("Bearer x");

        Assert.False(await IsAllowedAsync(request));
    }

    [Fact]
    public async Task Two_headers_that_an_HTTP_API_joins_with_a_comma_count_as_no_token()
    {
        var good = AuthorizerSetup.Authorize("orders/read");

        Assert.False(await IsAllowedAsync(GatewayEvent.Create("http-2.0", "GET /orders", null, $"{good},{good}")));
    }

    [Fact]
    public async Task Header_of_another_name_can_have_the_token()
    {
        var request = GatewayEvent.Create("rest-request", "GET /orders", null, null);
        GatewayEvent.SetHeader(request, "X-Api-Authorization", AuthorizerSetup.Authorize("orders/read"));

        Assert.True(await IsAllowedAsync(request, options => options.TokenHeader = "x-api-authorization"));
        Assert.False(await IsAllowedAsync(request));
    }

    [Fact]
    public async Task Request_without_headers_has_no_token()
    {
        var request = GatewayEvent.Create("rest-request", "GET /orders", null, null);
        request["headers"] = null;
        request["multiValueHeaders"] = null;

        Assert.False(await IsAllowedAsync(request));
    }

    [Fact]
    public async Task Token_is_not_looked_for_in_query_cookies_or_the_event_itself()
    {
        var good = AuthorizerSetup.Authorize("orders/read");
        var request = GatewayEvent.Create("rest-request", "GET /orders", null, null);
        request["queryStringParameters"] = new JsonObject { ["Authorization"] = good, ["access_token"] = good };
        request["authorizationToken"] = good;
        request["Authorization"] = good;
        GatewayEvent.SetHeader(request, "Cookie", $"Authorization={good}");

        Assert.False(await IsAllowedAsync(request));
    }

    private static async Task<bool> IsAllowedAsync(JsonObject request, Action<ApiGatewayAuthorizerOptions>? configure = null)
    {
        using var setup = new AuthorizerSetup(_routes, configure);
        try
        {
            var answer = await setup.SendAsync(request);
            return request["version"]?.GetValue<string>() == "2.0" ? AuthorizerSetup.ReadIsAuthorized(answer) : IamPolicy.Parse(answer).Allows(GatewayEvent.CreateArn("GET /orders"));
        }
        catch (ApiGatewayUnauthorizedException)
        {
            return false;
        }
    }
}
