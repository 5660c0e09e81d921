using System.Security.Claims;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore.Tests.Authentication;

/// <summary>Several requests with one token. What is the same in all of them is created once; what a handler changes must stay in its request.</summary>
public sealed class RepeatedTokenTests
{
    [Fact]
    public async Task Claims_that_a_handler_changes_are_changed_in_its_request_only()
    {
        var isFirst = true;
        await using var api = await StartAsync(context =>
        {
            var identity = context.Principal!.Identities.Single();
            if (isFirst)
            {
                identity.AddClaim(new Claim("tenant", "acme"));
                identity.RemoveClaim(identity.FindFirst("jti"));
                identity.FindFirst("sub")!.Properties["seen"] = "yes";
            }

            isFirst = false;
        });
        var token = Pool.Usual.Token();

        var first = await ReadAsync(api, token);
        var second = await ReadAsync(api, token);

        Assert.Contains("tenant=acme;", first, StringComparison.Ordinal);
        Assert.DoesNotContain("jti=", first, StringComparison.Ordinal);
        Assert.DoesNotContain("tenant=", second, StringComparison.Ordinal);
        Assert.Contains("jti=e5d9f1f0;", second, StringComparison.Ordinal);
        Assert.DoesNotContain("(seen)", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handler_that_changes_properties_does_not_change_them_for_other_requests()
    {
        var isFirst = true;
        await using var api = await StartAsync(context =>
        {
            if (isFirst)
            {
                context.Properties.Items["seen"] = "yes";
                context.Properties.ExpiresUtc = null;
            }

            isFirst = false;
        });
        var token = Pool.Usual.Token();

        var first = await ReadAsync(api, token);
        var second = await ReadAsync(api, token);

        Assert.Contains("[seen]", first, StringComparison.Ordinal);
        Assert.DoesNotContain("[.expires]", first, StringComparison.Ordinal);
        Assert.DoesNotContain("[seen]", second, StringComparison.Ordinal);
        Assert.Contains("[.expires]", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_with_one_token_have_identities_of_their_own()
    {
        var seen = new List<ClaimsIdentity>();
        await using var api = await StartAsync(context => seen.Add(context.Principal!.Identities.Single()));
        var token = Pool.Usual.Token();

        var first = await ReadAsync(api, token);
        var second = await ReadAsync(api, token);

        Assert.Equal(first, second);
        Assert.NotSame(seen[0], seen[1]);
        Assert.All(seen, identity => Assert.All(identity.Claims, claim => Assert.Same(identity, claim.Subject)));
    }

    private static Task<Api> StartAsync(Action<CognitoTokenVerifiedContext> verified) => Api.StartAsync(
        app => app.MapGet("/", (Delegate)DescribeAsync).RequireCognitoScope("orders/read"),
        options => options.Events.OnTokenVerified = context =>
        {
            verified(context);
            return Task.CompletedTask;
        });

    private static async Task<string> ReadAsync(Api api, string token)
    {
        using var response = await api.GetAsync("/", token);
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task<string> DescribeAsync(HttpContext context)
    {
        var properties = (await context.AuthenticateAsync()).Properties!;
        var claims = context.User.Claims.Select(claim => $"{claim.Type}={claim.Value};{string.Concat(claim.Properties.Keys.Select(key => $"({key})"))}");
        return string.Concat([.. claims, .. properties.Items.Keys.Select(key => $"[{key}]")]);
    }
}
