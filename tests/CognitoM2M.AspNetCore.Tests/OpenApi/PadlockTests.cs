using System.Text.Json.Nodes;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Authorization;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Tests.OpenApi;

/// <summary>Operations that require a token without a scope, and the error answers of all protected operations.</summary>
public sealed class PadlockTests
{
    [Theory]
    [InlineData("/plain", true)]
    [InlineData("/policy", true)]
    [InlineData("/attribute", true)]
    [InlineData("/scheme", true)]
    [InlineData("/both", true)]
    [InlineData("/cookie", false)]
    [InlineData("/anonymous", false)]
    [InlineData("/open", false)]
    public async Task Operation_that_any_token_may_call_has_a_padlock(string path, bool expected)
    {
        var operation = await ReadAsync(path, services => services.AddAuthentication("CognitoM2M").AddCookie("Cookies"));

        Assert.Equal(expected ? "[{\"CognitoM2M\":[]}]" : null, operation["security"]?.ToJsonString());
        Assert.Equal(expected, operation["responses"]!["403"] is not null);
    }

    [Fact]
    public async Task Operation_of_another_default_scheme_has_no_padlock()
    {
        var operation = await ReadAsync("/plain", services => services.AddAuthentication("Cookies").AddCookie("Cookies"));

        Assert.Null(operation["security"]);
    }

    [Fact]
    public async Task Operation_has_a_padlock_if_the_default_scheme_chooses_among_schemes()
    {
        var operation = await ReadAsync("/plain", services => services.AddAuthentication("Any")
            .AddCookie("Cookies")
            .AddPolicyScheme("Any", displayName: null, options => options.ForwardDefaultSelector = _ => "CognitoM2M"));

        Assert.NotNull(operation["security"]);
    }

