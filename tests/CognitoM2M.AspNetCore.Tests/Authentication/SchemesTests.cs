using System.Net;
using System.Security.Claims;
using CognitoM2M.AspNetCore.Tests.Support;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Tests.Authentication;

/// <summary>The scheme together with other schemes, and with further schemes of the same kind.</summary>
public sealed class SchemesTests
{
    private static readonly Pool _other = new("us-east-1_Other", "key-9");

    [Fact]
    public async Task Single_scheme_becomes_the_default_scheme()
    {
        await using var api = await Api.StartAsync(app => app.MapGet("/", (ClaimsPrincipal user) => user.Identity!.Name).RequireAuthorization());

        using var anonymous = await api.GetAsync("/");
        using var known = await api.GetAsync("/", Pool.Usual.Token());

        anonymous.Is(HttpStatusCode.Unauthorized, "Bearer realm=\"CognitoM2M\"");
        Assert.Equal(Pool.Client, await known.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Endpoint_with_scopes_uses_this_scheme_even_if_another_is_the_default()
    {
        await using var api = await Api.StartWithAsync(AddBoth, app =>
        {
            app.MapGet("/ours", (ClaimsPrincipal user) => user.Identity!.Name).RequireCognitoScope("orders/read");
            app.MapGet("/theirs", (ClaimsPrincipal user) => user.Identity!.Name).RequireAuthorization();
        });

        using var anonymous = await api.GetAsync("/ours");
        using var withToken = await api.GetAsync("/ours", Pool.Usual.Token());
        using var withKey = await SendWithKeyAsync(api, "/ours");
        using var tokenElsewhere = await api.GetAsync("/theirs", Pool.Usual.Token());
        using var keyElsewhere = await SendWithKeyAsync(api, "/theirs");

        anonymous.Is(HttpStatusCode.Unauthorized, "Bearer realm=\"CognitoM2M\", scope=\"orders/read\"");
        Assert.Equal(Pool.Client, await withToken.Content.ReadAsStringAsync());
        withKey.Is(HttpStatusCode.Unauthorized, "Bearer realm=\"CognitoM2M\", scope=\"orders/read\"");
        Assert.Equal(HttpStatusCode.Unauthorized, tokenElsewhere.StatusCode);
        Assert.Equal("key", await keyElsewhere.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Scopes_of_another_scheme_do_not_count_even_if_the_endpoint_accepts_both_schemes()
    {
        await using var api = await Api.StartWithAsync(AddBoth, app => app.MapGet("/", () => "in")
            .RequireCognitoScope("orders/read")
            .RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = ApiKeyHandler.Name }));

        using var withKey = await SendWithKeyAsync(api, "/");
        using var withBoth = await SendWithKeyAsync(api, "/", Pool.Usual.Token());
        using var withOtherScope = await SendWithKeyAsync(api, "/", Pool.Usual.Token("x/y"));

        Assert.Equal(HttpStatusCode.Forbidden, withKey.StatusCode);
        withBoth.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Forbidden, withOtherScope.StatusCode);
    }

    [Fact]
    public async Task Policy_that_uses_AddRequirements_accepts_scopes_of_any_scheme()
    {
        await using var api = await Api.StartWithAsync(AddBoth, app => app.MapGet("/", () => "in")
            .RequireAuthorization(policy => policy.AddAuthenticationSchemes(ApiKeyHandler.Name)
                .AddRequirements(CognitoScopeRequirement.AllOf("orders/read", "orders/write"))));

        using var response = await SendWithKeyAsync(api, "/");

        response.Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Scope_policy_ignores_identities_of_other_schemes()
    {
        await using var api = await Api.StartWithAsync(AddBoth, app => app.MapGet("/", () => "in").RequireAuthorization(policy => policy
            .AddAuthenticationSchemes(ApiKeyHandler.Name, CognitoM2MAuthenticationDefaults.AuthenticationScheme).RequireCognitoScope("orders/read")));

        using var withKey = await SendWithKeyAsync(api, "/");
        using var withBoth = await SendWithKeyAsync(api, "/", Pool.Usual.Token());

        Assert.Equal(HttpStatusCode.Forbidden, withKey.StatusCode);
        withBoth.Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Scope_policy_without_a_scheme_uses_this_scheme_even_if_another_is_the_default()
    {
        await using var api = await Api.StartWithAsync(AddBoth, app => app.MapGet("/", () => "in")
            .RequireAuthorization(policy => policy.RequireCognitoScope("orders/read")));

        using var withKey = await SendWithKeyAsync(api, "/");
        using var withToken = await api.GetAsync("/", Pool.Usual.Token());

        Assert.Equal(HttpStatusCode.Unauthorized, withKey.StatusCode);
        withToken.Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Scopes_of_an_unauthenticated_identity_do_not_count()
    {
        await using var api = await Api.StartAsync(
            app =>
            {
                app.MapGet("/ours", () => "in").RequireCognitoScope("orders/admin");
                app.MapGet("/policy", () => "in").RequireAuthorization(policy => policy.RequireCognitoScope("orders/admin"));
                app.MapGet("/plain", () => "in").RequireAuthorization(policy => policy.AddRequirements(CognitoScopeRequirement.AllOf("orders/admin")));
            },
            services: services => services.AddSingleton<IClaimsTransformation>(new AddIdentity(null, "orders/admin")));

        using var ours = await api.GetAsync("/ours", Pool.Usual.Token());
        using var policy = await api.GetAsync("/policy", Pool.Usual.Token());
        using var plain = await api.GetAsync("/plain", Pool.Usual.Token());

        Assert.Equal(HttpStatusCode.Forbidden, ours.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, policy.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, plain.StatusCode);
    }

    [Fact]
    public async Task Scopes_of_the_token_count_and_scopes_of_an_identity_that_a_transformation_adds_do_not()
    {
        await using var api = await Api.StartAsync(
            app =>
            {
                app.MapGet("/read", () => "in").RequireCognitoScope("orders/read");
                app.MapGet("/admin", () => "in").RequireCognitoScope("orders/admin");
            },
            services: services => services.AddSingleton<IClaimsTransformation>(new AddIdentity("Transformed", "orders/admin")));

        using var read = await api.GetAsync("/read", Pool.Usual.Token());
        using var admin = await api.GetAsync("/admin", Pool.Usual.Token());

        read.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Forbidden, admin.StatusCode);
    }

    [Theory]
    [InlineData("/endpoint")]
    [InlineData("/attribute")]
    public async Task Scheme_may_have_another_name(string path)
    {
        await using var api = await Api.StartWithAsync(services => services.AddAuthentication().AddCognitoM2M("machines", Api.Usual), MapEndpointAndAttribute);

        using var anonymous = await api.GetAsync(path);
        using var known = await api.GetAsync(path, Pool.Usual.Token());

        anonymous.Is(HttpStatusCode.Unauthorized, "Bearer realm=\"machines\", scope=\"orders/read\"");
        Assert.Equal("machines", await known.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/endpoint")]
    [InlineData("/attribute")]
    public async Task Each_of_several_schemes_accepts_the_tokens_of_its_own_user_pool(string path)
    {
        await using var api = await Api.StartWithAsync(AddTwo(), MapEndpointAndAttribute);

        using var first = await api.GetAsync(path, Pool.Usual.Token());
        using var second = await api.GetAsync(path, _other.Token());
        using var lacking = await api.GetAsync(path, _other.Token("x/y"));
        using var neither = await api.GetAsync(path, "x");

        Assert.Equal("first", await first.Content.ReadAsStringAsync());
        Assert.Equal("second", await second.Content.ReadAsStringAsync());
        lacking.Is(HttpStatusCode.Forbidden, "Bearer realm=\"second\", error=\"insufficient_scope\", error_description=\"The access token lacks a scope.\", scope=\"orders/read\"");
        neither.Is(
            HttpStatusCode.Unauthorized,
            "Bearer realm=\"first\", error=\"invalid_token\", error_description=\"The access token is malformed.\", scope=\"orders/read\"",
            "Bearer realm=\"second\", error=\"invalid_token\", error_description=\"The access token is malformed.\", scope=\"orders/read\"");
    }

    [Fact]
    public async Task Attribute_that_names_a_scheme_accepts_the_tokens_of_this_scheme_only()
    {
        await using var api = await Api.StartWithAsync(
            AddTwo(), app => app.MapGet("/", [RequireAnyCognitoScope("orders/read", AuthenticationSchemes = "first")] () => "in"));

        using var first = await api.GetAsync("/", Pool.Usual.Token());
        using var second = await api.GetAsync("/", _other.Token());

        first.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, second.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answer_is_503_if_one_of_two_schemes_has_no_keys_and_the_other_rejects_the_token(bool firstHasKeys)
    {
        var keys = new KeyServer { KeySet = null };
        var (with, without) = firstHasKeys ? (Pool.Usual, _other) : (_other, Pool.Usual);
        await using var api = await Api.StartWithAsync(
            AddTwo((options, pool) =>
            {
                if (pool == without)
                    (options.Jwks, options.CreateKeySetHttpClient) = (null, keys.Client);
            }),
            app => app.MapGet("/", () => "in").RequireCognitoScope("orders/read"));

        using var accepted = await api.GetAsync("/", with.Token());
        using var undecided = await api.GetAsync("/", without.Token());

        accepted.Is(HttpStatusCode.OK);
        undecided.Is(HttpStatusCode.ServiceUnavailable);
        Assert.Equal(TimeSpan.FromSeconds(10), undecided.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task One_scheme_may_accept_several_user_pools_each_with_its_own_app_clients()
    {
        await using var api = await Api.StartAsync(
            app => app.MapGet("/", () => "in").RequireCognitoScope("orders/read"),
            options => options.UserPools = [new TrustedUserPool { UserPoolId = _other.Id, ClientIds = ["other"], Jwks = _other.KeySet }]);

        using var first = await api.GetAsync("/", Pool.Usual.Token());
        using var second = await api.GetAsync("/", _other.Token(change: p => p["client_id"] = "other"));
        using var strange = await api.GetAsync("/", _other.Token());

        first.Is(HttpStatusCode.OK);
        second.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, strange.StatusCode);
    }

    private static void AddBoth(IServiceCollection services) => services
        .AddAuthentication(ApiKeyHandler.Name)
        .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Name, _ => { })
        .AddCognitoM2M(Api.Usual);

    private static Action<IServiceCollection> AddTwo(Action<CognitoM2MAuthenticationOptions, Pool>? configure = null) => services => services
        .AddAuthentication()
        .AddCognitoM2M("first", options => Accept(options, Pool.Usual, configure))
        .AddCognitoM2M("second", options => Accept(options, _other, configure));

    private static void MapEndpointAndAttribute(WebApplication app)
    {
        app.MapGet("/endpoint", (HttpContext context) => context.User.Identity!.AuthenticationType).RequireCognitoScope("orders/read");
        app.MapGet("/attribute", [RequireCognitoScope("orders/read")] (HttpContext context) => context.User.Identity!.AuthenticationType);
    }

    private static void Accept(CognitoM2MAuthenticationOptions options, Pool pool, Action<CognitoM2MAuthenticationOptions, Pool>? configure)
    {
        options.UserPoolId = pool.Id;
        options.AllowAnyClient = true;
        options.Jwks = pool.KeySet;
        configure?.Invoke(options, pool);
    }

    private static async Task<HttpResponseMessage> SendWithKeyAsync(Api api, string path, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Api-Key", "1");
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        return await api.Http.SendAsync(request);
    }
}
