using System.Net;
using System.Security.Claims;
using CognitoM2M.AspNetCore.JwtBearer.Tests.Support;
using CognitoM2M.AspNetCore.Tests.Support;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CognitoM2M.AspNetCore.JwtBearer.Tests.Challenges;

/// <summary>The events of JwtBearer and its other options work as without <c>UseCognitoM2M</c>.</summary>
public sealed class EventsTests
{
    public static TheoryData<string, Type> Failures
    {
        get
        {
            var pool = Pool.Usual;
            return new()
            {
                { "x", typeof(CognitoTokenRejectedException) },
                { pool.Token(changeHeader: h => h["alg"] = "RS512"), typeof(SecurityTokenInvalidAlgorithmException) },
                { pool.Token(change: p => p["iss"] = "https://stranger.example"), typeof(SecurityTokenInvalidIssuerException) },
                { pool.Token(changeHeader: h => h["kid"] = "key-2"), typeof(SecurityTokenSignatureKeyNotFoundException) },
                { pool.Token()[..^10] + "AAAAAAAAAA", typeof(SecurityTokenInvalidSignatureException) },
                { pool.Token(change: p => p["exp"] = 1_767_225_600), typeof(SecurityTokenExpiredException) },
                { pool.Token(change: p => p["nbf"] = 1_767_225_601), typeof(SecurityTokenNotYetValidException) },
                { pool.Token(change: p => p["client_id"] = "another"), typeof(CognitoTokenRejectedException) },
                { pool.Token(change: p => p["token_use"] = "id"), typeof(CognitoTokenRejectedException) },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task OnAuthenticationFailed_gets_the_exception_type_of_IdentityModel_and_the_rejection(string token, Type type)
    {
        Exception? failure = null;
        await using var api = await BearerApi.StartAsync(bearer => bearer.Events = new JwtBearerEvents
        {
            OnAuthenticationFailed = context =>
            {
                failure = context.Exception;
                return Task.CompletedTask;
            },
        });

        using var response = await api.GetAsync("/any", token);

        Assert.IsType(type, failure);
        Assert.IsAssignableFrom<SecurityTokenException>(failure);
        Assert.Equal(CognitoTokenRejectedException.Find(failure)!.Message, failure.Message);
    }

    [Fact]
    public async Task OnTokenValidated_gets_the_token_and_may_add_claims()
    {
        SecurityToken? token = null;
        DateTimeOffset? expires = null;
        await using var api = await BearerApi.StartAsync(
            app => app.MapGet("/", (ClaimsPrincipal user) => $"{user.Identity!.Name} {user.FindAll("tenant").Count()}").RequireCognitoScope("orders/read"),
            bearer => bearer.Events = new JwtBearerEvents
            {
                OnTokenValidated = context =>
                {
                    (token, expires) = (context.SecurityToken, context.Properties.ExpiresUtc);
                    ((ClaimsIdentity)context.Principal!.Identity!).AddClaim(new Claim("tenant", "x"));
                    return Task.CompletedTask;
                },
            });
        var text = Pool.Usual.Token();

        using var first = await api.GetAsync("/", text);
        using var second = await api.GetAsync("/", text);

        Assert.Equal("ordersclient 1", await first.Content.ReadAsStringAsync());
        Assert.Equal("ordersclient 1", await second.Content.ReadAsStringAsync());
        var parsed = Assert.IsType<JsonWebToken>(token);
        Assert.Equal((text, Pool.Usual.Issuer, Pool.Client), (parsed.EncodedToken, parsed.Issuer, parsed.Subject));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_767_229_200), expires);
    }

    [Fact]
    public async Task OnTokenValidated_may_refuse_a_token_at_any_use()
    {
        var blocked = false;
        await using var api = await BearerApi.StartAsync(bearer => bearer.Events = new JwtBearerEvents
        {
            OnTokenValidated = context =>
            {
                if (blocked)
                    context.Fail("blocked");
                return Task.CompletedTask;
            },
        });

        using var before = await api.GetAsync("/", Pool.Usual.Token());
        blocked = true;
        using var after = await api.GetAsync("/", Pool.Usual.Token());

        before.Is(HttpStatusCode.OK);
        after.Is(HttpStatusCode.Unauthorized, "Bearer error=\"invalid_token\", scope=\"orders/read\"");
    }

    [Fact]
    public async Task OnMessageReceived_may_take_the_token_from_the_query()
    {
        await using var api = await BearerApi.StartAsync(bearer => bearer.Events = new JwtBearerEvents
        {
            OnMessageReceived = context =>
            {
                context.Token = context.Request.Query["access_token"];
                return Task.CompletedTask;
            },
        });

        using var inQuery = await api.GetAsync($"/?access_token={Pool.Usual.Token()}");
        using var badInQuery = await api.GetAsync("/?access_token=a.b.c", Pool.Usual.Token());

        inQuery.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, badInQuery.StatusCode);
    }