    [Fact]
    public async Task Fallback_policy_gives_operations_without_authorization_a_padlock()
    {
        var operation = await ReadAsync("/open", services => services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()));
        var anonymous = await ReadAsync("/anonymous", services => services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()));

        Assert.Equal("[{\"CognitoM2M\":[]}]", operation["security"]!.ToJsonString());
        Assert.Null(anonymous["security"]);
    }

    [Fact]
    public async Task Scopes_of_the_default_policy_are_named()
    {
        var operation = await ReadAsync("/plain", services => services.AddAuthorizationBuilder().SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireCognitoScope("a/1").Build()));

        Assert.Equal("[{\"CognitoM2M\":[\"a/1\"]}]", operation["security"]!.ToJsonString());
    }

    [Theory]
    [InlineData("/plain", "[{\"CognitoM2M\":[\"base/a\",\"base/b\"]},{\"CognitoM2M\":[\"base/a\",\"base/c\"]}]")]
    [InlineData("/controller/scope", "[{\"CognitoM2M\":[\"base/a\",\"a/1\",\"base/b\"]},{\"CognitoM2M\":[\"base/a\",\"a/1\",\"base/c\"]}]")]
    [InlineData("/cookie", null)]
    public async Task Scopes_that_the_scheme_requires_of_every_token_are_named(string path, string? expected)
    {
        var operation = await ReadAsync(path, services =>
        {
            AddController(services);
            services.AddAuthentication("CognitoM2M").AddCookie("Cookies");
            services.PostConfigure<CognitoM2MAuthenticationOptions>("CognitoM2M", options =>
            {
                options.Verification.AllOfScopes = ["base/a"];
                options.Verification.AnyOfScopes = ["base/b", "base/c"];
            });
        });

        Assert.Equal(expected, operation["security"]?.ToJsonString());
    }

    [Theory]
    [InlineData("/controller/closed", "[{\"CognitoM2M\":[]}]")]
    [InlineData("/controller/scope", "[{\"CognitoM2M\":[\"a/1\"]}]")]
    [InlineData("/controller/open", null)]
    public async Task Actions_of_controllers_have_their_padlock(string path, string? expected)
    {
        var operation = await ReadAsync(path, AddController);

        Assert.Equal(expected, operation["security"]?.ToJsonString());
    }

    [Fact]
    public async Task Operation_that_requires_a_group_has_a_padlock_and_names_the_group()
    {
        var group = await ReadAsync("/policy", services => services.AddAuthorizationBuilder().SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireCognitoGroup("admins").Build()));
        var both = await ReadAsync("/plain", services => services.AddAuthorizationBuilder().SetDefaultPolicy(
            new AuthorizationPolicyBuilder().RequireCognitoScope("a/1").RequireCognitoGroup("admins").RequireAnyCognitoGroup("x", "y").Build()));
        var onlyGroup = await ReadAsync("/plain", services => services.AddAuthorizationBuilder().SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireCognitoGroup("admins").Build()));

        Assert.NotNull(group["security"]);
        Assert.Equal("[{\"CognitoM2M\":[]}]", onlyGroup["security"]!.ToJsonString());
        Assert.Equal("The caller is not in a required group. Needed: All of the groups admins.", (string?)onlyGroup["responses"]!["403"]!["description"]);
        Assert.Equal("[{\"CognitoM2M\":[\"a/1\"]}]", both["security"]!.ToJsonString());
        Assert.Equal(
            "The access token lacks a scope. Needed: a/1. Or: The caller is not in a required group. Needed: All of the groups admins; and One of the groups x y.",
            (string?)both["responses"]!["403"]!["description"]);
    }

    [Fact]
    public async Task Filter_for_all_actions_gives_a_padlock()
    {
        var operation = await ReadAsync("/controller/unmarked", services =>
        {
            AddController(services);
            services.Configure<MvcOptions>(options => options.Filters.Add(new AuthorizeFilter()));
        });
        var open = await ReadAsync("/controller/unmarked", AddController);

        Assert.Equal("[{\"CognitoM2M\":[]}]", operation["security"]!.ToJsonString());
        Assert.Null(open["security"]);
    }

    [Fact]
    public async Task Error_answers_have_the_body_of_problem_details_if_the_application_writes_them()
    {
        var document = await DocumentAsync(services => services.AddProblemDetails());

        var responses = document["paths"]!["/plain"]!["get"]!["responses"]!;
        foreach (var status in (string[])["400", "401", "403", "503"])
        {
            var schema = responses[status]!["content"]!["application/problem+json"]!["schema"]!;
            Assert.Equal("#/components/schemas/ProblemDetails", (string)schema["$ref"]!);
        }

        Assert.NotNull(document["components"]!["schemas"]!["ProblemDetails"]!["properties"]!["detail"]);
        Assert.NotNull(responses["503"]!["headers"]!["Retry-After"]);
        Assert.NotNull(responses["401"]!["headers"]!["WWW-Authenticate"]);
    }

    [Fact]
    public async Task Error_answers_have_no_body_if_the_application_writes_none()
    {
        var operation = await ReadAsync("/plain", _ => { });

        Assert.All(["400", "401", "403", "503"], status => Assert.Null(operation["responses"]![status]!["content"]));
    }

    private static void AddController(IServiceCollection services) => services.AddControllers().ConfigureApplicationPartManager(parts =>
    {
        parts.FeatureProviders.Clear();
        parts.FeatureProviders.Add(new OneController());
    });

    private static async Task<JsonNode> ReadAsync(string path, Action<IServiceCollection> services) => (await DocumentAsync(services))["paths"]![path]!["get"]!;

    private static async Task<JsonNode> DocumentAsync(Action<IServiceCollection> services)
    {
        var hasControllers = false;
        await using var api = await Api.StartAsync(
            app =>
            {
                app.MapOpenApi().AllowAnonymous();
                app.MapGet("/plain", () => "in").RequireAuthorization();
                app.MapGet("/policy", () => "in").RequireAuthorization("signed in");
                app.MapGet("/attribute", [Authorize] () => "in");
                app.MapGet("/scheme", () => "in").RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = "CognitoM2M" });
                app.MapGet("/both", () => "in").RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = "Cookies, CognitoM2M" });
                app.MapGet("/cookie", () => "in").RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = "Cookies" });
                app.MapGet("/anonymous", () => "in").RequireAuthorization().AllowAnonymous();
                app.MapGet("/open", () => "in");
                if (hasControllers)
                    app.MapControllers();
            },
            services: all =>
            {
                all.AddOpenApi(options => options.AddCognitoM2MScopes());
                all.AddAuthorization(options => options.AddPolicy("signed in", policy => policy.RequireAuthenticatedUser()));
                services(all);
                hasControllers = all.Any(service => service.ServiceType == typeof(ApplicationPartManager));
            });

        using var response = await api.GetAsync("/openapi/v1.json");
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private sealed class OneController : ControllerFeatureProvider
    {
        protected override bool IsController(System.Reflection.TypeInfo typeInfo) => typeInfo == typeof(PadlockController);
    }

    [ApiController]
    public sealed class PadlockController : ControllerBase
    {
        [Authorize]
        [HttpGet("/controller/closed")]
        public string Closed() => "in";

        [RequireCognitoScope("a/1")]
        [HttpGet("/controller/scope")]
        public string Scope() => "in";

        [Authorize]
        [AllowAnonymous]
        [HttpGet("/controller/open")]
        public string Open() => "in";

        [HttpGet("/controller/unmarked")]
        public string Unmarked() => "in";
    }
}
