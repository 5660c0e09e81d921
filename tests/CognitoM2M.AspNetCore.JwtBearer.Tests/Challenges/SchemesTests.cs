using System.Net;
using System.Security.Claims;
using CognitoM2M.AspNetCore.JwtBearer.Tests.Support;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CognitoM2M.AspNetCore.JwtBearer.Tests.Challenges;

/// <summary>Several schemes: users of another issuer beside machines of Cognito.</summary>
public sealed class SchemesTests
{
    private const string UserIssuer = "https://login.example.com";

    private static readonly SymmetricSecurityKey _userKey = new(new byte[32]);

    [Fact]
    public async Task Selector_sends_each_token_to_the_scheme_of_its_issuer()
    {
        await using var api = await StartAsync(withSelector: true);

        using var user = await api.GetAsync("/name", CreateUserToken("orders/read"));
        using var machine = await api.GetAsync("/name", Pool.Usual.Token());
        using var stranger = await api.GetAsync("/name", "x");

        Assert.Equal("alice of Users", await user.Content.ReadAsStringAsync());
        Assert.Equal("ordersclient of Machines", await machine.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    [Fact]
    public async Task Scopes_of_a_user_do_not_satisfy_an_endpoint_for_machines()
    {
        await using var api = await StartAsync(withSelector: true);

        using var machine = await api.GetAsync("/machines", Pool.Usual.Token());
        using var user = await api.GetAsync("/machines", CreateUserToken("orders/read"));
        using var userWithRequirement = await api.GetAsync("/both", CreateUserToken("orders/read"));
        using var machineWithRequirement = await api.GetAsync("/both", Pool.Usual.Token());

        machine.Is(HttpStatusCode.OK);
        user.Is(HttpStatusCode.Unauthorized, "Bearer error=\"invalid_token\", error_description=\"The access token is signed in a way that is not accepted.\", scope=\"orders/read\"");
        userWithRequirement.Is(HttpStatusCode.OK);
        machineWithRequirement.Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Endpoint_may_accept_both_schemes_without_a_selector()
    {
        await using var api = await StartAsync(withSelector: false);

        using var user = await api.GetAsync("/both", CreateUserToken("orders/read"));
        using var machine = await api.GetAsync("/both", Pool.Usual.Token());
        using var stranger = await api.GetAsync("/both", "x");

        user.Is(HttpStatusCode.OK);
        machine.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        Assert.Equal(2, stranger.Challenges().Length);
    }

    [Fact]
    public async Task Each_scheme_has_its_own_user_pool()
    {
        var other = new Pool("us-east-1_GhIjKl456");
        await using var api = await Api.StartWithAsync(
            services => services.AddAuthentication()
                .AddJwtBearer("One", _ => { }).UseCognitoM2M("One", BearerApi.Usual)
                .AddJwtBearer("Other", _ => { }).UseCognitoM2M("Other", options => (options.UserPoolId, options.AllowAnyClient, options.Jwks) = (other.Id, true, other.KeySet)),
            app =>
            {
                app.MapGet("/one", () => "in").RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = "One" });
                app.MapGet("/other", () => "in").RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = "Other" });
                app.MapGet("/either", () => "in").RequireCognitoScope("orders/read");
            });

        Assert.Equal((200, 401), (await StatusAsync("/one", Pool.Usual), await StatusAsync("/one", other)));
        Assert.Equal((401, 200), (await StatusAsync("/other", Pool.Usual), await StatusAsync("/other", other)));
        Assert.Equal((200, 200), (await StatusAsync("/either", Pool.Usual), await StatusAsync("/either", other)));

        async Task<int> StatusAsync(string path, Pool pool)
        {
            using var response = await api.GetAsync(path, pool.Token());
            return (int)response.StatusCode;
        }
    }

    [Fact]
    public async Task Attribute_works_with_and_without_the_name_of_the_scheme_and_a_policy_with_the_name()
    {
        await using var api = await BearerApi.StartAsync(
            app =>
            {
                app.MapGet("/attribute", [RequireCognitoScope("orders/read")] () => "in");
                app.MapGet("/named", [RequireCognitoScope("orders/read", AuthenticationSchemes = "Bearer")] () => "in");
                app.MapGet("/policy", () => "in").RequireAuthorization("read");
            },
            services: services => services.AddAuthorizationBuilder()
                .AddPolicy("read", policy => policy.AddAuthenticationSchemes("Bearer").RequireCognitoScope("orders/read")));

        foreach (var path in (string[])["/attribute", "/named", "/policy"])
        {
            using var accepted = await api.GetAsync(path, Pool.Usual.Token());
            using var forbidden = await api.GetAsync(path, Pool.Usual.Token("orders/write"));

            accepted.Is(HttpStatusCode.OK);
            Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
            Assert.Contains("scope=\"orders/read\"", Assert.Single(forbidden.Challenges()), StringComparison.Ordinal);
        }
    }

    private static Task<Api> StartAsync(bool withSelector) => Api.StartWithAsync(
        services =>
        {
            var authentication = services.AddAuthentication("Any")
                .AddJwtBearer("Users", bearer =>
                {
                    bearer.MapInboundClaims = false;
                    bearer.TokenValidationParameters = new TokenValidationParameters
                    {
                        ValidIssuer = UserIssuer,
                        ValidAudience = "orders",
                        IssuerSigningKey = _userKey,
                        ValidateLifetime = false,
                        NameClaimType = "sub",
                    };
                })
                .AddJwtBearer("Machines", _ => { }).UseCognitoM2M("Machines", BearerApi.Usual);
            if (withSelector)
                authentication.AddPolicyScheme("Any", displayName: null, policy => policy.ForwardDefaultSelector = SelectScheme);
        },
        app =>
        {
            app.MapGet("/name", (ClaimsPrincipal user) => $"{user.Identity!.Name} of {(user.HasClaim(claim => claim.Type == "client_id") ? "Machines" : "Users")}")
                .RequireAuthorization();
            app.MapGet("/machines", () => "in").RequireCognitoScope("orders/read");
            app.MapGet("/both", () => "in").RequireAuthorization(policy => policy
                .AddAuthenticationSchemes(withSelector ? ["Any"] : ["Users", "Machines"])
                .AddRequirements(CognitoScopeRequirement.AllOf("orders/read")));
        });

    private static string SelectScheme(HttpContext context)
    {
        var token = context.Request.Headers.Authorization.ToString()["Bearer ".Length..];
        var handler = new JsonWebTokenHandler();
        return handler.CanReadToken(token) && handler.ReadJsonWebToken(token).Issuer == UserIssuer ? "Users" : "Machines";
    }

    private static string CreateUserToken(string scope) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = UserIssuer,
        Audience = "orders",
        Claims = new Dictionary<string, object> { ["sub"] = "alice", ["scope"] = scope, ["exp"] = 4_102_444_800L },
        SigningCredentials = new SigningCredentials(_userKey, SecurityAlgorithms.HmacSha256),
    });
}
