using System.Net;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Tests.Scopes;

/// <summary>Scopes that endpoints and groups of endpoints require.</summary>
public sealed class EndpointTests
{
    [Theory]
    [InlineData("/all", "a/1 b/2", true)]
    [InlineData("/all", "b/2 a/1 c/3", true)]
    [InlineData("/all", "a/1", false)]
    [InlineData("/any", "a/1", true)]
    [InlineData("/any", "b/2", true)]
    [InlineData("/any", "c/3", false)]
    [InlineData("/group/plain", "a/1", true)]
    [InlineData("/group/plain", "b/2", false)]
    [InlineData("/group/more", "a/1 b/2", true)]
    [InlineData("/group/more", "a/1", false)]
    [InlineData("/group/more", "b/2", false)]
    [InlineData("/group/any", "a/1 c/3", true)]
    [InlineData("/group/any", "c/3", false)]
    [InlineData("/group/any", "a/1", false)]
    [InlineData("/named", "a/1", true)]
    [InlineData("/named", "b/2", false)]
    [InlineData("/named-any", "b/2", true)]
    [InlineData("/named-any", "c/3", false)]
    public async Task Token_needs_the_scopes_of_endpoint_and_group(string path, string scopes, bool getsIn)
    {
        await using var api = await StartAsync();

        using var response = await api.GetAsync(path, Pool.Usual.Token(scopes));

        Assert.Equal(getsIn ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("/all", "a/1 b/2")]
    [InlineData("/any", "a/1 b/2")]
    [InlineData("/group/more", "a/1 b/2")]
    [InlineData("/named", "a/1")]
    public async Task Challenge_names_all_required_scopes_including_scopes_that_the_token_has(string path, string scopes)
    {
        await using var api = await StartAsync();

        using var anonymous = await api.GetAsync(path);
        using var lacking = await api.GetAsync(path, Pool.Usual.Token(scopes.StartsWith("a/1 ", StringComparison.Ordinal) && path != "/any" ? "a/1" : "c/3"));

        anonymous.Is(HttpStatusCode.Unauthorized, $"Bearer realm=\"CognitoM2M\", scope=\"{scopes}\"");
        lacking.Is(HttpStatusCode.Forbidden, $"Bearer realm=\"CognitoM2M\", error=\"insufficient_scope\", error_description=\"The access token lacks a scope.\", scope=\"{scopes}\"");
    }

    [Fact]
    public async Task AllowAnonymous_opens_one_endpoint_of_a_group_and_no_other_endpoint()
    {
        await using var api = await StartAsync();

        using var open = await api.GetAsync("/group/open");
        using var withBadToken = await api.GetAsync("/group/open", "x");
        using var closed = await api.GetAsync("/group/plain");

        open.Is(HttpStatusCode.OK);
        withBadToken.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, closed.StatusCode);
    }

    [Fact]
    public async Task Scopes_and_a_policy_of_the_application_are_both_required()
    {
        await using var api = await Api.StartAsync(
            app =>
            {
                app.MapGet("/before", () => "in").RequireAuthorization("tenant").RequireCognitoScope("a/1");
                app.MapGet("/after", () => "in").RequireCognitoScope("a/1").RequireAuthorization("tenant");
            },
            services: services => services.AddAuthorization(options => options.AddPolicy("tenant", policy => policy.RequireClaim("tenant"))));

        foreach (var path in (string[])["/before", "/after"])
        {
            using var both = await api.GetAsync(path, Pool.Usual.Token("a/1", payload => payload["tenant"] = "7"));
            using var scope = await api.GetAsync(path, Pool.Usual.Token("a/1"));
            using var claim = await api.GetAsync(path, Pool.Usual.Token("b/2", payload => payload["tenant"] = "7"));

            both.Is(HttpStatusCode.OK);
            Assert.Equal(HttpStatusCode.Forbidden, scope.StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, claim.StatusCode);
        }
    }

