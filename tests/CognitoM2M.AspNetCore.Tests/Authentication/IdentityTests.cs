using System.Net;
using System.Security.Claims;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore.Tests.Authentication;

/// <summary>The token, the name and the roles of the caller, as the code behind the scheme sees them.</summary>
public sealed class IdentityTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Token_can_be_read_unless_SaveToken_is_false(bool saves)
    {
        await using var api = await Api.StartAsync(
            app =>
            {
                app.MapGet("/", async (HttpContext context) => await context.GetTokenAsync("access_token") ?? "").RequireCognitoScope("orders/read");
                app.MapGet("/named", async (HttpContext context) => await context.GetTokenAsync("CognitoM2M", "access_token") ?? "");
            },
            options => options.SaveToken = saves);
        var token = Pool.Usual.Token();

        using var response = await api.GetAsync("/", token);
        using var repeated = await api.GetAsync("/named", token);

        Assert.Equal(saves ? token : "", await response.Content.ReadAsStringAsync());
        Assert.Equal(saves ? token : "", await repeated.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Token_is_saved_by_default_and_without_spaces_around_it()
    {
        await using var api = await Api.StartAsync(app => app.MapGet("/", async (HttpContext context) => await context.GetTokenAsync("access_token") ?? ""));
        var token = Pool.Usual.Token();

        using var response = await api.SendAsync("/", $"bearer   {token} ");

        Assert.Equal(token, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Token_that_a_handler_found_is_saved()
    {
        await using var api = await Api.StartAsync(
            app => app.MapGet("/", async (HttpContext context) => await context.GetTokenAsync("access_token") ?? "").RequireCognitoScope("orders/read"),
            options => options.Events.OnMessageReceived = context =>
            {
                context.Token = context.Request.Query["access_token"];
                return Task.CompletedTask;
            });
        var token = Pool.Usual.Token();

        using var response = await api.GetAsync($"/?access_token={token}");

        Assert.Equal(token, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Rejected_token_cannot_be_read()
    {
        await using var api = await Api.StartAsync(
            app => app.MapGet("/", async (HttpContext context) => await context.GetTokenAsync("access_token") ?? ""));

        using var response = await api.GetAsync("/", Pool.Usual.Token(change: payload => payload["exp"] = 1));

        Assert.Empty(await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Name_and_roles_come_from_the_chosen_claims()
    {
        await using var api = await StartAsync(options => (options.NameClaimType, options.RoleClaimType) = ("tenant", "custom:role"));
        var token = Pool.Usual.Token(change: payload =>
        {
            payload["tenant"] = "acme";
            payload["custom:role"] = new System.Text.Json.Nodes.JsonArray("reader", "writer");
        });

        using var name = await api.GetAsync("/name", token);
        using var writer = await api.GetAsync("/writer", token);
        using var none = await api.GetAsync("/writer", Pool.Usual.Token(change: payload => payload["cognito:groups"] = new System.Text.Json.Nodes.JsonArray("writer")));

        Assert.Equal("acme", await name.Content.ReadAsStringAsync());
        writer.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Forbidden, none.StatusCode);
    }

    [Fact]
    public async Task Name_is_the_app_client_and_roles_are_the_groups_by_default()
    {
        await using var api = await StartAsync();
        var token = Pool.Usual.Token(change: payload => payload["cognito:groups"] = new System.Text.Json.Nodes.JsonArray("writer"));

        using var name = await api.GetAsync("/name", token);
        using var writer = await api.GetAsync("/writer", token);

        Assert.Equal(Pool.Client, await name.Content.ReadAsStringAsync());
        writer.Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Claim_that_differs_from_the_chosen_claims_only_in_case_is_left_out()
    {
        await using var api = await StartAsync(options => (options.NameClaimType, options.RoleClaimType) = ("tenant", "custom:role"));
        var token = Pool.Usual.Token(change: payload =>
        {
            payload["Tenant"] = "other";
            payload["Custom:Role"] = "writer";
        });

        using var name = await api.GetAsync("/name", token);
        using var writer = await api.GetAsync("/writer", token);

        Assert.Empty(await name.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Forbidden, writer.StatusCode);
    }

    [Fact]
    public async Task Scopes_may_be_the_roles()
    {
        await using var api = await Api.StartAsync(
            app => app.MapGet("/", [Authorize(Roles = "orders/read")] (ClaimsPrincipal user) => user.IsInRole("orders/write") ? "writer" : "reader"),
            options => options.RoleClaimType = "scope");

        using var response = await api.GetAsync("/", Pool.Usual.Token("orders/read"));

        Assert.Equal("reader", await response.Content.ReadAsStringAsync());
    }

    private static Task<Api> StartAsync(Action<CognitoM2MAuthenticationOptions>? options = null) => Api.StartAsync(
        app =>
        {
            app.MapGet("/name", (ClaimsPrincipal user) => user.Identity!.Name ?? "").RequireAuthorization();
            app.MapGet("/writer", [Authorize(Roles = "writer")] () => "in");
        },
        options);
}
