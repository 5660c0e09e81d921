using System.Net;
using System.Text.Json.Nodes;
using CognitoM2M.AspNetCore.JwtBearer.Tests.Support;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace CognitoM2M.AspNetCore.JwtBearer.Tests.Challenges;

/// <summary>The header WWW-Authenticate: what JwtBearer writes, and the scopes that the endpoint requires.</summary>
public sealed class ChallengeTests
{
    public static TheoryData<string, string> Rejected
    {
        get
        {
            var pool = Pool.Usual;
            return new()
            {
                // Described by JwtBearer.
                { pool.Token(change: p => p["exp"] = 1_767_225_600), "The token expired at '01/01/2026 00:00:00'" },
                { pool.Token(change: p => p["nbf"] = 1_767_225_601), "The token is not valid before '01/01/2026 00:00:01'" },
                { pool.Token(changeHeader: h => h["kid"] = "key-2"), "The signature key was not found" },
                { pool.Token()[..^10] + "AAAAAAAAAA", "The signature is invalid" },
                // Described as our scheme describes them.
                { pool.Token(change: p => p["iss"] = "https://stranger.example/\"\u00E9\r\n"), "The access token has another issuer." },
                { "x", "The access token is malformed." },
                { pool.Token(changeHeader: h => h.Remove("kid")), "The access token is malformed." },
                { new string('a', 16_385), "The access token is too long." },
                { pool.Token(changeHeader: h => h["alg"] = "none"), "The access token is signed in a way that is not accepted." },
                { pool.Token(changeHeader: h => h["crit"] = new JsonArray("x")), "The access token is signed in a way that is not accepted." },
                { pool.Token(change: p => p.Remove("exp")), "The access token has a claim that is missing or malformed." },
                { pool.Token(change: p => p["token_use"] = "id"), "The token is not an access token." },
                { pool.Token(change: p => p["client_id"] = "another"), "The app client is not accepted." },
                { pool.Token(change: p => p["jti"] = "refused"), "The access token was refused." },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Rejected), DisableDiscoveryEnumeration = true)]
    public async Task Rejected_token_gets_401_with_a_description_and_the_scopes_of_the_endpoint(string token, string description)
    {
        await using var api = await BearerApi.StartAsync(
            options: options => options.Verification.Checks.Add(claims => claims.TokenId == "refused" ? "no" : null));

        using var atScopes = await api.GetAsync("/", token);
        using var again = await api.GetAsync("/", token);
        using var atAny = await api.GetAsync("/any", token);

        atScopes.Is(HttpStatusCode.Unauthorized, $"Bearer error=\"invalid_token\", error_description=\"{description}\", scope=\"orders/read\"");
        again.Is(HttpStatusCode.Unauthorized, $"Bearer error=\"invalid_token\", error_description=\"{description}\", scope=\"orders/read\"");
        atAny.Is(HttpStatusCode.Unauthorized, $"Bearer error=\"invalid_token\", error_description=\"{description}\"");
    }

    [Fact]
    public async Task Request_without_a_token_gets_401_with_the_scopes_of_the_endpoint()
    {
        await using var api = await BearerApi.StartAsync();

        using var atScopes = await api.GetAsync("/");
        using var atAny = await api.GetAsync("/any");
        using var basic = await api.SendAsync("/", "Basic eDp5");

        atScopes.Is(HttpStatusCode.Unauthorized, "Bearer scope=\"orders/read\"");
        atAny.Is(HttpStatusCode.Unauthorized, "Bearer");
        basic.Is(HttpStatusCode.Unauthorized, "Bearer scope=\"orders/read\"");
    }

