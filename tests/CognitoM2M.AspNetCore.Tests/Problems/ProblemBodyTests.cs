using System.Net;
using System.Text.Json.Nodes;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Tests.Problems;

/// <summary>Bodies of error answers (RFC 9457) in an application that calls <c>AddProblemDetails()</c>.</summary>
public sealed class ProblemBodyTests : IDisposable
{
    private readonly KeyServer _keys = new() { KeySet = null };

    public static TheoryData<string> Orders { get; } = [.. Pipelines.Select(pipeline => pipeline.Key)];

    private static Dictionary<string, Action<WebApplication>> Pipelines => new()
    {
        ["nothing"] = _ => { },
        ["authorization alone"] = app => app.UseAuthorization(),
        ["authentication and authorization"] = app => app.UseAuthentication().UseAuthorization(),
        ["exception handler"] = app => app.UseExceptionHandler(),
        ["status code pages"] = app => app.UseStatusCodePages(),
        ["both"] = app => app.UseExceptionHandler().UseStatusCodePages(),
        ["both, other order"] = app => app.UseStatusCodePages().UseExceptionHandler(),
        ["both before authentication"] = app => app.UseExceptionHandler().UseStatusCodePages().UseAuthentication().UseAuthorization(),
        ["both behind authentication"] = app => app.UseAuthentication().UseAuthorization().UseExceptionHandler().UseStatusCodePages(),
        ["status code pages between"] = app => app.UseAuthentication().UseStatusCodePages().UseAuthorization(),
        ["explicit routing"] = app => app.UseRouting().UseStatusCodePages().UseAuthentication().UseAuthorization(),
        ["developer page"] = app => app.UseDeveloperExceptionPage().UseStatusCodePages(),
    };

