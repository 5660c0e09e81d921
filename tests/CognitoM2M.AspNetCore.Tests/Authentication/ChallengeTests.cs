using System.Net;
using System.Text.Json.Nodes;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore.Tests.Authentication;

/// <summary>The header WWW-Authenticate of responses to callers whose token is missing, rejected, or lacks a scope (RFC 6750, section 3).</summary>
public sealed class ChallengeTests
{
    private const string Invalid = "Bearer realm=\"CognitoM2M\", error=\"invalid_token\", error_description=\"{0}\", scope=\"orders/read\"";

    private const string Insufficient =
        "Bearer realm=\"CognitoM2M\", error=\"insufficient_scope\", error_description=\"The access token lacks a scope.\", scope=\"{0}\"";

    public static TheoryData<string, string> Rejected
    {
        get
        {
            var pool = Pool.Usual;
            var whole = pool.Token();
            return new()
            {
                { "x", "The access token is malformed." },
                { "a.b.c.d.e", "The access token is malformed." },
                { whole + "=", "The access token is malformed." },
                { $"{whole}, Bearer {whole}", "The access token is malformed." },
                { pool.Sign("[]"), "The access token is malformed." },
                { pool.Sign("""{"iss":"a","iss":"a"}"""), "The access token is malformed." },
                { pool.Token(changeHeader: h => h.Remove("kid")), "The access token is malformed." },
                { pool.Token(changeHeader: h => h["kid"] = 1), "The access token is malformed." },
                { new string('a', 16_385), "The access token is too long." },
                { pool.Token(changeHeader: h => h["alg"] = "none"), "The access token is signed in a way that is not accepted." },
                { pool.Token(changeHeader: h => h["crit"] = new JsonArray("x")), "The access token is signed in a way that is not accepted." },
                { pool.Token(change: p => p.Remove("exp")), "The access token has a claim that is missing or malformed." },
                { pool.Token(change: p => p["scope"] = new JsonArray("orders/read")), "The access token has a claim that is missing or malformed." },
                { pool.Token(change: p => p["scope"] = new JsonObject { ["scope"] = "orders/read" }), "The access token has a claim that is missing or malformed." },
                { pool.Token(change: p => p["iss"] = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other"), "The access token has another issuer." },
                { pool.Token(changeHeader: h => h["kid"] = "key-2"), "The signature of the access token is not valid." },
                { whole[..^10] + "AAAAAAAAAA", "The signature of the access token is not valid." },
                { pool.Token(change: p => p["exp"] = 1_767_225_600), "The access token expired." },
                { pool.Token(change: p => p["nbf"] = 1_767_225_601), "The access token is not valid yet." },
                { pool.Token(change: p => p["token_use"] = "id"), "The token is not an access token." },
                { pool.Token(change: p => p["client_id"] = "another"), "The app client is not accepted." },
                { pool.Token(change: p => p["jti"] = "refused by a check"), "The access token was refused." },
            };
        }
    }

    [Fact]
    public async Task Challenge_without_a_token_names_realm_and_scopes_but_no_error()
    {
        await using var api = await StartAsync();

        using var response = await api.GetAsync("/orders");

        response.Is(HttpStatusCode.Unauthorized, "Bearer realm=\"CognitoM2M\", scope=\"orders/read\"");
    }

    [Fact]
    public async Task Token_with_the_scope_is_accepted()
    {
        await using var api = await StartAsync();

        using var response = await api.GetAsync("/orders", Pool.Usual.Token("orders/write orders/read"));

        response.Is(HttpStatusCode.OK);
        Assert.Equal("orders", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [MemberData(nameof(Rejected))]
    public async Task Challenge_for_a_rejected_token_describes_the_rule_that_was_broken(string token, string description)
    {
        await using var api = await StartAsync();

        using var response = await api.GetAsync("/orders", token);

        response.Is(HttpStatusCode.Unauthorized, Invalid.Replace("{0}", description, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("orders/write")]
    [InlineData("orders/rea")]
    [InlineData("orders/read2")]
    [InlineData("Orders/Read")]
    [InlineData("\torders/read")]
    [InlineData("orders/read\n")]
    [InlineData("orders/read,orders/write")]
    public async Task Challenge_for_a_missing_scope_names_the_scope(string? scope)
    {
        await using var api = await StartAsync();

        using var response = await api.GetAsync("/orders", Pool.Usual.Token(scope));

        response.Is(HttpStatusCode.Forbidden, Insufficient.Replace("{0}", "orders/read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Scopes_that_the_scheme_requires_of_every_token_are_named_too()
    {
        await using var api = await StartAsync(options =>
        {
            options.Verification.AllOfScopes = ["base/a"];
            options.Verification.AnyOfScopes = ["base/b", "base/c"];
        });

        using var anonymous = await api.GetAsync("/orders");
        using var lacksOfScheme = await api.GetAsync("/orders", Pool.Usual.Token("orders/read base/b"));
        using var lacksOfEndpoint = await api.GetAsync("/orders", Pool.Usual.Token("base/a base/b"));

        // A client that requests exactly the scopes of one answer gets in with the next token.
        const string All = "base/a base/b base/c orders/read";
        anonymous.Is(HttpStatusCode.Unauthorized, $"Bearer realm=\"CognitoM2M\", scope=\"{All}\"");
        Assert.All([lacksOfScheme, lacksOfEndpoint], response => response.Is(HttpStatusCode.Forbidden, Insufficient.Replace("{0}", All, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Descriptions_can_be_left_out()
    {
        await using var api = await StartAsync(options => options.IncludeErrorDescription = false);

        using var rejected = await api.GetAsync("/orders", "x");
        using var forbidden = await api.GetAsync("/orders", Pool.Usual.Token("x/y"));

        rejected.Is(HttpStatusCode.Unauthorized, "Bearer realm=\"CognitoM2M\", error=\"invalid_token\", scope=\"orders/read\"");
        forbidden.Is(HttpStatusCode.Forbidden, "Bearer realm=\"CognitoM2M\", error=\"insufficient_scope\", scope=\"orders/read\"");
    }

    [Fact]
    public async Task Realm_is_quoted()
    {
        await using var api = await StartAsync(options => options.Realm = """the "best" \ orders""");

        using var response = await api.GetAsync("/orders");

        response.Is(HttpStatusCode.Unauthorized, """Bearer realm="the \"best\" \\ orders", scope="orders/read" """.TrimEnd());
    }

    [Fact]
    public async Task Challenge_names_no_scopes_if_another_requirement_failed()
    {
        await using var api = await Api.StartAsync(app => app.MapGet("/orders", () => "orders")
            .RequireCognitoScope("orders/read")
            .RequireAuthorization(policy => policy.RequireClaim("tenant")));

        using var response = await api.GetAsync("/orders", Pool.Usual.Token());

        response.Is(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Endpoint_may_challenge_or_forbid_a_caller_with_a_valid_token()
    {
        await using var api = await Api.StartAsync(app =>
        {
            app.MapGet("/challenge", () => Results.Challenge(authenticationSchemes: ["CognitoM2M"]));
            app.MapGet("/forbid", () => Results.Forbid(authenticationSchemes: ["CognitoM2M"]));
        });

        using var challenged = await api.GetAsync("/challenge", Pool.Usual.Token());
        using var forbidden = await api.GetAsync("/forbid", Pool.Usual.Token());

        challenged.Is(HttpStatusCode.Unauthorized, "Bearer realm=\"CognitoM2M\"");
        forbidden.Is(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Values_from_the_token_never_appear_in_a_response_header()
    {
        const string Mark = "mark\", error=\"none\r\nX-Injected: 1";
        await using var api = await StartAsync(options => options.Events.OnTokenVerified = context =>
        {
            if (context.Claims.Payload.TryGetProperty("refuse", out var why))
                context.Fail(why.GetString()!);
            return Task.CompletedTask;
        });

        foreach (var token in (string[])
        [
            Pool.Usual.Token(Mark),
            Pool.Usual.Token(change: p => p["refuse"] = Mark),
            Pool.Usual.Token(change: p => p["client_id"] = Mark),
            Pool.Usual.Token(change: p => p["iss"] = Mark),
            Pool.Usual.Token(change: p => p["token_use"] = Mark),
            Pool.Usual.Token(changeHeader: h => h["kid"] = Mark),
            Pool.Usual.Token(changeHeader: h => h["alg"] = Mark),
        ])
        {
            using var response = await api.GetAsync("/orders", token);

            Assert.True(response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
            Assert.DoesNotContain("mark", response.Headers.ToString(), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("X-Injected", response.Headers.ToString(), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Token_never_appears_in_a_response_header()
    {
        await using var api = await StartAsync();

        foreach (var token in Rejected.Select(row => (string)row[0]).Append(Pool.Usual.Token()).Append(Pool.Usual.Token("x/y")).Where(token => token.Length > 20))
        {
            using var response = await api.GetAsync("/orders", token);

            Assert.DoesNotContain(token.Split('.')[^1], response.Headers.ToString(), StringComparison.Ordinal);
        }
    }

    private static Task<Api> StartAsync(Action<CognitoM2MAuthenticationOptions>? options = null) => Api.StartAsync(
        app => app.MapGet("/orders", () => "orders").RequireCognitoScope("orders/read"),
        o =>
        {
            o.Verification.Checks = [claims => claims.TokenId == "refused by a check" ? "a check said so" : null];
            options?.Invoke(o);
        });
}
