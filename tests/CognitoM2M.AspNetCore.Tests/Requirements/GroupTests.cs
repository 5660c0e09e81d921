using System.Net;
using System.Security.Claims;
using System.Text.Json.Nodes;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Tests.Requirements;

/// <summary>Groups that endpoints, groups of endpoints, policies and attributes require.</summary>
public sealed class GroupTests
{
    private const string Lacking = "The caller is not in a required group.";

    [Theory]
    [InlineData("/all", "admins auditors", true)]
    [InlineData("/all", "admins", false)]
    [InlineData("/all", "auditors", false)]
    [InlineData("/any", "auditors", true)]
    [InlineData("/any", "readers", false)]
    [InlineData("/any", "Admins", false)]
    [InlineData("/any", "", false)]
    [InlineData("/group/more", "admins auditors", true)]
    [InlineData("/group/more", "admins", false)]
    [InlineData("/group/more", "auditors", false)]
    [InlineData("/policy", "admins", true)]
    [InlineData("/policy", "auditors", false)]
    [InlineData("/policy-any", "auditors", true)]
    [InlineData("/policy-any", "readers", false)]
    [InlineData("/attribute", "admins auditors", true)]
    [InlineData("/attribute", "admins", false)]
    [InlineData("/attribute-any", "auditors", true)]
    [InlineData("/attribute-any", "readers", false)]
    public async Task Caller_needs_the_groups_of_the_endpoint_and_of_its_route_group(string path, string groups, bool getsIn)
    {
        await using var api = await StartAsync();

        using var response = await api.GetAsync(path, TokenOfUser(groups));

        response.Is(getsIn ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("/all")]
    [InlineData("/any")]
    [InlineData("/policy")]
    [InlineData("/attribute")]
    [InlineData("/attribute-any")]
    public async Task Request_without_a_token_gets_401_and_a_machine_gets_403(string path)
    {
        await using var api = await StartAsync();

        using var anonymous = await api.GetAsync(path);
        using var machine = await api.GetAsync(path, Pool.Usual.Token());

        anonymous.Is(HttpStatusCode.Unauthorized, "Bearer realm=\"CognitoM2M\"");
        machine.Is(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("groups")]
    [InlineData("Cognito:Groups")]
    [InlineData("cognito:roles")]
    [InlineData("scope")]
    public async Task Groups_in_another_claim_do_not_count(string claim)
    {
        await using var api = await StartAsync(options => options.RoleClaimType = "groups");

        using var response = await api.GetAsync("/any", TokenOfUser("", payload => payload[claim] = claim == "scope" ? "admins" : new JsonArray("admins")));

        response.Is(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Groups_of_an_identity_that_the_scheme_did_not_create_do_not_count()
    {
        await using var api = await StartAsync(options => options.Events.OnTokenVerified = context =>
        {
            context.Principal!.AddIdentity(new ClaimsIdentity([new Claim("cognito:groups", "admins")], "other"));
            return Task.CompletedTask;
        });

        using var response = await api.GetAsync("/any", TokenOfUser("readers"));

        response.Is(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Endpoint_may_require_scopes_and_groups()
    {
        await using var api = await StartAsync();

        using var both = await api.GetAsync("/both", TokenOfUser("admins"));
        using var noGroup = await api.GetAsync("/both", TokenOfUser("readers"));
        using var noScope = await api.GetAsync("/both", TokenOfUser("admins", payload => payload["scope"] = "x/1"));

        both.Is(HttpStatusCode.OK);
        noGroup.Is(HttpStatusCode.Forbidden);
        noScope.Is(HttpStatusCode.Forbidden, "Bearer realm=\"CognitoM2M\", error=\"insufficient_scope\", error_description=\"The access token lacks a scope.\", scope=\"orders/read\"");
    }

    [Theory]
    [InlineData(true, Lacking)]
    [InlineData(false, null)]
    public async Task Body_says_that_a_group_is_missing(bool includesDescription, string? expected)
    {
        await using var api = await StartAsync(options => options.IncludeErrorDescription = includesDescription, services => services.AddProblemDetails());

        using var response = await api.GetAsync("/any", TokenOfUser("readers"));

        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal((403, expected, null), ((int)body["status"]!, (string?)body["detail"], (string?)body["error"]));
    }

    [Fact]
    public async Task Log_line_names_the_app_client_the_user_and_the_held_and_required_groups()
    {
        await using var api = await StartAsync();

        using var user = await api.GetAsync("/any", TokenOfUser("readers writers"));
        using var machine = await api.GetAsync("/all", Pool.Usual.Token());
        using var lacksBoth = await api.GetAsync("/both", TokenOfUser("readers", payload => payload["scope"] = "x/1"));

        var lines = api.Log.Lines.Where(line => line.StartsWith("Information", StringComparison.Ordinal) && line.Contains("forbidden", StringComparison.Ordinal)).ToList();
        Assert.Collection(
            lines,
            line => Assert.StartsWith("Information 8 HTTP: GET /any, scheme CognitoM2M: forbidden, because a group is missing. App client ordersclient called for the user jane, who is in the groups [readers writers]. Demanded: One of the groups admins auditors.", line, StringComparison.Ordinal),
            line => Assert.StartsWith("Information 9 HTTP: GET /all, scheme CognitoM2M: forbidden, because a group is missing. App client ordersclient called for itself, and machines are in no group. Demanded: All of the groups admins auditors.", line, StringComparison.Ordinal),
            line => Assert.StartsWith("Information 5 HTTP: GET /both, scheme CognitoM2M: forbidden, because a scope is missing.", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_without_the_group_that_every_token_needs_gets_403()
    {
        await using var api = await StartAsync(options => options.Verification.AnyOfGroups = ["admins"], services => services.AddProblemDetails());

        using var inGroup = await api.GetAsync("/token", TokenOfUser("admins"));
        using var user = await api.GetAsync("/token", TokenOfUser("readers"));

        inGroup.Is(HttpStatusCode.OK);
        user.Is(HttpStatusCode.Forbidden);
        Assert.Equal(Lacking, (string?)JsonNode.Parse(await user.Content.ReadAsStringAsync())!["detail"]);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("")]
    [InlineData("a\tb")]
    [InlineData(null)]
    public void Text_that_is_not_the_name_of_a_group_is_refused(string? group)
    {
        Assert.Throws<ArgumentException>(() => CognitoGroupRequirement.AllOf("admins", group!));
        Assert.Throws<ArgumentException>(() => new RequireCognitoGroupAttribute(group!));
        Assert.Throws<ArgumentException>(() => new RequireAnyCognitoGroupAttribute(group!));
    }

    [Fact]
    public void Names_of_groups_may_have_letters_of_all_scripts_and_up_to_128_characters()
    {
        Assert.Equal(["Verwalter-Ä", "管理", new string('x', 128)], CognitoGroupRequirement.AnyOf("Verwalter-Ä", "管理", new string('x', 128)).Groups);
        Assert.Throws<ArgumentException>(() => CognitoGroupRequirement.AnyOf(new string('x', 129)));
        Assert.Throws<ArgumentException>(() => CognitoGroupRequirement.AllOf());
    }

    private static string TokenOfUser(string groups, Action<JsonObject>? change = null) => Pool.Usual.Token(change: payload =>
    {
        payload["sub"] = "11aa22bb-0000-4000-8000-333344445555";
        payload["username"] = "jane";
        payload["cognito:groups"] = new JsonArray([.. groups.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(group => JsonValue.Create(group))]);
        change?.Invoke(payload);
    });

    private static Task<Api> StartAsync(Action<CognitoM2MAuthenticationOptions>? options = null, Action<IServiceCollection>? services = null) => Api.StartAsync(
        app =>
        {
            app.MapGet("/token", () => "in").RequireAuthorization();
            app.MapGet("/all", () => "in").RequireCognitoGroup("admins", "auditors");
            app.MapGet("/any", () => "in").RequireAnyCognitoGroup("admins", "auditors");
            app.MapGet("/both", () => "in").RequireCognitoScope("orders/read").RequireCognitoGroup("admins");
            app.MapGroup("/group").RequireCognitoGroup("admins").MapGet("/more", () => "in").RequireAnyCognitoGroup("auditors", "owners");
            app.MapGet("/policy", () => "in").RequireAuthorization(policy => policy.RequireCognitoGroup("admins"));
            app.MapGet("/policy-any", () => "in").RequireAuthorization(policy => policy.RequireAnyCognitoGroup("admins", "auditors"));
            app.MapGet("/attribute", [RequireCognitoGroup("admins", "auditors")] () => "in");
            app.MapGet("/attribute-any", [RequireAnyCognitoGroup("admins", "auditors")] () => "in");
        },
        options,
        services);
}