    [Fact]
    public async Task Fallback_policy_may_require_scopes()
    {
        await using var api = await Api.StartAsync(
            app => app.MapGet("/", () => "in"),
            services: services => services.AddAuthorizationBuilder().SetFallbackPolicy(
                new AuthorizationPolicyBuilder(CognitoM2MAuthenticationDefaults.AuthenticationScheme).RequireCognitoScope("a/1").Build()));

        using var lacking = await api.GetAsync("/", Pool.Usual.Token("b/2"));
        using var enough = await api.GetAsync("/", Pool.Usual.Token("a/1"));

        Assert.Equal(HttpStatusCode.Forbidden, lacking.StatusCode);
        enough.Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Requests_fail_if_the_scheme_is_not_registered_even_if_there_is_a_default_scheme()
    {
        await using var api = await Api.StartWithAsync(
            services =>
            {
                services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
                services.AddAuthorization();
            },
            app => app.MapGet("/", () => "in").RequireCognitoScope("a/1"));

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => api.GetAsync("/", Pool.Usual.Token("a/1")));

        Assert.Contains("No authentication handler is registered for the scheme 'CognitoM2M'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_fail_without_the_authorization_middleware()
    {
        await using var api = await Api.StartAsync(app =>
        {
            app.UseAuthorization();
            app.UseRouting();
            app.MapGet("/", () => "in").RequireCognitoScope("a/1");
        });

        await Assert.ThrowsAsync<InvalidOperationException>(() => api.GetAsync("/", Pool.Usual.Token("a/1")));
    }

    [Fact]
    public async Task Endpoint_that_was_built_without_services_uses_the_scheme_of_the_default_name()
    {
        await using var api = await Api.StartAsync(app => ((IEndpointRouteBuilder)app).DataSources.Add(new HandMade()));

        using var enough = await api.GetAsync("/hand-made", Pool.Usual.Token("a/1"));
        using var lacking = await api.GetAsync("/hand-made", Pool.Usual.Token("b/2"));

        enough.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Forbidden, lacking.StatusCode);
    }

    [Fact]
    public async Task Application_may_check_the_requirement_in_its_own_code()
    {
        await using var api = await Api.StartAsync(app => app.MapGet("/", async (HttpContext context, IAuthorizationService authorization) =>
            (await authorization.AuthorizeAsync(context.User, null, CognitoScopeRequirement.AllOf("a/1"))).Succeeded).RequireAuthorization());

        using var yes = await api.GetAsync("/", Pool.Usual.Token("a/1"));
        using var no = await api.GetAsync("/", Pool.Usual.Token("b/2"));

        Assert.Equal("true", await yes.Content.ReadAsStringAsync());
        Assert.Equal("false", await no.Content.ReadAsStringAsync());
    }

    private static Task<Api> StartAsync() => Api.StartAsync(
        app =>
        {
            app.MapGet("/all", () => "in").RequireCognitoScope("a/1", "b/2");
            app.MapGet("/any", () => "in").RequireAnyCognitoScope("a/1", "b/2");
            var group = app.MapGroup("/group").RequireCognitoScope("a/1");
            group.MapGet("/plain", () => "in");
            group.MapGet("/more", () => "in").RequireCognitoScope("b/2");
            group.MapGet("/any", () => "in").RequireAnyCognitoScope("b/2", "c/3");
            group.MapGet("/open", () => "in").AllowAnonymous();
            app.MapGet("/named", () => "in").RequireAuthorization("reader");
            app.MapGet("/named-any", () => "in").RequireAuthorization("any");
        },
        services: services => services.AddAuthorization(options =>
        {
            options.AddPolicy("reader", policy => policy.RequireCognitoScope("a/1"));
            options.AddPolicy("any", policy => policy.RequireAnyCognitoScope("a/1", "b/2"));
        }));

    /// <summary>Endpoints built without services, as a reverse proxy builds them.</summary>
    private sealed class HandMade : EndpointDataSource, IEndpointConventionBuilder
    {
        private readonly List<Action<EndpointBuilder>> _conventions = [];

        public HandMade() => this.RequireCognitoScope("a/1");

        public override IReadOnlyList<Endpoint> Endpoints
        {
            get
            {
                var builder = new RouteEndpointBuilder(context => context.Response.WriteAsync("in"), Microsoft.AspNetCore.Routing.Patterns.RoutePatternFactory.Parse("/hand-made"), 0);
                foreach (var convention in _conventions)
                    convention(builder);
                return [builder.Build()];
            }
        }

        public void Add(Action<EndpointBuilder> convention) => _conventions.Add(convention);

        public override Microsoft.Extensions.Primitives.IChangeToken GetChangeToken() => Microsoft.Extensions.FileProviders.NullChangeToken.Singleton;
    }
}
