using System.Net;
using System.Security.Claims;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Tests.Diagnostics;

/// <summary>What the log says about requests whose token is rejected.</summary>
public sealed class RejectionLogTests
{
    private static readonly string[] _aboutHosting =
        ["Request starting", "Request finished", "Executing endpoint", "Executed endpoint", "Application", "Hosting environment", "Content root", "User profile"];

    [Fact]
    public async Task Rejected_token_writes_one_line_that_says_why()
    {
        await using var api = await StartAsync();

        using var response = await api.GetAsync("/orders", Pool.Usual.Token(change: payload => payload["exp"] = 1));

        var line = Assert.Single(FindLines(api));
        Assert.StartsWith("Information 1 HTTP: GET /orders, scheme CognitoM2M: the token of app client ordersclient was rejected (Expired): expected an exp after 2026-01-01", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_that_anybody_could_have_written_writes_one_line()
    {
        await using var api = await StartAsync();

        using var response = await api.GetAsync("/orders", "junk");

        var line = Assert.Single(FindLines(api));
        Assert.StartsWith(
            "Information 2 HTTP: GET /orders, scheme CognitoM2M: The token was rejected (Malformed): expected three parts separated by dots; found 1. At most one such line is written per second.",
            line,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forged_tokens_write_one_line_per_second_with_a_count()
    {
        await using var api = await StartAsync();

        for (var i = 0; i < 100; i++)
            await api.GetAsync("/orders", $"junk {i}");
        Assert.Single(FindLines(api));
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        var counted = FindLines(api);
        Assert.Equal(2, counted.Count);
        Assert.StartsWith("Information 3 99 more requests were rejected within a second.", counted[1], StringComparison.Ordinal);

        await api.GetAsync("/orders", "junk");
        Assert.Equal(2, FindLines(api).Count);
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.StartsWith("Information 3 1 more requests", FindLines(api)[2], StringComparison.Ordinal);

        api.Clock.Advance(TimeSpan.FromMinutes(1));
        await api.GetAsync("/orders", "junk");
        Assert.Equal(4, FindLines(api).Count);
        Assert.StartsWith("Information 2 ", FindLines(api)[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_of_known_app_clients_are_logged_while_many_forged_tokens_arrive()
    {
        await using var api = await StartAsync();
        for (var i = 0; i < 10; i++)
            await api.GetAsync("/orders", "junk");

        using var expired = await api.GetAsync("/orders", Pool.Usual.Token(change: payload => payload["exp"] = 1));
        using var other = await api.GetAsync("/orders", Pool.Usual.Token(change: payload => payload["client_id"] = "stranger"));

        Assert.Equal(3, FindLines(api).Count);
    }

    [Fact]
    public async Task Forged_and_foreign_tokens_share_one_line_per_second()
    {
        await using var api = await StartAsync();
        string[] tokens =
        [
            Pool.Usual.Token()[..^10] + "AAAAAAAAAA",
            Pool.Usual.Token(change: payload => payload["iss"] = "https://stranger.example"),
            Pool.Usual.Token(changeHeader: header => header["kid"] = "unknown"),
            Pool.Usual.Token(changeHeader: header => header["alg"] = "none"),
        ];

        foreach (var token in tokens)
            await api.GetAsync("/orders", token);
        using var ambiguous = await api.SendAsync("/orders", "Bearer x", "Bearer y");

        Assert.Single(FindLines(api));
    }

    [Fact]
    public async Task Request_without_a_token_writes_no_line_of_the_scheme()
    {
        await using var api = await StartAsync();

        using var response = await api.GetAsync("/orders");

        Assert.DoesNotContain(FindLines(api), line => line.Contains("scheme", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Text_of_a_token_stays_in_one_line()
    {
        await using var api = await StartAsync();
        var evil = $"a\r\nInformation 9 forged\u202e##[error]{new string('x', 5_000)}";

        using var issuer = await api.GetAsync("/orders", Pool.Usual.Token(change: payload => payload["iss"] = evil));
        using var client = await api.GetAsync("/orders", Pool.Usual.Token(change: payload => payload["client_id"] = evil));

        Assert.Equal(2, FindLines(api).Count);
        Assert.All(FindLines(api), line =>
        {
            Assert.DoesNotContain('\n', line);
            Assert.DoesNotContain('\u202e', line);
            Assert.True(line.Length < 3_000);
        });
    }

    [Fact]
    public async Task Refusal_of_an_event_handler_writes_one_line_with_its_reason()
    {
        await using var api = await StartAsync(options => options.Events.OnTokenVerified = context =>
        {
            context.Fail("The app client\nis blocked.");
            return Task.CompletedTask;
        });

        using var response = await api.GetAsync("/orders", Pool.Usual.Token());

        var line = Assert.Single(FindLines(api));
        Assert.StartsWith(@"Information 7 HTTP: GET /orders, scheme CognitoM2M: an event handler refused the request: The app client\nis blocked.", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Authorization_service_of_the_application_writes_its_own_lines()
    {
        await using var api = await StartAsync(services: services => services.AddTransient<IAuthorizationService, OwnAuthorization>());

        using var response = await api.GetAsync("/orders", "junk");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains(FindLines(api), line => line.Contains("Authorization failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Path_of_a_request_is_not_logged()
    {
        await using var api = await StartAsync();

        using var response = await api.GetAsync("/any/evil-path?x=evil-query", "junk");

        Assert.DoesNotContain(FindLines(api), line => line.Contains("evil", StringComparison.Ordinal));
        Assert.Contains("GET /any/{**rest}", Assert.Single(FindLines(api)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_that_one_of_several_schemes_accepts_writes_no_line()
    {
        await using var api = await StartTwoAsync();
        var other = new Pool("us-east-1_Other");

        using var first = await api.GetAsync("/", Pool.Usual.Token());
        using var second = await api.GetAsync("/", other.Token());

        first.Is(HttpStatusCode.OK);
        second.Is(HttpStatusCode.OK);
        Assert.Empty(FindLines(api));
    }

    [Fact]
    public async Task Request_that_an_event_handler_of_one_of_several_schemes_accepts_writes_no_line()
    {
        await using var api = await StartTwoAsync(first => first.Events.OnMessageReceived = context =>
        {
            context.Principal = new ClaimsPrincipal(new ClaimsIdentity([new Claim("scope", "orders/read")], "One"));
            context.Success();
            return Task.CompletedTask;
        });

        using var response = await api.GetAsync("/", "junk");

        response.Is(HttpStatusCode.OK);
        Assert.Empty(FindLines(api));
    }

    [Fact]
    public async Task Token_that_several_schemes_reject_writes_the_most_informative_line()
    {
        await using var api = await StartTwoAsync();

        using var response = await api.GetAsync("/", new Pool("us-east-1_Other").Token(change: payload => payload["exp"] = 1));
        using var again = await api.GetAsync("/", Pool.Usual.Token(change: payload => payload["exp"] = 1));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Collection(
            FindLines(api),
            line => Assert.Contains("scheme Two: the token of app client ordersclient was rejected (Expired)", line, StringComparison.Ordinal),
            line => Assert.Contains("scheme One: the token of app client ordersclient was rejected (Expired)", line, StringComparison.Ordinal));
    }

    /// <summary>All Information lines about authentication or authorization, of this package and of the framework.</summary>
    private static List<string> FindLines(Api api) => [.. api.Log.Find(LogLevel.Information).Where(line => !_aboutHosting.Any(line.Contains))];

    private static Task<Api> StartAsync(Action<CognitoM2MAuthenticationOptions>? options = null, Action<IServiceCollection>? services = null) => Api.StartAsync(
        app =>
        {
            app.MapGet("/orders", () => "orders").RequireCognitoScope("orders/read");
            app.MapGet("/any/{**rest}", () => "any").RequireCognitoScope("orders/read");
        },
        options,
        services);

    private static Task<Api> StartTwoAsync(Action<CognitoM2MAuthenticationOptions>? first = null) => Api.StartWithAsync(
        services => services.AddAuthentication().AddCognitoM2M("One", Api.Usual + first).AddCognitoM2M("Two", options =>
        {
            Api.Usual(options);
            options.UserPoolId = "us-east-1_Other";
        }),
        app => app.MapGet("/", () => "in").RequireCognitoScope("orders/read"));

    private sealed class OwnAuthorization(
        IAuthorizationPolicyProvider policyProvider,
        IAuthorizationHandlerProvider handlers,
        ILogger<DefaultAuthorizationService> logger,
        IAuthorizationHandlerContextFactory contextFactory,
        IAuthorizationEvaluator evaluator,
        IOptions<AuthorizationOptions> options)
        : DefaultAuthorizationService(policyProvider, handlers, logger, contextFactory, evaluator, options);
}
