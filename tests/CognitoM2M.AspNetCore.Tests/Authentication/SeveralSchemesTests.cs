using System.Net;
using CognitoM2M.AspNetCore.Tests.Support;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Tests.Authentication;

/// <summary>Schemes with names of their own, several schemes, and one scheme with several user pools.</summary>
public sealed class SeveralSchemesTests
{
    private static readonly Pool _other = new("us-east-1_Other", "key-9");

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
}
