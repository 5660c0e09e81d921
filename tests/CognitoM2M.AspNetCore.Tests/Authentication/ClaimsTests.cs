using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore.Tests.Authentication;

/// <summary>How the claims of a token become claims of an identity.</summary>
public sealed class ClaimsTests
{
    [Fact]
    public async Task Client_id_is_the_name_and_each_scope_is_one_claim()
    {
        var seen = await SeeAsync(Pool.Usual.Token(" orders/read  orders/write "));

        Assert.Equal((Pool.Client, "CognitoM2M"), (seen.Name, seen.AuthenticationType));
        Assert.Equal(
            ["client_id=ordersclient (string)", "exp=1767229200 (integer64)", "iat=1767225600 (integer64)",
                "iss=https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123 (string)", "jti=e5d9f1f0 (string)", "scope=orders/read (string)",
                "scope=orders/write (string)", "sub=ordersclient (string)", "token_use=access (string)"],
            seen.Claims.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""["a","b"]""", new[] { "x=a (string)", "x=b (string)" })]
    [InlineData("""["a",1,true,null,["b"],{"c":1}]""", new[] { "x=a (string)", "x=1 (integer64)", "x=true (boolean)", "x=[\"b\"] (JSON)", "x={\"c\":1} (JSON)" })]
    [InlineData("[]", new string[0])]
    [InlineData("null", new string[0])]
    [InlineData("false", new[] { "x=false (boolean)" })]
    [InlineData("-7", new[] { "x=-7 (integer64)" })]
    [InlineData("1.50", new[] { "x=1.50 (double)" })]
    [InlineData("1e999999999", new[] { "x=1e999999999 (double)" })]
    [InlineData("99999999999999999999", new[] { "x=99999999999999999999 (double)" })]
    [InlineData("""{"scope":"orders/admin"}""", new[] { """x={"scope":"orders/admin"} (JSON)""" })]
    [InlineData("\"\"", new[] { "x= (string)" })]
    public async Task JSON_value_of_any_type_becomes_claims(string value, string[] expected)
    {
        var seen = await SeeAsync(Pool.Usual.Token(change: payload => payload["x"] = JsonNode.Parse(value)));

        Assert.Equal(expected, seen.Claims.Where(claim => claim.StartsWith("x=", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Issuer_of_each_claim_is_the_user_pool()
    {
        string[]? issuers = null;
        await using var api = await Api.StartAsync(app => app.MapGet("/", (HttpContext context) =>
            issuers = [.. context.User.Claims.Select(claim => claim.Issuer).Distinct()]).RequireAuthorization());

        using var response = await api.GetAsync("/", Pool.Usual.Token(change: payload => payload["list"] = new JsonArray("a")));

        Assert.Equal([Pool.Usual.Issuer], issuers!);
    }

    [Fact]
    public async Task Groups_of_a_user_become_roles()
    {
        await using var api = await Api.StartAsync(app => app.MapGet("/", () => "in").RequireAuthorization(policy => policy.RequireRole("admins")));

        using var member = await api.GetAsync("/", Pool.Usual.Token(change: p => p["cognito:groups"] = new JsonArray("users", "admins")));
        using var other = await api.GetAsync("/", Pool.Usual.Token(change: p => p["cognito:groups"] = new JsonArray("users")));
        using var machine = await api.GetAsync("/", Pool.Usual.Token());
        using var smuggler = await api.GetAsync("/", Pool.Usual.Token(change: p => p["Cognito:Groups"] = new JsonArray("admins")));

        member.Is(HttpStatusCode.OK);
        other.Is(HttpStatusCode.Forbidden);
        machine.Is(HttpStatusCode.Forbidden);
        smuggler.Is(HttpStatusCode.Forbidden);
    }

    /// <summary>.NET searches the claims of an identity without regard to upper and lower case.</summary>
    [Theory]
    [InlineData("Scope", "\"orders/admin\"")]
    [InlineData("SCOPE", "[\"orders/admin\"]")]
    [InlineData("scopes", "[\"orders/admin\"]")]
    [InlineData("scp", "\"orders/admin\"")]
    [InlineData("x", "{\"scope\":\"orders/admin\"}")]
    [InlineData("scope ", "\"orders/admin\"")]
    [InlineData("http://schemas.microsoft.com/identity/claims/scope", "\"orders/admin\"")]
    public async Task Other_claims_cannot_grant_a_scope(string name, string value)
    {
        await using var api = await Api.StartAsync(app =>
        {
            app.MapGet("/ours", () => "in").RequireCognitoScope("orders/admin");
            app.MapGet("/theirs", () => "in").RequireAuthorization(policy => policy.RequireClaim("scope", "orders/admin"));
        });
        var token = Pool.Usual.Token(change: payload => payload[name] = JsonNode.Parse(value));

        using var ours = await api.GetAsync("/ours", token);
        using var theirs = await api.GetAsync("/theirs", token);

        Assert.Equal(HttpStatusCode.Forbidden, ours.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, theirs.StatusCode);
    }

    [Fact]
    public async Task Other_claims_cannot_change_the_name_of_the_identity()
    {
        var seen = await SeeAsync(Pool.Usual.Sign(
            $$"""{"CLIENT_ID":"root","name":"root","client_id":"{{Pool.Client}}","Sub":"root","sub":"s","iss":"{{Pool.Usual.Issuer}}","exp":1767229200,"token_use":"access"}"""));

        Assert.Equal(Pool.Client, seen.Name);
        Assert.DoesNotContain(seen.Claims, claim => claim.StartsWith("Sub=", StringComparison.Ordinal) || claim.StartsWith("CLIENT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ticket_expires_together_with_the_token()
    {
        AuthenticationProperties? properties = null;
        await using var api = await Api.StartAsync(app => app.MapGet("/", (HttpContext context) =>
        {
            properties = context.Features.Get<IAuthenticateResultFeature>()!.AuthenticateResult!.Properties;
        }).RequireCognitoScope("orders/read"));

        using var response = await api.GetAsync("/", Pool.Usual.Token());

        Assert.Equal(api.Clock.GetUtcNow().AddHours(1), properties!.ExpiresUtc);
    }

    private static async Task<SeenUser> SeeAsync(string token)
    {
        await using var api = await Api.StartAsync(app => app.MapGet("/", (HttpContext context) => Results.Json(SeenUser.Describe(context))).RequireAuthorization());

        using var response = await api.GetAsync("/", token);

        response.Is(HttpStatusCode.OK);
        return (await response.Content.ReadFromJsonAsync<SeenUser>())!;
    }
}
