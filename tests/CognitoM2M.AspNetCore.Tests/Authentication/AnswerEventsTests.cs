using System.Net;
using CognitoM2M.AspNetCore.Tests.Support;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Tests.Authentication;

/// <summary>Event handlers of the application that see, change or write error answers.</summary>
public sealed class AnswerEventsTests : IDisposable
{
    private readonly List<CognitoChallengeContext> _challenges = [];
    private readonly List<CognitoForbiddenContext> _forbidden = [];
    private readonly KeyServer _keys = new() { KeySet = null };

    public void Dispose() => _keys.Dispose();

    [Fact]
    public async Task Handler_sees_that_the_token_is_missing_and_which_scopes_are_needed()
    {
        await using var api = await StartAsync();

        using var response = await api.GetAsync("/");

        var challenge = Assert.Single(_challenges);
        Assert.Equal((401, null, null), (challenge.StatusCode, challenge.Error, challenge.ErrorDescription));
        Assert.Null(challenge.Rejection);
        Assert.Null(challenge.AuthenticateFailure);
        Assert.Equal(["orders/read"], challenge.RequiredScopes);
        Assert.Equal("CognitoM2M", challenge.Scheme.Name);
    }

    [Fact]
    public async Task Handler_sees_why_a_token_was_rejected()
    {
        await using var api = await StartAsync();

        using var response = await api.GetAsync("/", Pool.Usual.Token(change: payload => payload["exp"] = 1));

        var challenge = Assert.Single(_challenges);
        Assert.Equal((401, "invalid_token", "The access token expired."), (challenge.StatusCode, challenge.Error, challenge.ErrorDescription));
        Assert.Equal(TokenRejectionReason.Expired, challenge.Rejection!.Reason);
        Assert.Equal(challenge.Rejection.Message, challenge.AuthenticateFailure!.Message);
    }

    [Fact]
    public async Task Handler_sees_that_it_is_unclear_which_token_counts()
    {
        await using var api = await StartAsync();

        using var response = await api.SendAsync("/", "Bearer x", "Bearer y");

        var challenge = Assert.Single(_challenges);
        Assert.Equal((400, "invalid_request"), (challenge.StatusCode, challenge.Error));
        Assert.Empty(challenge.RequiredScopes);
    }

    [Fact]
    public async Task Handler_sees_that_the_token_could_not_be_judged()
    {
        await using var api = await StartAsync(options =>
        {
            options.Jwks = null;
            options.CreateKeySetHttpClient = _keys.Client;
        });

        using var response = await api.GetAsync("/", Pool.Usual.Token());

        var challenge = Assert.Single(_challenges);
        Assert.Equal((503, TokenRejectionReason.KeysNotAvailable), (challenge.StatusCode, challenge.Rejection!.Reason));
    }

    [Fact]
    public async Task Handler_sees_who_lacks_which_scopes()
    {
        await using var api = await StartAsync();

        using var response = await api.GetAsync("/", Pool.Usual.Token("x/y"));

        var forbidden = Assert.Single(_forbidden);
        Assert.Equal(Pool.Client, forbidden.Principal!.Identity!.Name);
        Assert.Equal(["orders/read"], forbidden.RequiredScopes);
        Assert.Null(forbidden.Rejection);
        Assert.Empty(_challenges);
    }

    [Fact]
    public async Task Handler_sees_that_a_token_lacks_scopes_that_every_token_needs()
    {
        await using var api = await StartAsync(options => options.Verification.AllOfScopes = ["base/a"]);

        using var response = await api.GetAsync("/", Pool.Usual.Token());

        var forbidden = Assert.Single(_forbidden);
        Assert.Equal((TokenRejectionReason.ScopeMissing, null), (forbidden.Rejection!.Reason, forbidden.Principal));
        Assert.Equal(["base/a", "orders/read"], forbidden.RequiredScopes);
    }

