using System.Net;
using System.Text.Json.Nodes;
using CognitoM2M.AspNetCore.Tests.Support;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Tests.Authentication;

/// <summary>Schemes that accept ID tokens.</summary>
public sealed class IdTokenTests
{
    [Theory]
    [InlineData(AcceptedTokens.Access, true, false)]
    [InlineData(AcceptedTokens.Id, false, true)]
    [InlineData(AcceptedTokens.AccessAndId, true, true)]
    public async Task Scheme_accepts_the_kinds_of_tokens_that_its_options_name(AcceptedTokens accepted, bool access, bool id)
    {
        await using var api = await StartAsync(accepted);

        // The second request finds the token in the cache.
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(access, await api.AcceptsAsync(Pool.Usual.Token()));
            Assert.Equal(id, await api.AcceptsAsync(Pool.Usual.IdToken()));
        }
    }

    public static TheoryData<string, Action<JsonObject>> Mixtures { get; } = new()
    {
        { "no token_use", payload => payload.Remove("token_use") },
        { "another token_use", payload => payload["token_use"] = "refresh" },
        { "token_use in another case", payload => payload["token_use"] = "Id" },
        { "a list of token_use", payload => payload["token_use"] = new JsonArray("id", "access") },
        { "access, without client_id", payload => payload["token_use"] = "access" },
        { "id, with another client_id", payload => payload["client_id"] = "stranger" },
        { "id, with aud in a list", payload => payload["aud"] = new JsonArray(Pool.Client) },
        { "id, with another aud and the right client_id", payload => (payload["aud"], payload["client_id"]) = ("stranger", Pool.Client) },
        { "access, with another client_id and the right aud", payload => (payload["token_use"], payload["client_id"]) = ("access", "stranger") },
    };

    [Theory]
    [MemberData(nameof(Mixtures), DisableDiscoveryEnumeration = true)]
    public async Task Token_with_claims_of_both_kinds_is_rejected(string name, Action<JsonObject> change)
    {
        foreach (var accepted in Enum.GetValues<AcceptedTokens>())
        {
            await using var api = await StartAsync(accepted);

            Assert.False(await api.AcceptsAsync(Pool.Usual.IdToken(change)), $"{name}, {accepted}");
        }
    }

    [Theory]
    [InlineData("access", "id")]
    [InlineData("id", "access")]
    [InlineData("id", "id")]
    public async Task Token_with_two_token_uses_is_rejected(string first, string second)
    {
        var payload = Pool.Usual.CreateIdPayload().ToJsonString().Replace("\"token_use\":\"id\"", $"\"token_use\":\"{first}\",\"client_id\":\"{Pool.Client}\",\"token_use\":\"{second}\"", StringComparison.Ordinal);
        foreach (var accepted in Enum.GetValues<AcceptedTokens>())
        {
            await using var api = await StartAsync(accepted);

            Assert.False(await api.AcceptsAsync(Pool.Usual.Sign(payload)), $"{accepted}");
        }
    }

    [Fact]
    public async Task Identity_is_the_user_with_the_groups_as_roles()
    {
        await using var api = await StartAsync(AcceptedTokens.AccessAndId);

        Assert.Equal("jane of admins readers, email jane@example.com", await ReadAsync(api, "/who", Pool.Usual.IdToken()));
        Assert.Equal($"{Pool.Client} of , email ", await ReadAsync(api, "/who", Pool.Usual.Token()));
    }

    [Fact]
    public async Task Name_of_the_identity_can_be_another_claim()
    {
        await using var api = await StartAsync(AcceptedTokens.Id, options => options.NameClaimType = "email");

        Assert.StartsWith("jane@example.com of", await ReadAsync(api, "/who", Pool.Usual.IdToken()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scope_in_an_ID_token_permits_nothing()
    {
        await using var api = await StartAsync(AcceptedTokens.AccessAndId);

        using var idToken = await api.GetAsync("/scope", Pool.Usual.IdToken(payload => payload["scope"] = "orders/read"));
        using var other = await api.GetAsync("/scope", Pool.Usual.IdToken(payload => payload["Scope"] = "orders/read"));
        using var accessToken = await api.GetAsync("/scope", Pool.Usual.Token());

        Assert.Equal(HttpStatusCode.Forbidden, idToken.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        accessToken.Is(HttpStatusCode.OK);
        Assert.Contains(api.Log.Lines, line => line.Contains($"forbidden, because a scope is missing. App client {Pool.Client} holds the scopes []", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Group_requirement_is_checked_with_the_groups_of_an_ID_token()
    {
        await using var api = await StartAsync(AcceptedTokens.Id);

        using var inGroup = await api.GetAsync("/group", Pool.Usual.IdToken());
        using var outside = await api.GetAsync("/group", Pool.Usual.IdToken(payload => payload["cognito:groups"] = new JsonArray("readers")));

        inGroup.Is(HttpStatusCode.OK);
        outside.Is(HttpStatusCode.Forbidden);
        Assert.Contains(api.Log.Lines, line => line.Contains($"App client {Pool.Client} called for the user jane, who is in the groups [readers]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_is_saved_under_the_name_of_its_kind()
    {
        await using var api = await StartAsync(AcceptedTokens.AccessAndId);
        var (id, access) = (Pool.Usual.IdToken(), Pool.Usual.Token());

        Assert.Equal($"id_token {id}; access_token ", await ReadAsync(api, "/saved", id));
        Assert.Equal($"id_token ; access_token {access}", await ReadAsync(api, "/saved", access));
    }

    [Fact]
    public async Task Event_handler_sees_the_claims_of_either_kind()
    {
        List<(string, bool, bool, string?)> seen = [];
        await using var api = await StartAsync(AcceptedTokens.AccessAndId, options => options.Events.OnTokenVerified = context =>
        {
            seen.Add((context.Claims.ClientId, context.AccessTokenClaims is not null, context.IdTokenClaims is not null, context.IdTokenClaims?.Email));
            return Task.CompletedTask;
        });

        await api.AcceptsAsync(Pool.Usual.IdToken());
        await api.AcceptsAsync(Pool.Usual.Token());

        Assert.Equal([(Pool.Client, false, true, "jane@example.com"), (Pool.Client, true, false, null)], seen);
    }

    [Theory]
    [InlineData(AcceptedTokens.Access, true, "The token is not an access token.", "an ID token; set AcceptedTokens to Id or AccessAndId to accept ID tokens")]
    [InlineData(AcceptedTokens.Id, false, "The token is not an ID token.", "an access token; set AcceptedTokens to Access or AccessAndId to accept access tokens")]
    public async Task Caller_learns_that_the_token_is_of_the_wrong_kind_and_the_log_names_the_setting(AcceptedTokens accepted, bool isIdToken, string description, string hint)
    {
        await using var api = await StartAsync(accepted);

        using var response = await api.GetAsync("/", isIdToken ? Pool.Usual.IdToken() : Pool.Usual.Token());

        response.Is(HttpStatusCode.Unauthorized, $"Bearer realm=\"CognitoM2M\", error=\"invalid_token\", error_description=\"{description}\"");
        Assert.Contains(hint, Assert.Single(api.Log.Lines, line => line.StartsWith("Information", StringComparison.Ordinal) && line.Contains("was rejected", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Challenges_of_a_scheme_that_accepts_ID_tokens_do_not_name_access_tokens_alone()
    {
        await using var api = await StartAsync(AcceptedTokens.AccessAndId);

        using var expired = await api.GetAsync("/", Pool.Usual.IdToken(payload => payload["exp"] = 1));
        using var other = await api.GetAsync("/", Pool.Usual.IdToken(payload => payload["token_use"] = "refresh"));

        expired.Is(HttpStatusCode.Unauthorized, "Bearer realm=\"CognitoM2M\", error=\"invalid_token\", error_description=\"The token expired.\"");
        other.Is(HttpStatusCode.Unauthorized, "Bearer realm=\"CognitoM2M\", error=\"invalid_token\", error_description=\"The token is neither an access token nor an ID token.\"");
    }

    [Theory]
    [InlineData(AcceptedCallers.Machines, true, false)]
    [InlineData(AcceptedCallers.Users, false, true)]
    public async Task Scheme_accepts_only_the_kinds_of_callers_that_are_configured(AcceptedCallers callers, bool machine, bool user)
    {
        await using var api = await StartAsync(AcceptedTokens.Access, options => options.Verification.AcceptedCallers = callers);

        Assert.Equal(machine, await api.AcceptsAsync(Pool.Usual.Token()));
        Assert.Equal(user, await api.AcceptsAsync(Pool.Usual.Token(change: payload => (payload["sub"], payload["username"]) = ("11aa22bb", "jane"))));
    }

    [Fact]
    public async Task Checks_for_ID_tokens_run_at_every_use()
    {
        var isBlocked = false;
        await using var api = await StartAsync(AcceptedTokens.Id, options => options.IdTokenChecks.Add(claims => isBlocked && claims.Email == "jane@example.com" ? "blocked" : null));

        Assert.True(await api.AcceptsAsync(Pool.Usual.IdToken()));
        isBlocked = true;
        Assert.False(await api.AcceptsAsync(Pool.Usual.IdToken()));
    }

    [Fact]
    public async Task Both_kinds_share_one_download_of_the_keys()
    {
        using var keys = new KeyServer();
        await using var api = await StartAsync(AcceptedTokens.AccessAndId, options => (options.Jwks, options.CreateKeySetHttpClient) = (null, keys.Client));

        Assert.True(await api.AcceptsAsync(Pool.Usual.IdToken()));
        Assert.True(await api.AcceptsAsync(Pool.Usual.Token()));

        Assert.Single(keys.Requests);
    }

    private static async Task<string> ReadAsync(Api api, string path, string token)
    {
        using var response = await api.GetAsync(path, token);
        return await response.Content.ReadAsStringAsync();
    }

    private static Task<Api> StartAsync(AcceptedTokens accepted, Action<CognitoM2MAuthenticationOptions>? options = null) => Api.StartAsync(
        app =>
        {
            app.MapGet("/", () => "in").RequireAuthorization();
            app.MapGet("/scope", () => "in").RequireCognitoScope("orders/read");
            app.MapGet("/group", () => "in").RequireCognitoGroup("admins");
            app.MapGet("/who", (HttpContext context) =>
                $"{context.User.Identity!.Name} of {string.Join(' ', new[] { "admins", "readers", "owners" }.Where(context.User.IsInRole))}, email {context.User.FindFirst("email")?.Value}").RequireAuthorization();
            app.MapGet("/saved", async (HttpContext context) =>
                $"id_token {await context.GetTokenAsync("id_token")}; access_token {await context.GetTokenAsync("access_token")}").RequireAuthorization();
        },
        o =>
        {
            o.AcceptedTokens = accepted;
            options?.Invoke(o);
        });
}
