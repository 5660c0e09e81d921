using System.Net;
using System.Security.Claims;
using CognitoM2M.AspNetCore.Tests.Support;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Tests.Authentication;

/// <summary>Event handlers of the application.</summary>
public sealed class EventsTests
{
    [Fact]
    public async Task Handler_may_refuse_a_valid_token()
    {
        await using var api = await StartAsync(options => options.Events.OnTokenVerified = context =>
        {
            if (context.Claims.ClientId == Pool.Client)
                context.Fail("The client is blocked.");
            return Task.CompletedTask;
        });

        using var response = await api.GetAsync("/", Pool.Usual.Token());

        response.Is(HttpStatusCode.Unauthorized, "Bearer realm=\"CognitoM2M\", error=\"invalid_token\", error_description=\"The access token was refused.\", scope=\"orders/read\"");
        Assert.Contains(api.Log.Lines, line => line.Contains("The client is blocked.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Handler_may_take_the_token_from_the_query()
    {
        await using var api = await StartAsync(options => options.Events.OnMessageReceived = context =>
        {
            context.Token = context.Request.Query["access_token"];
            return Task.CompletedTask;
        });

        using var inQuery = await api.GetAsync($"/?access_token={Pool.Usual.Token()}", token: null);
        using var badInQuery = await api.GetAsync("/?access_token=a.b.c", Pool.Usual.Token());
        using var inHeader = await api.GetAsync("/", Pool.Usual.Token());
        using var nowhere = await api.GetAsync("/", token: null);

        inQuery.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, badInQuery.StatusCode);
        inHeader.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, nowhere.StatusCode);
    }

    [Fact]
    public async Task Handler_may_treat_the_request_as_one_without_a_token()
    {
        await using var api = await StartAsync(options => options.Events.OnTokenVerified = context =>
        {
            context.NoResult();
            return Task.CompletedTask;
        });

        using var response = await api.GetAsync("/", Pool.Usual.Token());

        response.Is(HttpStatusCode.Unauthorized, "Bearer realm=\"CognitoM2M\", scope=\"orders/read\"");
    }

    [Fact]
    public async Task Handler_may_add_claims()
    {
        await using var api = await Api.StartAsync(
            app => app.MapGet("/", (ClaimsPrincipal user) => user.FindFirst("tenant")!.Value).RequireCognitoScope("orders/read"),
            options => options.Events.OnTokenVerified = context =>
            {
                ((ClaimsIdentity)context.Principal!.Identity!).AddClaim(new Claim("tenant", $"of {context.Claims.ClientId}"));
                return Task.CompletedTask;
            });

        using var response = await api.GetAsync("/", Pool.Usual.Token());

        Assert.Equal($"of {Pool.Client}", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Claims_added_for_one_request_do_not_appear_in_the_next()
    {
        await using var api = await Api.StartAsync(
            app => app.MapGet("/", (ClaimsPrincipal user) => user.FindAll("once").Count()).RequireCognitoScope("orders/read"),
            options => options.Events.OnTokenVerified = context =>
            {
                ((ClaimsIdentity)context.Principal!.Identity!).AddClaim(new Claim("once", "x"));
                return Task.CompletedTask;
            });
        var token = Pool.Usual.Token();

        using var first = await api.GetAsync("/", token);
        using var second = await api.GetAsync("/", token);

        Assert.Equal("1", await second.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Handler_sees_rejections_but_cannot_change_them()
    {
        List<TokenRejectionReason> seen = [];
        await using var api = await StartAsync(options => options.Events.OnTokenRejected = context =>
        {
            seen.Add(context.Rejection.Reason);
            return Task.CompletedTask;
        });

        using var rejected = await api.GetAsync("/", "x");
        using var accepted = await api.GetAsync("/", Pool.Usual.Token());
        using var anonymous = await api.GetAsync("/");

        Assert.Equal([TokenRejectionReason.Malformed], seen);
        Assert.Equal(HttpStatusCode.Unauthorized, rejected.StatusCode);
    }

    [Fact]
    public async Task Events_may_come_from_the_container()
    {
        await using var api = await StartAsync(options => options.EventsType = typeof(BlockingEvents), services => services.AddScoped<BlockingEvents>());

        using var verified = await api.GetAsync("/", Pool.Usual.Token());
        using var rejected = await api.GetAsync("/", "x");

        Assert.Equal(HttpStatusCode.Unauthorized, verified.StatusCode);
        Assert.Contains("refused", verified.Challenges().Single(), StringComparison.Ordinal);
        Assert.Equal("yes", rejected.Headers.GetValues("X-Seen").Single());
    }

    [Fact]
    public async Task Exception_of_a_handler_fails_the_request()
    {
        await using var api = await StartAsync(options => options.Events.OnTokenVerified = _ => throw new TimeoutException("no answer"));

        await Assert.ThrowsAsync<TimeoutException>(() => api.GetAsync("/", Pool.Usual.Token()));
    }

    [Fact]
    public async Task Reason_of_a_rejection_is_logged()
    {
        await using var api = await StartAsync();

        using var response = await api.GetAsync("/", Pool.Usual.Token(change: payload => payload["client_id"] = "stranger"));

        Assert.Contains(api.Log.Lines, line => line.StartsWith("Information", StringComparison.Ordinal)
            && line.Contains("(ClientNotAllowed): expected a client_id among 'ordersclient'; found 'stranger'", StringComparison.Ordinal));
    }

    private static Task<Api> StartAsync(Action<CognitoM2MAuthenticationOptions>? options = null, Action<IServiceCollection>? services = null) =>
        Api.StartAsync(app => app.MapGet("/", () => "in").RequireCognitoScope("orders/read"), options, services);

    private sealed class BlockingEvents : CognitoM2MAuthenticationEvents
    {
        public override Task TokenVerified(CognitoTokenVerifiedContext context)
        {
            context.Fail("blocked");
            return Task.CompletedTask;
        }

        public override Task TokenRejected(CognitoTokenRejectedContext context)
        {
            context.Response.Headers["X-Seen"] = "yes";
            return Task.CompletedTask;
        }
    }
}
