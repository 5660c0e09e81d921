using System.Net;
using System.Security.Claims;
using CognitoM2M.AspNetCore.JwtBearer.Tests.Support;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.AspNetCore.JwtBearer.Tests.Challenges;

/// <summary>What the log says about tokens that the scheme rejects, if the API has other schemes, too.</summary>
public sealed class SeveralSchemesLogTests
{
    [Theory]
    [InlineData(UserScheme.Name, BearerApi.Scheme)]
    [InlineData(BearerApi.Scheme, UserScheme.Name)]
    public async Task Token_that_another_scheme_accepts_writes_no_line(string first, string second)
    {
        await using var api = await StartAsync(null, app => app.MapGet("/", () => "in").RequireAuthorization(policy => policy
            .AddAuthenticationSchemes(first, second).RequireAuthenticatedUser()));

        using var user = await api.GetAsync("/", UserScheme.Token);
        using var machine = await api.GetAsync("/", Pool.Usual.Token());
        Assert.Empty(FindLines(api));
        using var stranger = await api.GetAsync("/", "junk");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Unauthorized), (user.StatusCode, machine.StatusCode, stranger.StatusCode));
        Assert.Contains("scheme Bearer: The token was rejected (Malformed)", Assert.Single(FindLines(api)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BearerApi.Scheme)]
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
        Assert.Contains("GET /machines, scheme Bearer: The token was rejected (Malformed)", Assert.Single(FindLines(api)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Own", BearerApi.Scheme)]
    [InlineData(BearerApi.Scheme, "Own")]
    public async Task Token_that_a_scheme_of_AddCognitoM2M_accepts_writes_no_line(string first, string second)
    {
        var other = new Pool("us-east-1_GhIjKl456");
        await using var api = await Api.StartWithAsync(
            services => services.AddAuthentication()
                .AddJwtBearer(_ => { }).UseCognitoM2M(BearerApi.Usual)
                .AddCognitoM2M("Own", options => (options.UserPoolId, options.AllowAnyClient, options.Jwks) = (other.Id, true, other.KeySet)),
            app => app.MapGet("/", () => "in").RequireAuthorization(policy => policy.AddAuthenticationSchemes(first, second).RequireAuthenticatedUser()));

        using var one = await api.GetAsync("/", Pool.Usual.Token());
        using var two = await api.GetAsync("/", other.Token());
        Assert.Empty(FindLines(api));
        using var expired = await api.GetAsync("/", other.Token(change: payload => payload["exp"] = 1));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Unauthorized), (one.StatusCode, two.StatusCode, expired.StatusCode));
        Assert.Contains("scheme Own: the token of app client ordersclient was rejected (Expired)", Assert.Single(FindLines(api)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_that_an_event_handler_accepts_writes_no_line()
    {
        await using var api = await BearerApi.StartAsync(bearer => bearer.Events = new JwtBearerEvents
        {
            OnAuthenticationFailed = context =>
            {
                context.Principal = new ClaimsPrincipal(new ClaimsIdentity("Own"));
                context.Success();
                return Task.CompletedTask;
            },
        });

        using var response = await api.GetAsync("/any", "junk");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(FindLines(api));
    }

    [Fact]
    public async Task Request_that_an_event_handler_accepts_for_an_endpoint_without_authorization_writes_no_line()
    {
        await using var api = await BearerApi.StartAsync(
            app => app.MapGet("/", async (HttpContext context) => $"{(await context.AuthenticateAsync(BearerApi.Scheme)).Succeeded}"),
            bearer => bearer.Events = new JwtBearerEvents
            {
                OnAuthenticationFailed = context =>
                {
                    context.Principal = new ClaimsPrincipal(new ClaimsIdentity());
                    context.Success();
                    return Task.CompletedTask;
                },
            });

        using var response = await api.GetAsync("/", "junk");

        Assert.Equal("True", await response.Content.ReadAsStringAsync());
        Assert.Empty(FindLines(api));
    }

    [Fact]
    public async Task Rejected_token_of_a_trusted_user_pool_writes_a_line_if_the_caller_that_another_scheme_accepts_lacks_the_scope()
    {
        await using var api = await Api.StartWithAsync(
            services => services.AddAuthentication(ApiKeyHandler.Name).AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Name, _ => { })
                .AddJwtBearer(_ => { }).UseCognitoM2M(BearerApi.Usual),
            app => app.MapGet("/", () => "in").RequireAuthorization(policy => policy.AddAuthenticationSchemes(ApiKeyHandler.Name, BearerApi.Scheme).RequireCognitoScope("orders/read")));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("X-Api-Key", "1");
        request.Headers.Authorization = new("Bearer", Pool.Usual.Token(change: payload => payload["exp"] = 1));

        using var response = await api.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("GET /, scheme Bearer: the token of app client ordersclient was rejected (Expired)", Assert.Single(FindLines(api)), StringComparison.Ordinal);
    }

    private static List<string> FindLines(Api api) => [.. api.Log.Find(LogLevel.Information).Where(line => line.Contains(", scheme ", StringComparison.Ordinal))];

    private static Task<Api> StartAsync(string? defaultScheme, Action<WebApplication> endpoints) => Api.StartWithAsync(
        services => services.AddAuthentication(options => options.DefaultScheme = defaultScheme)
            .AddScheme<AuthenticationSchemeOptions, UserScheme>(UserScheme.Name, _ => { })
            .AddJwtBearer(_ => { }).UseCognitoM2M(BearerApi.Usual),
        endpoints);
}