    [Fact]
    public async Task Handler_sees_that_another_requirement_failed()
    {
        await using var api = await Api.StartAsync(
            app => app.MapGet("/", () => "in").RequireAuthorization(policy => policy.RequireClaim("tenant")), Watch);

        using var response = await api.GetAsync("/", Pool.Usual.Token());

        Assert.Empty(Assert.Single(_forbidden).RequiredScopes);
        response.Is(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Accepted_request_calls_neither_handler()
    {
        await using var api = await StartAsync();

        using var response = await api.GetAsync("/", Pool.Usual.Token());

        response.Is(HttpStatusCode.OK);
        Assert.Empty(_challenges);
        Assert.Empty(_forbidden);
    }

    [Fact]
    public async Task Handler_may_change_the_error_of_the_challenge()
    {
        await using var api = await StartAsync(options => options.Events.OnChallenge = challenge =>
        {
            (challenge.Error, challenge.ErrorDescription) = ("expired_token", "Get a new \"token\".");
            return Task.CompletedTask;
        });

        using var response = await api.GetAsync("/", "x");

        response.Is(HttpStatusCode.Unauthorized, "Bearer realm=\"CognitoM2M\", error=\"expired_token\", error_description=\"Get a new \\\"token\\\".\", scope=\"orders/read\"");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_added_to_an_answer_that_a_handler_writes(bool hasProblemDetails)
    {
        await using var api = await StartAsync(
            options =>
            {
                options.Events.OnChallenge = context =>
                {
                    context.HandleResponse();
                    context.Response.StatusCode = StatusCodes.Status418ImATeapot;
                    return Task.CompletedTask;
                };
                options.Events.OnForbidden = context =>
                {
                    context.HandleResponse();
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return Task.CompletedTask;
                };
            },
            services => _ = hasProblemDetails ? services.AddProblemDetails() : services);

        using var challenged = await api.GetAsync("/", "x");
        using var forbidden = await api.GetAsync("/", Pool.Usual.Token("x/y"));

        challenged.Is((HttpStatusCode)418);
        forbidden.Is(HttpStatusCode.NotFound);
        Assert.Empty(await challenged.Content.ReadAsStringAsync());
        Assert.Empty(await forbidden.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Answer_that_a_handler_has_written_stays_as_it_is()
    {
        await using var api = await StartAsync(
            options =>
            {
                options.Events.OnChallenge = context =>
                {
                    context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                    return context.Response.WriteAsync("my answer");
                };
                options.Events.OnForbidden = context => context.Response.WriteAsync("my other answer");
            },
            services => services.AddProblemDetails());

        using var challenged = await api.GetAsync("/");
        using var forbidden = await api.GetAsync("/", Pool.Usual.Token("x/y"));

        Assert.Equal("my answer", await challenged.Content.ReadAsStringAsync());
        Assert.Equal("my other answer", await forbidden.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Events_class_of_the_container_is_called_for_answers_too()
    {
        await using var api = await StartAsync(options => options.EventsType = typeof(HeaderEvents), services => services.AddScoped<HeaderEvents>());

        using var challenged = await api.GetAsync("/");
        using var forbidden = await api.GetAsync("/", Pool.Usual.Token("x/y"));

        Assert.Equal("401", challenged.Headers.GetValues("X-Seen").Single());
        Assert.Equal("403", forbidden.Headers.GetValues("X-Seen").Single());
    }

    private Task<Api> StartAsync(Action<CognitoM2MAuthenticationOptions>? options = null, Action<IServiceCollection>? services = null) => Api.StartAsync(
        app => app.MapGet("/", () => "in").RequireCognitoScope("orders/read"),
        o =>
        {
            Watch(o);
            options?.Invoke(o);
        },
        services);

    private void Watch(CognitoM2MAuthenticationOptions options)
    {
        options.Events.OnChallenge = context =>
        {
            _challenges.Add(context);
            return Task.CompletedTask;
        };
        options.Events.OnForbidden = context =>
        {
            _forbidden.Add(context);
            return Task.CompletedTask;
        };
    }

    private sealed class HeaderEvents : CognitoM2MAuthenticationEvents
    {
        public override Task Challenge(CognitoChallengeContext context)
        {
            context.Response.Headers["X-Seen"] = $"{context.StatusCode}";
            return Task.CompletedTask;
        }

        public override Task Forbidden(CognitoForbiddenContext context)
        {
            context.Response.Headers["X-Seen"] = "403";
            return Task.CompletedTask;
        }
    }
}