    public void Dispose() => _keys.Dispose();

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Every_order_of_middleware_gives_one_body_for_401_403_and_400(string order)
    {
        await using var api = await StartAsync(order);

        using var missing = await api.GetAsync("/", token: null);
        using var rejected = await api.GetAsync("/", "x");
        using var forbidden = await api.GetAsync("/", Pool.Usual.Token("x/y"));
        using var ambiguous = await api.SendAsync("/", "Bearer x", "Bearer y");
        using var accepted = await api.GetAsync("/", Pool.Usual.Token());

        await AssertBodyAsync(missing, HttpStatusCode.Unauthorized, detail: null, error: null, "orders/read");
        await AssertBodyAsync(rejected, HttpStatusCode.Unauthorized, "The access token is malformed.", "invalid_token", "orders/read");
        await AssertBodyAsync(forbidden, HttpStatusCode.Forbidden, "The access token lacks a scope.", "insufficient_scope", "orders/read");
        await AssertBodyAsync(ambiguous, HttpStatusCode.BadRequest, "The request has several Authorization headers.", "invalid_request", scope: null);
        Assert.Equal("in", await accepted.Content.ReadAsStringAsync());
        Assert.All([missing, rejected, forbidden, ambiguous], response => Assert.Single(response.Challenges()));
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Every_order_of_middleware_gives_one_body_for_503(string order)
    {
        await using var api = await StartAsync(order, options =>
        {
            options.Jwks = null;
            options.CreateKeySetHttpClient = _keys.Client;
        });

        using var response = await api.GetAsync("/", Pool.Usual.Token());

        await AssertBodyAsync(response, HttpStatusCode.ServiceUnavailable, "The access token cannot be verified at present. Try again later.", error: null, scope: null);
        Assert.Equal(TimeSpan.FromSeconds(10), response.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task Error_has_no_body_without_AddProblemDetails()
    {
        await using var api = await Api.StartAsync(app => app.MapGet("/", () => "in").RequireCognitoScope("orders/read"));

        using var missing = await api.GetAsync("/", token: null);
        using var forbidden = await api.GetAsync("/", Pool.Usual.Token("x/y"));

        Assert.Empty(await missing.Content.ReadAsStringAsync());
        Assert.Empty(await forbidden.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Body_names_no_reason_if_descriptions_are_left_out()
    {
        await using var api = await StartAsync("status code pages", options => options.IncludeErrorDescription = false);

        using var response = await api.GetAsync("/", "x");

        await AssertBodyAsync(response, HttpStatusCode.Unauthorized, detail: null, "invalid_token", "orders/read");
    }

    [Fact]
    public async Task Application_may_change_the_body()
    {
        await using var api = await StartAsync("nothing", services: services => services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
        {
            Assert.Equal("The access token is malformed.", context.ProblemDetails.Detail);
            context.ProblemDetails.Detail = "Ask the team.";
        }));

        using var response = await api.GetAsync("/", "x");

        await AssertBodyAsync(response, HttpStatusCode.Unauthorized, "Ask the team.", "invalid_token", "orders/read");
    }

    [Fact]
    public async Task Error_that_a_handler_changed_stands_in_the_body()
    {
        await using var api = await StartAsync("nothing", options => options.Events.OnChallenge = challenge =>
        {
            challenge.ErrorDescription = "Get a new token.";
            return Task.CompletedTask;
        });

        using var response = await api.GetAsync("/", "x");

        await AssertBodyAsync(response, HttpStatusCode.Unauthorized, "Get a new token.", "invalid_token", "orders/read");
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Challenge_and_forbid_of_an_endpoint_have_a_body(string order)
    {
        await using var api = await StartAsync(order);

        using var challenged = await api.GetAsync("/challenge", "x");
        using var forbidden = await api.GetAsync("/forbid", Pool.Usual.Token());

        await AssertBodyAsync(challenged, HttpStatusCode.Unauthorized, "The access token is malformed.", "invalid_token", scope: null);
        await AssertBodyAsync(forbidden, HttpStatusCode.Forbidden, detail: null, error: null, scope: null);
    }

    [Theory]
    [InlineData("First")]
    [InlineData("Second")]
    public async Task Body_has_the_error_of_the_scheme_that_accepted_the_token(string accepting)
    {
        var other = new Pool("us-east-1_Other");
        await using var api = await Api.StartWithAsync(
            services =>
            {
                services.AddProblemDetails();
                services.AddAuthentication().AddCognitoM2M("First", Api.Usual).AddCognitoM2M("Second", options =>
                {
                    Api.Usual(options);
                    (options.UserPoolId, options.Jwks) = (other.Id, other.KeySet);
                });
            },
            app => app.MapGet("/", () => "in").RequireCognitoScope("orders/write"));

        using var response = await api.GetAsync("/", (accepting == "First" ? Pool.Usual : other).Token());

        Assert.StartsWith($"Bearer realm=\"{accepting}\"", Assert.Single(response.Challenges()), StringComparison.Ordinal);
        await AssertBodyAsync(response, HttpStatusCode.Forbidden, "The access token lacks a scope.", "insufficient_scope", "orders/write");
    }

    [Fact]
    public async Task Several_schemes_add_their_challenges_to_one_answer_with_one_body()
    {
        await using var api = await Api.StartWithAsync(
            services =>
            {
                services.AddProblemDetails();
                services.AddAuthentication()
                    .AddCognitoM2M("First", options =>
                    {
                        Api.Usual(options);
                        options.Jwks = null;
                        options.CreateKeySetHttpClient = _keys.Client;
                    })
                    .AddCognitoM2M("Second", Api.Usual);
            },
            app => app.MapGet("/", () => "in").RequireAuthorization(policy => policy.AddAuthenticationSchemes("Second", "First").RequireAuthenticatedUser()));

        using var missing = await api.GetAsync("/");
        using var unavailable = await api.GetAsync("/", Pool.Usual.Token(change: payload => payload["exp"] = 1));

        await AssertBodyAsync(missing, HttpStatusCode.Unauthorized, detail: null, error: null, scope: null);
        Assert.Equal(["Bearer realm=\"Second\"", "Bearer realm=\"First\""], missing.Challenges());
        await AssertBodyAsync(unavailable, HttpStatusCode.ServiceUnavailable, "The access token cannot be verified at present. Try again later.", error: null, scope: null);
    }

    private static async Task AssertBodyAsync(HttpResponseMessage response, HttpStatusCode status, string? detail, string? error, string? scope)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        // Two bodies, one behind the other, would not be JSON.
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(((int)status, detail, error, scope), ((int)body["status"]!, (string?)body["detail"], (string?)body["error"], (string?)body["scope"]));
        Assert.False(string.IsNullOrEmpty((string?)body["title"]));
    }

    private static Task<Api> StartAsync(
        string order, Action<CognitoM2MAuthenticationOptions>? options = null, Action<IServiceCollection>? services = null) => Api.StartAsync(
        app =>
        {
            Pipelines[order](app);
            app.MapGet("/", () => "in").RequireCognitoScope("orders/read");
            app.MapGet("/challenge", () => Results.Challenge(authenticationSchemes: ["CognitoM2M"]));
            app.MapGet("/forbid", () => Results.Forbid(authenticationSchemes: ["CognitoM2M"]));
        },
        options,
        s =>
        {
            s.AddProblemDetails();
            services?.Invoke(s);
        });
}