    [Fact]
    public async Task Request_with_several_tokens_is_rejected()
    {
        await using var api = await BearerApi.StartAsync();

        using var response = await api.SendAsync("/any", $"Bearer {Pool.Usual.Token()}", $"Bearer {Pool.Usual.Token()}");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("Bearer realm=\"orders\"", "Bearer realm=\"orders\", error=\"invalid_token\", error_description=\"The access token is malformed.\", scope=\"orders/read\"")]
    [InlineData("Token", "Token error=\"invalid_token\", error_description=\"The access token is malformed.\", scope=\"orders/read\"")]
    public async Task Property_Challenge_of_the_options_begins_the_challenge(string challenge, string expected)
    {
        await using var api = await BearerApi.StartAsync(bearer => bearer.Challenge = challenge);

        using var response = await api.GetAsync("/", "x");
        using var withoutToken = await api.GetAsync("/");
        using var withoutScope = await api.GetAsync("/", Pool.Usual.Token("orders/write"));

        response.Is(HttpStatusCode.Unauthorized, expected);
        withoutToken.Is(HttpStatusCode.Unauthorized, $"{challenge}{(challenge.Contains(' ', StringComparison.Ordinal) ? "," : "")} scope=\"orders/read\"");
        Assert.StartsWith(challenge, Assert.Single(withoutScope.Challenges()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Challenge_names_no_error_if_IncludeErrorDetails_is_false()
    {
        await using var api = await BearerApi.StartAsync(bearer => bearer.IncludeErrorDetails = false);

        using var rejected = await api.GetAsync("/", "x");
        using var forbidden = await api.GetAsync("/", Pool.Usual.Token("orders/write"));

        rejected.Is(HttpStatusCode.Unauthorized, "Bearer scope=\"orders/read\"");
        forbidden.Is(HttpStatusCode.Forbidden, "Bearer scope=\"orders/read\"");
    }

    [Fact]
    public async Task Token_without_the_scopes_of_the_endpoint_gets_403_that_names_them()
    {
        await using var api = await BearerApi.StartAsync(app =>
        {
            app.MapGet("/", () => "in").RequireCognitoScope("orders/read", "orders/write");
            app.MapGet("/forbidden", () => "in").RequireAuthorization(policy => policy.RequireClaim("tenant").AddAuthenticationSchemes(BearerApi.Scheme));
        });

        using var response = await api.GetAsync("/", Pool.Usual.Token("orders/write"));
        using var forbidden = await api.GetAsync("/forbidden", Pool.Usual.Token("orders/write"));

        response.Is(
            HttpStatusCode.Forbidden,
            "Bearer error=\"insufficient_scope\", error_description=\"The access token lacks a scope.\", scope=\"orders/read orders/write\"");
        forbidden.Is(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Challenge_names_the_scopes_of_the_settings_and_the_scopes_of_the_endpoint()
    {
        await using var api = await BearerApi.StartAsync(options: options =>
        {
            options.Verification.AllOfScopes = ["base/a"];
            options.Verification.AnyOfScopes = ["orders/list", "orders/export"];
        });

        using var anonymous = await api.GetAsync("/");
        using var lacksOfSettings = await api.GetAsync("/any", Pool.Usual.Token("base/a"));
        using var lacksOfEndpoint = await api.GetAsync("/", Pool.Usual.Token("base/a orders/list"));

        const string Insufficient = "Bearer error=\"insufficient_scope\", error_description=\"The access token lacks a scope.\"";
        anonymous.Is(HttpStatusCode.Unauthorized, "Bearer scope=\"base/a orders/list orders/export orders/read\"");
        lacksOfSettings.Is(HttpStatusCode.Forbidden, $"{Insufficient}, scope=\"base/a orders/list orders/export\"");
        lacksOfEndpoint.Is(HttpStatusCode.Forbidden, $"{Insufficient}, scope=\"base/a orders/list orders/export orders/read\"");
    }

    [Fact]
    public async Task Body_of_an_error_is_empty_as_with_JwtBearer_alone()
    {
        await using var api = await BearerApi.StartAsync();

        using var response = await api.GetAsync("/", "x");

        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }
}
