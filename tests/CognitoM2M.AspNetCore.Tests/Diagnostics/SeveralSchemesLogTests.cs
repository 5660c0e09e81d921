using System.Net;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.AspNetCore.Tests.Diagnostics;

/// <summary>What the log says about tokens that one scheme rejects, if the API has other schemes, too.</summary>
public sealed class SeveralSchemesLogTests
{
    private const string Machines = CognitoM2MAuthenticationDefaults.AuthenticationScheme;

    [Theory]
    [InlineData(UserScheme.Name, Machines)]
    [InlineData(Machines, UserScheme.Name)]
    public async Task Token_that_a_scheme_of_another_package_accepts_writes_no_line(string first, string second)
    {
        await using var api = await StartAsync(null, app => app.MapGet("/", () => "in").RequireAuthorization(policy => policy
            .AddAuthenticationSchemes(first, second).RequireAuthenticatedUser()));

        using var user = await api.GetAsync("/", UserScheme.Token);
        using var machine = await api.GetAsync("/", Pool.Usual.Token());
        Assert.Empty(FindLines(api));
        using var stranger = await api.GetAsync("/", "junk");

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Unauthorized), (user.StatusCode, machine.StatusCode, stranger.StatusCode));
        Assert.Contains("scheme CognitoM2M: The token was rejected (Malformed)", Assert.Single(FindLines(api)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Machines)]
    [InlineData(UserScheme.Name)]
    public async Task Line_is_written_only_if_the_scheme_that_the_endpoint_asks_rejects_the_token(string defaultScheme)
    {
        await using var api = await StartAsync(defaultScheme, app =>
        {
            app.MapGet("/users", () => "in").RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = UserScheme.Name });
            app.MapGet("/machines", () => "in").RequireCognitoScope("orders/read");
        });

        using var user = await api.GetAsync("/users", UserScheme.Token);
        using var machine = await api.GetAsync("/machines", Pool.Usual.Token());
        Assert.Empty(FindLines(api));
        using var userAtMachines = await api.GetAsync("/machines", UserScheme.Token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Unauthorized), (user.StatusCode, machine.StatusCode, userAtMachines.StatusCode));
        Assert.Contains("GET /machines, scheme CognitoM2M: The token was rejected (Malformed)", Assert.Single(FindLines(api)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_of_the_default_scheme_that_the_scheme_of_the_endpoint_rejects_writes_a_line()
    {
        var other = new Pool("us-east-1_Other");
        await using var api = await Api.StartWithAsync(
            services => services.AddAuthentication("One").AddCognitoM2M("One", Api.Usual).AddCognitoM2M("Two", options =>
            {
                Api.Usual(options);
                options.UserPoolId = other.Id;
            }),
            app => app.MapGet("/two", () => "in").RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = "Two" }));

        using var accepted = await api.GetAsync("/two", other.Token());
        Assert.Empty(FindLines(api));
        using var rejected = await api.GetAsync("/two", Pool.Usual.Token());

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (accepted.StatusCode, rejected.StatusCode));
        Assert.Contains("scheme Two: The token was rejected (IssuerNotTrusted)", Assert.Single(FindLines(api)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("One", "Two")]
    [InlineData("Two", "One")]
    public async Task Token_that_an_endpoint_tries_with_several_schemes_writes_no_line_if_one_accepts_it(string first, string second)
    {
        await using var api = await Api.StartWithAsync(
            services => services.AddAuthentication().AddCognitoM2M("One", Api.Usual).AddCognitoM2M("Two", options =>
            {
                Api.Usual(options);
                options.UserPoolId = "us-east-1_Other";
            }),
            app => app.MapGet("/", async (HttpContext context) =>
                $"{(await context.AuthenticateAsync(first)).Succeeded} {(await context.AuthenticateAsync(second)).Succeeded}"));

        using var accepted = await api.GetAsync("/", Pool.Usual.Token());
        Assert.Empty(FindLines(api));
        using var rejected = await api.GetAsync("/", "junk");

        Assert.Equal(first == "One" ? "True False" : "False True", await accepted.Content.ReadAsStringAsync());
        Assert.Single(FindLines(api));
    }

    [Fact]
    public async Task Challenge_of_the_scheme_that_rejected_the_token_writes_a_line_although_another_scheme_accepted_it()
    {
        await using var api = await StartAsync(UserScheme.Name, app => app.MapGet("/", () => Results.Challenge(authenticationSchemes: [Machines])));

        using var response = await api.GetAsync("/", UserScheme.Token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("scheme CognitoM2M: The token was rejected (Malformed)", Assert.Single(FindLines(api)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_without_the_scopes_of_an_endpoint_is_forbidden_and_the_line_of_the_framework_stays()
    {
        await using var api = await StartAsync(null, app => app.MapGet("/", () => "in").RequireAuthorization(policy => policy
            .AddAuthenticationSchemes(UserScheme.Name, Machines).RequireCognitoScope("orders/read")));

        using var response = await api.GetAsync("/", UserScheme.Token);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(FindLines(api));
        Assert.Single(api.Log.Find(LogLevel.Information), line => line.Contains("Authorization failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rejected_token_of_a_trusted_user_pool_writes_a_line_if_the_caller_that_another_scheme_accepts_lacks_the_scope()
    {
        await using var api = await Api.StartWithAsync(
            services => services.AddAuthentication(ApiKeyHandler.Name).AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Name, _ => { }).AddCognitoM2M(Api.Usual),
            app => app.MapGet("/", () => "in").RequireAuthorization(policy => policy.AddAuthenticationSchemes(ApiKeyHandler.Name, Machines).RequireCognitoScope("orders/read")));

        using var expired = await SendWithKeyAsync(api, Pool.Usual.Token(change: payload => payload["exp"] = 1));
        using var junk = await SendWithKeyAsync(api, "junk");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (expired.StatusCode, junk.StatusCode));
        Assert.Contains("GET /, scheme CognitoM2M: the token of app client ordersclient was rejected (Expired)", Assert.Single(FindLines(api)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("One", "Two")]
    [InlineData("Two", "One")]
    public async Task Missing_scope_writes_one_line_if_one_scheme_accepts_the_token_and_another_scheme_of_the_user_pool_rejects_it(string first, string second)
    {
        await using var api = await Api.StartWithAsync(
            services => services.AddAuthentication().AddCognitoM2M("One", Api.Usual).AddCognitoM2M("Two", options =>
            {
                Api.Usual(options);
                options.ClientIds = ["other"];
            }),
            app => app.MapGet("/", () => "in").RequireAuthorization(policy => policy.AddAuthenticationSchemes(first, second).RequireCognitoScope("orders/admin")));

        using var response = await api.GetAsync("/", Pool.Usual.Token());

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("forbidden, because a scope is missing", Assert.Single(FindLines(api)), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> SendWithKeyAsync(Api api, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("X-Api-Key", "1");
        request.Headers.Authorization = new("Bearer", token);
        return await api.Http.SendAsync(request);
    }

    /// <summary>The lines of this package.</summary>
    private static List<string> FindLines(Api api) => [.. api.Log.Find(LogLevel.Information).Where(line => line.Contains(", scheme ", StringComparison.Ordinal))];

    private static Task<Api> StartAsync(string? defaultScheme, Action<WebApplication> endpoints) => Api.StartWithAsync(
        services => services.AddAuthentication(options => options.DefaultScheme = defaultScheme)
            .AddScheme<AuthenticationSchemeOptions, UserScheme>(UserScheme.Name, _ => { })
            .AddCognitoM2M(Api.Usual),
        endpoints);
}
