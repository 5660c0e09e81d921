using System.Net;
using System.Reflection;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Tests.Scopes;

/// <summary>Scopes of endpoints together with the default policy of the application, which <c>RequireAuthorization()</c> and <c>[Authorize]</c> apply.</summary>
public sealed class DefaultPolicyTests
{
    [Theory]
    [InlineData("/group/orders")]
    [InlineData("/before")]
    [InlineData("/after")]
    [InlineData("/controller")]
    public async Task Scopes_do_not_replace_the_default_policy(string path)
    {
        await using var api = await StartAsync(policy => policy.RequireClaim("tenant"));

        using var both = await api.GetAsync(path, Pool.Usual.Token("a/1", payload => payload["tenant"] = "7"));
        using var scope = await api.GetAsync(path, Pool.Usual.Token("a/1"));
        using var claim = await api.GetAsync(path, Pool.Usual.Token("b/2", payload => payload["tenant"] = "7"));

        both.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Forbidden, scope.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, claim.StatusCode);
    }

    [Fact]
    public async Task Endpoint_that_requires_scopes_alone_does_not_apply_the_default_policy()
    {
        await using var api = await StartAsync(policy => policy.RequireClaim("tenant"));

        using var response = await api.GetAsync("/alone", Pool.Usual.Token("a/1"));

        response.Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Endpoint_with_scopes_accepts_tokens_although_the_default_policy_names_another_scheme()
    {
        await using var api = await StartAsync(policy => policy.AddAuthenticationSchemes(CookieAuthenticationDefaults.AuthenticationScheme).RequireAuthenticatedUser());

        using var enough = await api.GetAsync("/group/orders", Pool.Usual.Token("a/1"));
        using var lacking = await api.GetAsync("/group/orders", Pool.Usual.Token("b/2"));

        enough.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Forbidden, lacking.StatusCode);
    }

    private static Task<Api> StartAsync(Action<AuthorizationPolicyBuilder> configure) => Api.StartAsync(
        app =>
        {
            var group = app.MapGroup("/group").RequireAuthorization();
            group.MapGet("/orders", () => "in").RequireCognitoScope("a/1");
            app.MapGet("/before", () => "in").RequireAuthorization().RequireCognitoScope("a/1");
            app.MapGet("/after", () => "in").RequireCognitoScope("a/1").RequireAuthorization();
            app.MapGet("/alone", () => "in").RequireCognitoScope("a/1");
            app.MapControllers().RequireCognitoScope("a/1");
        },
        services: services =>
        {
            services.AddAuthentication().AddCookie();
            var policy = new AuthorizationPolicyBuilder();
            configure(policy);
            services.AddAuthorizationBuilder().SetDefaultPolicy(policy.Build());
            services.AddControllers().ConfigureApplicationPartManager(parts =>
            {
                parts.ApplicationParts.Clear();
                parts.ApplicationParts.Add(new Part());
            });
        });

    private sealed class Part : ApplicationPart, IApplicationPartTypeProvider
    {
        public override string Name => nameof(DefaultPolicyController);

        public IEnumerable<TypeInfo> Types => [typeof(DefaultPolicyController).GetTypeInfo()];
    }
}

/// <summary>A controller that the default policy protects. MVC takes no nested class for a controller.</summary>
[Authorize]
[Route("/controller")]
public sealed class DefaultPolicyController : ControllerBase
{
    [HttpGet]
    public string Get() => "in";
}
