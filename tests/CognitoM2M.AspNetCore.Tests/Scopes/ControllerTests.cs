using System.Net;
using System.Reflection;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Tests.Scopes;

/// <summary>Scopes that MVC controllers and their actions require.</summary>
public sealed class ControllerTests
{
    [Theory]
    [InlineData("/marked", "a/1", true)]
    [InlineData("/marked", "b/2", false)]
    [InlineData("/marked", null, false)]
    [InlineData("/marked/more", "a/1 b/2", true)]
    [InlineData("/marked/more", "a/1", false)]
    [InlineData("/marked/more", "b/2", false)]
    [InlineData("/marked/any", "a/1 c/3", true)]
    [InlineData("/marked/any", "a/1", false)]
    [InlineData("/derived", "a/1", true)]
    [InlineData("/derived", "b/2", false)]
    [InlineData("/derived/overridden", "a/1 b/2", true)]
    [InlineData("/derived/overridden", "a/1", false)]
    public async Task Attributes_of_class_action_and_base_class_add_up(string path, string? scopes, bool getsIn)
    {
        await using var api = await StartAsync(app => app.MapControllers());

        using var response = await api.GetAsync(path, Pool.Usual.Token(scopes));

        Assert.Equal(getsIn ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Challenge_names_the_scopes_of_class_and_action()
    {
        await using var api = await StartAsync(app => app.MapControllers());

        using var response = await api.GetAsync("/marked/more");

        response.Is(HttpStatusCode.Unauthorized, "Bearer realm=\"CognitoM2M\", scope=\"a/1 b/2\"");
    }

    [Fact]
    public async Task AllowAnonymous_on_an_action_turns_its_scopes_off()
    {
        await using var api = await StartAsync(app => app.MapControllers());

        using var response = await api.GetAsync("/marked/open");

        response.Is(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/plain", "x/9", true)]
    [InlineData("/plain", "a/1", false)]
    [InlineData("/marked", "a/1 x/9", true)]
    [InlineData("/marked", "a/1", false)]
    [InlineData("/marked", "x/9", false)]
    public async Task Scopes_of_MapControllers_are_required_together_with_the_scopes_of_the_controllers(string path, string scopes, bool getsIn)
    {
        await using var api = await StartAsync(app => app.MapControllers().RequireCognitoScope("x/9"));

        using var response = await api.GetAsync(path, Pool.Usual.Token(scopes));

        Assert.Equal(getsIn ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);
    }

    /// <summary>Without endpoint routing, MVC reads only the policy of an attribute, not its requirements.</summary>
    [Theory]
    [InlineData("/marked", "a/1", true)]
    [InlineData("/marked", "b/2", false)]
    [InlineData("/marked/more", "a/1", false)]
    [InlineData("/marked/any", "a/1", false)]
    [InlineData("/marked/any", "a/1 b/2", true)]
    public async Task Attributes_also_work_without_endpoint_routing(string path, string scopes, bool getsIn)
    {
        await using var api = await StartAsync(
            app =>
            {
                app.UseAuthentication();
                app.UseMvc();
            },
            options => options.EnableEndpointRouting = false);

        using var response = await api.GetAsync(path, Pool.Usual.Token(scopes));

        Assert.Equal(getsIn ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Global_filter_with_scopes_answers_as_an_endpoint_does()
    {
        var policy = new AuthorizationPolicyBuilder().RequireCognitoScope("x/9").Build();
        await using var api = await StartAsync(app => app.MapControllers(), options => options.Filters.Add(new AuthorizeFilter(policy)));

        using var anonymous = await api.GetAsync("/plain");
        using var lacking = await api.GetAsync("/plain", Pool.Usual.Token("a/1"));
        using var enough = await api.GetAsync("/plain", Pool.Usual.Token("x/9"));

        anonymous.Is(HttpStatusCode.Unauthorized, "Bearer realm=\"CognitoM2M\", scope=\"x/9\"");
        lacking.Is(HttpStatusCode.Forbidden, "Bearer realm=\"CognitoM2M\", error=\"insufficient_scope\", error_description=\"The access token lacks a scope.\", scope=\"x/9\"");
        enough.Is(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Attributes_work_together_with_a_policy_provider_that_was_registered_before(bool registeredFirst)
    {
        await using var api = await Api.StartWithAsync(
            services =>
            {
                if (registeredFirst)
                    services.AddSingleton<IAuthorizationPolicyProvider, OwnProvider>();
                services.AddAuthentication().AddCognitoM2M(Api.Usual);
                if (!registeredFirst)
                    services.AddSingleton<IAuthorizationPolicyProvider, OwnProvider>();
                AddControllers(services);
            },
            app =>
            {
                app.MapControllers();
                app.MapGet("/own", () => "in").RequireAuthorization("own");
            });

        using var own = await api.GetAsync("/own", Pool.Usual.Token());
        own.Is(HttpStatusCode.OK);

        if (registeredFirst)
        {
            using var enough = await api.GetAsync("/marked", Pool.Usual.Token("a/1"));
            using var lacking = await api.GetAsync("/marked", Pool.Usual.Token("b/2"));
            enough.Is(HttpStatusCode.OK);
            Assert.Equal(HttpStatusCode.Forbidden, lacking.StatusCode);
        }
        else
        {
            var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => api.GetAsync("/marked", Pool.Usual.Token("a/1")));
            Assert.Contains("'CognitoM2M: registered schemes, all of a/1' was not found", failure.Message, StringComparison.Ordinal);
        }
    }

    private static Task<Api> StartAsync(Action<WebApplication> endpoints, Action<MvcOptions>? options = null) =>
        Api.StartAsync(endpoints, services: services => AddControllers(services, options));

    private static void AddControllers(IServiceCollection services, Action<MvcOptions>? options = null) => services.AddControllers(options ?? (_ => { }))
        .ConfigureApplicationPartManager(parts =>
        {
            parts.ApplicationParts.Clear();
            parts.ApplicationParts.Add(new Controllers());
        });

    private sealed class Controllers : ApplicationPart, IApplicationPartTypeProvider
    {
        public override string Name => "controllers of the test";

        public IEnumerable<TypeInfo> Types => [typeof(MarkedController).GetTypeInfo(), typeof(DerivedController).GetTypeInfo(), typeof(PlainController).GetTypeInfo()];
    }

    private sealed class OwnProvider : IAuthorizationPolicyProvider
    {
        public Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) =>
            Task.FromResult(policyName == "own" ? new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build() : null);

        public Task<AuthorizationPolicy> GetDefaultPolicyAsync() => Task.FromResult(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());

        public Task<AuthorizationPolicy?> GetFallbackPolicyAsync() => Task.FromResult<AuthorizationPolicy?>(null);
    }
}

[Route("marked")]
[RequireCognitoScope("a/1")]
public class MarkedController : ControllerBase
{
    [HttpGet]
    public string Get() => "in";

    [HttpGet("more")]
    [RequireCognitoScope("b/2")]
    public string More() => "in";

    [HttpGet("any")]
    [RequireAnyCognitoScope("b/2", "c/3")]
    public string Any() => "in";

    [HttpGet("open")]
    [AllowAnonymous]
    public string Open() => "in";

    [HttpGet("overridden")]
    [RequireCognitoScope("b/2")]
    public virtual string Overridden() => "base";
}

[Route("derived")]
public class DerivedController : MarkedController
{
    public override string Overridden() => "derived";
}

[Route("plain")]
public class PlainController : ControllerBase
{
    [HttpGet]
    public string Get() => "in";
}
