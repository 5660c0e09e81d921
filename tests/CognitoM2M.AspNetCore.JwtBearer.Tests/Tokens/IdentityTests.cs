using System.Net;
using System.Security.Claims;
using System.Text.Json.Nodes;
using CognitoM2M.AspNetCore.JwtBearer.Tests.Support;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace CognitoM2M.AspNetCore.JwtBearer.Tests.Tokens;

/// <summary>The identity has the claims that the scheme of CognitoM2M.AspNetCore creates; their types are as TokenValidationParameters says.</summary>
public sealed class IdentityTests
{
    public static TheoryData<string> Tokens { get; } =
    [
        Pool.Usual.Token(),
        Pool.Usual.Token(" orders/read  orders/write "),
        Pool.Usual.Token(scope: null),
        Pool.Usual.Token(change: payload => payload["cognito:groups"] = new JsonArray("admins", "readers")),
        Pool.Usual.Token(change: payload => (payload["Scope"], payload["CLIENT_ID"]) = ("orders/admin", "another")),
        Pool.Usual.Token(change: payload => payload["x"] = JsonNode.Parse("""["a",1,true,null,["b"],{"c":1},1.50,1e999999999,99999999999999999999]""")),
        Pool.Usual.Token(change: payload => payload["aud"] = new JsonArray("a", "b")),
    ];

    [Theory]
    [MemberData(nameof(Tokens), DisableDiscoveryEnumeration = true)]
    public async Task Claims_are_the_claims_of_our_own_scheme_at_every_use(string token)
    {
        await using var own = await Api.StartAsync(app => app.MapGet("/", Describe).RequireAuthorization());
        await using var api = await BearerApi.StartAsync(app => app.MapGet("/", Describe).RequireAuthorization());

        using var expected = await own.GetAsync("/", token);
        using var first = await api.GetAsync("/", token);
        using var second = await api.GetAsync("/", token);

        var claims = await expected.Content.ReadAsStringAsync();
        Assert.StartsWith("ordersclient", claims, StringComparison.Ordinal);
        Assert.Equal(claims, await first.Content.ReadAsStringAsync());
        Assert.Equal(claims, await second.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Types_of_name_and_roles_may_be_set()
    {
        await using var api = await StartAsync(parameters => (parameters.NameClaimType, parameters.RoleClaimType) = ("jti", "scope"));

        var identity = await SeeAsync(api, Pool.Usual.Token());

        Assert.Equal("e5d9f1f0", identity.Name);
        Assert.True(new ClaimsPrincipal(identity).IsInRole("orders/read"));
    }

    [Fact]
    public async Task Types_of_name_and_roles_may_be_found_by_delegates()
    {
        await using var api = await StartAsync(parameters =>
        {
            parameters.NameClaimTypeRetriever = (token, issuer) => token.Issuer == issuer ? "jti" : "none";
            parameters.RoleClaimTypeRetriever = (_, _) => "scope";
        });

        var identity = await SeeAsync(api, Pool.Usual.Token());

        Assert.Equal("e5d9f1f0", identity.Name);
        Assert.True(new ClaimsPrincipal(identity).IsInRole("orders/read"));
    }

    [Fact]
    public async Task Authentication_type_is_the_scheme_and_there_is_no_bootstrap_context()
    {
        await using var api = await StartAsync(_ => { });

        var identity = await SeeAsync(api, Pool.Usual.Token());

        Assert.Equal(BearerApi.Scheme, identity.AuthenticationType);
        Assert.Null(identity.BootstrapContext);
    }

    [Fact]
    public async Task Token_is_the_bootstrap_context_if_SaveSigninToken_is_true()
    {
        await using var api = await StartAsync(parameters => parameters.SaveSigninToken = true);

        var identity = await SeeAsync(api, Pool.Usual.Token());

        Assert.Equal(Pool.Usual.Token(), identity.BootstrapContext);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Required_scopes_are_checked_also_with_another_authentication_type(bool isCopied)
    {
        await using var api = await BearerApi.StartAsync(
            app => app.MapGet("/", (ClaimsPrincipal user) => user.Identity!.AuthenticationType).RequireCognitoScope("orders/read"),
            bearer => bearer.TokenValidationParameters.AuthenticationType = "Machines",
            services: services =>
            {
                if (isCopied)
                    services.AddSingleton<IClaimsTransformation, CopyingTransformation>();
            });

        using var accepted = await api.GetAsync("/", Pool.Usual.Token());
        using var forbidden = await api.GetAsync("/", Pool.Usual.Token("orders/write"));

        Assert.Equal("Machines", await accepted.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
    }

    [Fact]
    public async Task Scopes_of_other_identities_do_not_count()
    {
        await using var api = await BearerApi.StartAsync(
            bearer =>
            {
                bearer.TokenValidationParameters.AuthenticationType = "Machines";
                bearer.Events = new JwtBearerEvents
                {
                    OnTokenValidated = context =>
                    {
                        context.Principal!.AddIdentity(new ClaimsIdentity([new Claim("scope", "orders/read")], "Machines"));
                        return Task.CompletedTask;
                    },
                };
            });

        using var response = await api.GetAsync("/", Pool.Usual.Token("orders/write"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    private static string Describe(HttpContext context)
    {
        var identity = (ClaimsIdentity)context.User.Identity!;
        var claims = identity.Claims.Select(claim => $"{claim.Type}={claim.Value} ({claim.ValueType}, {claim.Issuer}, {claim.OriginalIssuer})");
        return $"{identity.Name} {identity.NameClaimType} {identity.RoleClaimType} {string.Join('|', claims)}";
    }

    private static Task<Api> StartAsync(Action<TokenValidationParameters> change) => BearerApi.StartAsync(bearer => change(bearer.TokenValidationParameters));

    private static async Task<ClaimsIdentity> SeeAsync(Api api, string token)
    {
        var context = await api.Server.SendAsync(request =>
        {
            request.Request.Path = "/any";
            request.Request.Headers.Authorization = $"Bearer {token}";
        });
        return (ClaimsIdentity)context.User.Identity!;
    }

    private sealed class CopyingTransformation : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal) => Task.FromResult(principal.Clone());
    }
}