    [Fact]
    public async Task OnChallenge_gets_the_error_and_may_write_the_answer()
    {
        JwtBearerChallengeContext? seen = null;
        await using var api = await BearerApi.StartAsync(bearer => bearer.Events = new JwtBearerEvents
        {
            OnChallenge = context =>
            {
                seen = context;
                context.HandleResponse();
                context.Response.StatusCode = StatusCodes.Status418ImATeapot;
                return context.Response.WriteAsync("own answer");
            },
        });

        using var response = await api.GetAsync("/", Pool.Usual.Token(change: p => p["client_id"] = "another"));

        response.Is((HttpStatusCode)418);
        Assert.Equal("own answer", await response.Content.ReadAsStringAsync());
        Assert.Equal(("invalid_token", "The app client is not accepted."), (seen!.Error, seen.ErrorDescription));
        Assert.Equal(TokenRejectionReason.ClientNotAllowed, CognitoTokenRejectedException.Find(seen.AuthenticateFailure)!.Reason);
    }

    [Fact]
    public async Task OnChallenge_may_change_the_error()
    {
        await using var api = await BearerApi.StartAsync(bearer => bearer.Events = new JwtBearerEvents
        {
            OnChallenge = context =>
            {
                (context.ErrorDescription, context.ErrorUri) = ("see there", "https://docs.example");
                return Task.CompletedTask;
            },
        });

        using var response = await api.GetAsync("/", "x");

        response.Is(
            HttpStatusCode.Unauthorized,
            "Bearer error=\"invalid_token\", error_description=\"see there\", error_uri=\"https://docs.example\", scope=\"orders/read\"");
    }

    [Fact]
    public async Task OnForbidden_may_write_the_body()
    {
        await using var api = await BearerApi.StartAsync(bearer => bearer.Events = new JwtBearerEvents
        {
            OnForbidden = context => context.Response.WriteAsync("no scope"),
        });

        using var response = await api.GetAsync("/", Pool.Usual.Token("orders/write"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("insufficient_scope", Assert.Single(response.Challenges()), StringComparison.Ordinal);
        Assert.Equal("no scope", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Events_may_come_from_the_container()
    {
        await using var api = await BearerApi.StartAsync(
            bearer => bearer.EventsType = typeof(BlockingEvents), services: services => services.AddScoped<BlockingEvents>());

        using var validated = await api.GetAsync("/", Pool.Usual.Token());
        using var rejected = await api.GetAsync("/", "x");

        Assert.Equal(HttpStatusCode.Unauthorized, validated.StatusCode);
        rejected.Is(HttpStatusCode.Unauthorized, "Bearer error=\"invalid_token\", error_description=\"described by the application\", scope=\"orders/read\"");
    }

    [Fact]
    public async Task Events_may_be_set_in_PostConfigure()
    {
        await using var api = await BearerApi.StartAsync(services: services => services.PostConfigure<JwtBearerOptions>(
            BearerApi.Scheme, bearer => bearer.Events = new BlockingEvents()));

        using var validated = await api.GetAsync("/", Pool.Usual.Token());

        Assert.Equal(HttpStatusCode.Unauthorized, validated.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Token_is_saved_if_SaveToken_is_true(bool savesToken)
    {
        await using var api = await BearerApi.StartAsync(
            app => app.MapGet("/", async (HttpContext context) => await context.GetTokenAsync(BearerApi.Scheme, "access_token") ?? "none").RequireCognitoScope("orders/read"),
            bearer => bearer.SaveToken = savesToken);
        var token = Pool.Usual.Token();

        using var first = await api.GetAsync("/", token);
        using var second = await api.GetAsync("/", token);

        Assert.Equal(savesToken ? token : "none", await first.Content.ReadAsStringAsync());
        Assert.Equal(savesToken ? token : "none", await second.Content.ReadAsStringAsync());
    }

    private sealed class BlockingEvents : JwtBearerEvents
    {
        public override Task TokenValidated(TokenValidatedContext context)
        {
            context.Fail("blocked");
            return Task.CompletedTask;
        }

        public override Task Challenge(JwtBearerChallengeContext context)
        {
            context.ErrorDescription = "described by the application";
            return Task.CompletedTask;
        }
    }
}
