using System.Net;
using System.Security.Claims;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Tests.Authentication;

/// <summary>The scheme together with schemes of other kinds.</summary>
public sealed class SchemesTests
{
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

    private static void AddBoth(IServiceCollection services) => services
        .AddAuthentication(ApiKeyHandler.Name)
        .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Name, _ => { })
        .AddCognitoM2M(Api.Usual);

    private static async Task<HttpResponseMessage> SendWithKeyAsync(Api api, string path, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Api-Key", "1");
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        return await api.Http.SendAsync(request);
    }
}
