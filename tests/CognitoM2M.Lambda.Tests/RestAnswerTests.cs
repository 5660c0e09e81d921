using CognitoM2M.Lambda.Tests.Support;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification;

namespace CognitoM2M.Lambda.Tests;

/// <summary>Answers to REST APIs.</summary>
public sealed class RestAnswerTests
{
    private static RouteScopes Routes => new RouteScopes().Require("GET /orders", "orders/read").Require("POST /orders", "orders/write");

    public static TheoryData<string> Kinds => ["rest-token", "rest-request"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Answer_names_the_app_client_and_its_scopes_and_not_the_token(string kind)
    {
        using var setup = new AuthorizerSetup(Routes);
        var authorization = AuthorizerSetup.Authorize("orders/read", "orders/write");

        var answer = await setup.SendAsync(GatewayEvent.Create(kind, "GET /orders", null, authorization));

        var policy = IamPolicy.Parse(answer);
        Assert.Equal(TestToken.ClientId, policy.PrincipalId);
        Assert.Equal(["client_id", "scope", "iss"], policy.Context.Keys);
        Assert.Equal(TestToken.ClientId, policy.Context["client_id"].GetString());
        Assert.Equal("orders/read orders/write", policy.Context["scope"].GetString());
        Assert.Null(policy.UsageIdentifierKey);
        Assert.All(authorization.Split('.', ' '), part => Assert.DoesNotContain(part, System.Text.Encoding.UTF8.GetString(answer), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Policy_allows_exactly_the_routes_of_the_token_whichever_route_is_requested(string kind)
    {
        using var setup = new AuthorizerSetup(Routes);

        foreach (var asked in (string[])["GET /orders", "POST /orders"])
        {
            var policy = await setup.GetPolicyAsync(kind, asked, null, "orders/read");

            Assert.True(policy.Allows(GatewayEvent.CreateArn("GET /orders")));
            Assert.False(policy.Allows(GatewayEvent.CreateArn("POST /orders")));
            Assert.False(policy.Allows(GatewayEvent.CreateArn("GET /orders/1")));
            Assert.False(policy.Allows(GatewayEvent.CreateArn("GET /customers")));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Token_that_opens_no_route_is_denied_everywhere(string kind)
    {
        using var setup = new AuthorizerSetup(Routes);

        var policy = await setup.GetPolicyAsync(kind, "GET /orders", null, "customers/read");

        Assert.Empty(policy.FindResources("Allow"));
        Assert.Equal([GatewayEvent.StagePrefix + "*"], policy.FindResources("Deny"));
        Assert.Equal(TestToken.ClientId, policy.PrincipalId);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Missing_token_gives_the_error_that_API_Gateway_answers_with_401(string kind)
    {
        using var setup = new AuthorizerSetup(Routes);

        foreach (var authorization in (string?[])[null, "", "Bearer", "Bearer ", "Basic dTpw", TestToken.Valid, $"Bearer{TestToken.Valid}", $" Bearer {TestToken.Valid}"])
        {
            var error = await Assert.ThrowsAsync<ApiGatewayUnauthorizedException>(() => setup.SendAsync(GatewayEvent.Create(kind, "GET /orders", null, authorization)));

            Assert.Equal("Unauthorized", error.Message);
            Assert.Equal(TokenRejectionReason.Missing, error.Rejection.Reason);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Expired_token_gives_401_so_that_the_caller_renews_it(string kind)
    {
        using var setup = new AuthorizerSetup(Routes);
        setup.Clock.Advance(TimeSpan.FromHours(1));

        var error = await Assert.ThrowsAsync<ApiGatewayUnauthorizedException>(() => setup.GetPolicyAsync(kind, "GET /orders", null, "orders/read"));

        Assert.Equal(TokenRejectionReason.Expired, error.Rejection.Reason);
        Assert.Contains(setup.Log.Lines, line => line.Contains("Expired", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Keys_that_cannot_be_had_are_an_error_and_no_denial_which_would_be_cached(string kind)
    {
        using var setup = new AuthorizerSetup(Routes);
        setup.Keys.Fail();

        var error = await Assert.ThrowsAsync<ApiGatewayAuthorizerException>(() => setup.GetPolicyAsync(kind, "GET /orders", null, "orders/read"));

        Assert.NotEqual("Unauthorized", error.Message);
        Assert.Single(setup.Log.Find(Microsoft.Extensions.Logging.LogLevel.Error));

        setup.Keys.Recover();
        setup.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.True((await setup.GetPolicyAsync(kind, "GET /orders", null, "orders/read")).Allows(GatewayEvent.CreateArn("GET /orders")));
    }

    [Theory]
    [InlineData("aws-cn", "cn-north-1")]
    [InlineData("aws-us-gov", "us-gov-west-1")]
    public async Task Policy_keeps_partition_region_account_api_and_stage_of_the_request(string partition, string region)
    {
        using var setup = new AuthorizerSetup(Routes);
        var prefix = $"arn:{partition}:execute-api:{region}:210987654321:zz9/$default/";
        var request = GatewayEvent.Create("rest-token", "GET /orders", null, AuthorizerSetup.Authorize("orders/read"));
        request["methodArn"] = prefix + "GET/orders";

        var policy = IamPolicy.Parse(await setup.SendAsync(request));

        Assert.Equal([prefix + "GET/orders"], policy.FindResources("Allow"));
    }

    [Fact]
    public async Task Cached_policy_expires_together_with_the_token()
    {
        using var setup = new AuthorizerSetup(Routes);
        var arn = GatewayEvent.CreateArn("GET /orders");

        var policy = await setup.GetPolicyAsync("rest-token", "GET /orders", null, "orders/read");

        var end = DateTimeOffset.FromUnixTimeSeconds(TestToken.Now + 3600);
        Assert.True(policy.Allows(arn, end.AddSeconds(-1)));
        Assert.False(policy.Allows(arn, end));
        Assert.True(policy.Allows(arn, now: null));
    }

    [Fact]
    public async Task Token_within_the_clock_tolerance_is_allowed_for_the_tolerance_at_most()
    {
        using var setup = new AuthorizerSetup(Routes, configureVerifier: options => options.ClockTolerance = TimeSpan.FromMinutes(1));
        setup.Clock.Advance(TimeSpan.FromMinutes(60.5));
        var arn = GatewayEvent.CreateArn("GET /orders");

        var policy = await setup.GetPolicyAsync("rest-token", "GET /orders", null, "orders/read");

        Assert.True(policy.Allows(arn, setup.Clock.GetUtcNow()));
        Assert.False(policy.Allows(arn, DateTimeOffset.FromUnixTimeSeconds(TestToken.Now + 3900)));
    }

    [Fact]
    public async Task Scope_that_the_verifier_requires_of_all_tokens_gives_a_denial()
    {
        using var setup = new AuthorizerSetup(Routes, configureVerifier: options => options.AllOfScopes = ["orders/all"]);

        var policy = await setup.GetPolicyAsync("rest-request", "GET /orders", null, "orders/read");

        Assert.False(policy.Allows(GatewayEvent.CreateArn("GET /orders")));
    }

    [Fact]
    public async Task Context_and_usage_plan_of_the_application_are_added()
    {
        using var setup = new AuthorizerSetup(Routes, options =>
        {
            options.CreateContext = token => [new("tenant", token.ClientId[..3]), new("level", 3), new("share", 0.5), new("isPartner", true)];
            options.FindUsageIdentifierKey = token => $"key-of-{token.ClientId}";
        });

        var policy = await setup.GetPolicyAsync("rest-request", "GET /orders", null, "orders/read");

        Assert.Equal($"key-of-{TestToken.ClientId}", policy.UsageIdentifierKey);
        Assert.Equal("4ge", policy.Context["tenant"].GetString());
        Assert.Equal(3, policy.Context["level"].GetInt32());
        Assert.Equal(0.5, policy.Context["share"].GetDouble());
        Assert.True(policy.Context["isPartner"].GetBoolean());
    }

    [Fact]
    public async Task Context_value_that_REST_APIs_refuse_is_an_error()
    {
        foreach (var value in (object[])[new List<string>(), new object(), double.NaN, float.PositiveInfinity, DateTimeOffset.UnixEpoch])
        {
            using var setup = new AuthorizerSetup(Routes, options => options.CreateContext = _ => [new("value", value)]);

            var error = await Assert.ThrowsAsync<ApiGatewayAuthorizerException>(() => setup.GetPolicyAsync("rest-request", "GET /orders", null, "orders/read"));

            Assert.Contains("'value'", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Context_cannot_replace_the_app_client_or_its_scopes()
    {
        foreach (var name in (string[])["client_id", "scope", ""])
        {
            using var setup = new AuthorizerSetup(Routes, options => options.CreateContext = _ => [new(name, "x")]);

            await Assert.ThrowsAsync<ApiGatewayAuthorizerException>(() => setup.GetPolicyAsync("rest-request", "GET /orders", null, "orders/read"));
        }
    }
}
