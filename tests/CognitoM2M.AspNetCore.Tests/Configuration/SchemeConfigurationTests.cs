using System.Net;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Tests.Configuration;

/// <summary>Settings from Authentication:Schemes, from another section, and from code.</summary>
public sealed class SchemeConfigurationTests
{
    [Fact]
    public async Task Section_of_the_default_scheme_is_read_if_there_are_no_arguments()
    {
        await using var api = await StartAsync(
            services => services.AddAuthentication().AddCognitoM2M(),
            new() { ["Authentication:Schemes:CognitoM2M:UserPoolId"] = Pool.Usual.Id, ["Authentication:Schemes:CognitoM2M:ClientIds"] = Pool.Client });

        using var accepted = await api.GetAsync("/", Pool.Usual.Token());
        using var rejected = await api.GetAsync("/", Pool.Usual.Token(change: payload => payload["client_id"] = "stranger"));

        accepted.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, rejected.StatusCode);
    }

    [Fact]
    public async Task Scheme_of_another_name_reads_the_section_of_its_name()
    {
        await using var api = await StartAsync(
            services => services.AddAuthentication().AddCognitoM2M("Machines"),
            new()
            {
                ["Authentication:Schemes:CognitoM2M:UserPoolId"] = "us-east-1_Other",
                ["Authentication:Schemes:CognitoM2M:AllowAnyClient"] = "true",
                ["Authentication:Schemes:Machines:UserPoolId"] = Pool.Usual.Id,
                ["Authentication:Schemes:Machines:ClientIds:0"] = Pool.Client,
            });

        using var response = await api.GetAsync("/", Pool.Usual.Token());
        using var challenge = await api.GetAsync("/");

        response.Is(HttpStatusCode.OK);
        challenge.Is(HttpStatusCode.Unauthorized, "Bearer realm=\"Machines\"");
    }

    [Fact]
    public async Task Each_of_several_schemes_reads_its_own_section()
    {
        await using var api = await StartAsync(
            services => services.AddAuthentication().AddCognitoM2M("One").AddCognitoM2M("Two"),
            new()
            {
                ["Authentication:Schemes:One:UserPoolId"] = "us-east-1_One",
                ["Authentication:Schemes:One:AllowAnyClient"] = "true",
                ["Authentication:Schemes:Two:UserPoolId"] = "us-east-1_Two",
                ["Authentication:Schemes:Two:ClientIds"] = "a b",
            });

        var options = api.Services.GetRequiredService<IOptionsMonitor<CognitoM2MAuthenticationOptions>>();

        Assert.Equal(("us-east-1_One", true), (options.Get("One").UserPoolId, options.Get("One").AllowAnyClient));
        Assert.Equal(("us-east-1_Two", false), (options.Get("Two").UserPoolId, options.Get("Two").AllowAnyClient));
        Assert.Equal(["a", "b"], options.Get("Two").ClientIds);
    }

    [Theory]
    [InlineData("CognitoM2M")]
    [InlineData("Machines")]
    public async Task Missing_section_is_a_mistake_if_there_are_no_arguments(string scheme)
    {
        var thrown = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(services => services.AddAuthentication().AddCognitoM2M(scheme), []));

        Assert.Contains(
            $"Authentication scheme '{scheme}': the configuration section 'Authentication:Schemes:{scheme}' is missing or empty.", thrown.Failures);
    }

    [Fact]
    public async Task Delegate_wins_over_the_section_of_the_scheme()
    {
        await using var api = await StartAsync(
            services => services.AddAuthentication().AddCognitoM2M(options =>
            {
                Assert.Equal("us-east-1_Other", options.UserPoolId);
                options.UserPoolId = Pool.Usual.Id;
            }),
            new()
            {
                ["Authentication:Schemes:CognitoM2M:UserPoolId"] = "us-east-1_Other",
                ["Authentication:Schemes:CognitoM2M:ClientIds"] = Pool.Client,
                ["Authentication:Schemes:CognitoM2M:Realm"] = "orders",
            });

        using var response = await api.GetAsync("/", Pool.Usual.Token());
        using var challenge = await api.GetAsync("/");

        response.Is(HttpStatusCode.OK);
        challenge.Is(HttpStatusCode.Unauthorized, "Bearer realm=\"orders\"");
    }

    [Fact]
    public async Task Section_that_is_passed_is_read_instead_of_the_section_of_the_scheme()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Authentication:Schemes:CognitoM2M:UserPoolId"] = "us-east-1_Other",
            ["Authentication:Schemes:CognitoM2M:Realm"] = "other",
            ["Api:UserPoolId"] = Pool.Usual.Id,
            ["Api:AllowAnyClient"] = "true",
        };
        var section = new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection("Api");
        await using var api = await StartAsync(services => services.AddAuthentication().AddCognitoM2M(section), settings);

        using var response = await api.GetAsync("/", Pool.Usual.Token(change: payload => payload["client_id"] = "anybody"));
        using var challenge = await api.GetAsync("/");

        response.Is(HttpStatusCode.OK);
        challenge.Is(HttpStatusCode.Unauthorized, "Bearer realm=\"CognitoM2M\"");
    }

    [Fact]
    public void Options_can_be_created_in_a_container_without_configuration()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddAuthentication().AddCognitoM2M("WithDelegate", Api.Usual).AddCognitoM2M("WithoutArguments");
        using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<IOptionsMonitor<CognitoM2MAuthenticationOptions>>();

        Assert.Equal(Pool.Usual.Id, options.Get("WithDelegate").UserPoolId);
        var thrown = Assert.Throws<OptionsValidationException>(() => options.Get("WithoutArguments"));
        Assert.Contains("Authentication scheme 'WithoutArguments': no configuration is registered. Register one, or pass the settings to AddCognitoM2M.", thrown.Failures);
    }

    [Fact]
    public async Task Section_sets_every_simple_setting()
    {
        await using var api = await StartAsync(
            services => services.AddAuthentication().AddCognitoM2M(),
            new Dictionary<string, string?>
            {
                ["userPoolId"] = "eu-west-1_AbCdEf123",
                ["clientIds:0"] = "first",
                ["clientIds:1"] = "second",
                ["issuer"] = "https://issuer.example/a",
                ["jwksUri"] = "https://keys.example/a",
                ["userPools:0:userPoolId"] = "us-east-1_Other",
                ["userPools:0:allowAnyClient"] = "True",
                ["userPools:0:jwks"] = Pool.Usual.KeySet,
                ["allOfScopes"] = "base/a, base/b",
                ["anyOfScopes:0"] = "base/c",
                ["clockTolerance"] = "00:00:30",
                ["maxTokenLength"] = "8192",
                ["verifiedTokenCacheSize"] = "0",
                ["realm"] = "orders",
                ["plainHttpHosts"] = "cognito:9229",
                ["includeErrorDescription"] = "false",
                ["loadKeysAtStart"] = "false",
                ["saveToken"] = "false",
                ["nameClaimType"] = "tenant",
                ["roleClaimType"] = "scope",
                ["resource"] = "https://api.example.com",
                ["resourceName"] = "Orders",
                ["authorizationServers"] = "https://login.example.com",
                ["scopesSupported:0"] = "orders/read",
            }.ToDictionary(setting => $"Authentication:Schemes:CognitoM2M:{setting.Key}", setting => setting.Value));

        var options = api.Services.GetRequiredService<IOptionsMonitor<CognitoM2MAuthenticationOptions>>().Get("CognitoM2M");

        Assert.Equal(("eu-west-1_AbCdEf123", "https://issuer.example/a", new Uri("https://keys.example/a")), (options.UserPoolId, options.Issuer, options.JwksUri));
        Assert.Equal(["first", "second"], options.ClientIds);
        var pool = Assert.Single(options.UserPools);
        Assert.Equal(("us-east-1_Other", true, Pool.Usual.KeySet), (pool.UserPoolId, pool.AllowAnyClient, pool.Jwks));
        var verification = options.Verification;
        Assert.Equal(["base/a", "base/b"], verification.AllOfScopes);
        Assert.Equal(["base/c"], verification.AnyOfScopes);
        Assert.Equal(["cognito:9229"], verification.PlainHttpHosts);
        Assert.Equal((TimeSpan.FromSeconds(30), 8_192, 0), (verification.ClockTolerance, verification.MaxTokenLength, verification.VerifiedTokenCacheSize));
        Assert.Equal(("orders", false, false), (options.Realm, options.IncludeErrorDescription, options.LoadKeysAtStart));
        Assert.Equal(("https://api.example.com", "Orders", "https://login.example.com", "orders/read"), (options.Resource, options.ResourceName, options.AuthorizationServers[0], options.ScopesSupported[0]));
        Assert.Equal((false, "tenant", "scope"), (options.SaveToken, options.NameClaimType, options.RoleClaimType));
    }

    [Fact]
    public async Task Settings_of_the_section_decide_which_tokens_are_accepted()
    {
        await using var api = await StartAsync(
            services => services.AddAuthentication().AddCognitoM2M(),
            new Dictionary<string, string?>
            {
                ["UserPoolId"] = Pool.Usual.Id,
                ["ClientIds:0"] = Pool.Client,
                ["AllOfScopes"] = "base/a, base/b",
                ["ClockTolerance"] = "00:00:30",
                ["Realm"] = "orders",
                ["UserPools:0:UserPoolId"] = "us-east-1_Other",
                ["UserPools:0:AllowAnyClient"] = "true",
            }.ToDictionary(setting => $"Authentication:Schemes:CognitoM2M:{setting.Key}", setting => setting.Value));
        var other = new Pool("us-east-1_Other");

        using var accepted = await api.GetAsync("/", Pool.Usual.Token("base/a base/b"));
        using var lacking = await api.GetAsync("/", Pool.Usual.Token("base/a"));
        using var anyClient = await api.GetAsync("/", other.Token("base/a base/b", payload => payload["client_id"] = "anybody"));
        using var stranger = await api.GetAsync("/", Pool.Usual.Token("base/a base/b", payload => payload["client_id"] = "anybody"));
        api.Clock.Advance(TimeSpan.FromMinutes(60) + TimeSpan.FromSeconds(29));
        using var tolerated = await api.GetAsync("/", Pool.Usual.Token("base/a base/b"));

        accepted.Is(HttpStatusCode.OK);
        lacking.Is(HttpStatusCode.Forbidden, "Bearer realm=\"orders\", error=\"insufficient_scope\", error_description=\"The access token lacks a scope.\", scope=\"base/a base/b\"");
        anyClient.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        tolerated.Is(HttpStatusCode.OK);
    }

    private static Task<Api> StartAsync(Action<IServiceCollection> addSchemes, Dictionary<string, string?> settings) => Api.StartWithAsync(
        services =>
        {
            // Registered after the one of the host, so that this one is used.
            services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
            addSchemes(services);
            services.PostConfigureAll<CognitoM2MAuthenticationOptions>(options => options.CreateKeySetHttpClient = new KeyServer().Client);
        },
        app => app.MapGet("/", () => "in").RequireAuthorization());
}
