using System.Net;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.AspNetCore.Tests.Diagnostics;

/// <summary>What the log says about requests that are answered with 403.</summary>
public sealed class ForbiddenLogTests
{
    [Theory]
    [InlineData("/all", "All of the scopes orders/read orders/write")]
    [InlineData("/any", "One of the scopes orders/read orders/admin")]
    [InlineData("/both", "All of the scopes orders/read; One of the scopes x/1 x/2")]
    public async Task Line_names_app_client_scopes_held_scopes_demanded_and_endpoint(string path, string demanded)
    {
        await using var api = await StartAsync();

        using var response = await api.GetAsync(path, Pool.Usual.Token("a/1 b/2"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.StartsWith(
            $"Information 5 HTTP: GET {path}, scheme CognitoM2M: forbidden, because a scope is missing. App client ordersclient holds the scopes [a/1 b/2]. Demanded: {demanded}.",
            FindLine(api),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Line_says_that_another_requirement_is_not_met()
    {
        await using var api = await StartAsync();

        using var other = await api.GetAsync("/tenant", Pool.Usual.Token("orders/read"));

        Assert.StartsWith(
            "Information 6 HTTP: GET /tenant, scheme CognitoM2M: forbidden, because another requirement than scopes is not met. "
            + "App client ordersclient holds the scopes [orders/read]. Demanded: All of the scopes orders/read.",
            FindLine(api),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Line_of_an_endpoint_that_forbids_the_caller_itself_names_the_app_client()
    {
        await using var api = await StartAsync(options => options.NameClaimType = "sub");

        using var response = await api.GetAsync("/forbid", Pool.Usual.Token(scope: null, change: payload => payload["sub"] = "somebody"));

        Assert.Contains("App client ordersclient holds the scopes []. Demanded: no scopes.", FindLine(api), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_without_a_scope_that_every_token_needs_writes_one_line_with_the_same_facts()
    {
        await using var api = await StartAsync(options => options.Verification.AllOfScopes = ["base/a"]);

        using var response = await api.GetAsync("/all", Pool.Usual.Token("orders/read"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.StartsWith(
            "Information 1 HTTP: GET /all, scheme CognitoM2M: the token of app client ordersclient was rejected (ScopeMissing): "
            + "expected all scopes of 'base/a'; found 'orders/read'.",
            Assert.Single(api.Log.Find(LogLevel.Information), line => line.Contains("scheme CognitoM2M", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scopes_held_are_cut_and_stay_in_one_line()
    {
        await using var api = await StartAsync();

        using var response = await api.GetAsync("/all", Pool.Usual.Token($"a\nb {string.Join(' ', Enumerable.Range(0, 500).Select(i => $"x/{i}"))}"));

        var line = FindLine(api);
        Assert.Contains(@"[a\nb x/0 x/1 ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("x/499", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Line_is_written_even_if_an_event_handler_answers()
    {
        await using var api = await StartAsync(options => options.Events.OnForbidden = context =>
        {
            context.HandleResponse();
            return Task.CompletedTask;
        });

        using var response = await api.GetAsync("/all", Pool.Usual.Token("a/1"));

        Assert.NotEmpty(FindLine(api));
    }

    private static string FindLine(Api api) => Assert.Single(
        api.Log.Find(LogLevel.Information), line => line.Contains("forbidden", StringComparison.OrdinalIgnoreCase));

    private static Task<Api> StartAsync(Action<CognitoM2MAuthenticationOptions>? options = null) => Api.StartAsync(
        app =>
        {
            app.MapGet("/all", () => "in").RequireCognitoScope("orders/read", "orders/write");
            app.MapGet("/any", () => "in").RequireAnyCognitoScope("orders/read", "orders/admin");
            app.MapGet("/both", () => "in").RequireCognitoScope("orders/read").RequireAnyCognitoScope("x/1", "x/2");
            app.MapGet("/tenant", () => "in").RequireCognitoScope("orders/read").RequireAuthorization(policy => policy.RequireClaim("tenant"));
            app.MapGet("/forbid", () => Results.Forbid(authenticationSchemes: ["CognitoM2M"]));
        },
        options);
}
