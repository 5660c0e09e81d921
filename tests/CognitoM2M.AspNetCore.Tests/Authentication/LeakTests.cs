using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace CognitoM2M.AspNetCore.Tests.Authentication;

public sealed class LeakTests
{
    [Fact]
    public async Task No_part_of_a_token_is_logged_at_any_level()
    {
        var keys = new KeyServer();
        await using var api = await Api.StartAsync(
            app => app.MapGet("/", () => "in").RequireCognitoScope("orders/read"),
            options =>
            {
                options.Jwks = null;
                options.CreateKeySetHttpClient = keys.Client;
            });
        string[] tokens =
        [
            Pool.Usual.Token(),
            Pool.Usual.Token("x/y"),
            Pool.Usual.Token(change: payload => payload["token_use"] = "id"),
            Pool.Usual.Token(change: payload => payload["client_id"] = "stranger"),
            Pool.Usual.Token(change: payload => payload["iss"] = "https://stranger.example"),
            Pool.Usual.Token(change: payload => payload["exp"] = 1),
            Pool.Usual.Token(change: payload => payload["exp"] = "soon"),
            Pool.Usual.Token(changeHeader: header => header["kid"] = "unknown"),
            Pool.Usual.Token(changeHeader: header => header["alg"] = "none"),
            Pool.Usual.Token() + "=",
            Pool.Usual.Token()[..^10] + "AAAAAAAAAA",
            $"{Pool.Usual.Token()}.{Pool.Usual.Token()}",
        ];

        foreach (var token in tokens)
        {
            using var response = await api.GetAsync("/", token);
            using var beside = await api.SendAsync("/", $"Bearer {token}", "Basic x");
        }

        var lines = api.Log.Lines.ToList();
        Assert.Contains(lines, line => line.StartsWith("Trace", StringComparison.Ordinal) || line.StartsWith("Debug", StringComparison.Ordinal));
        Assert.True(lines.Count(line => line.Contains("was rejected", StringComparison.Ordinal)) >= 10);
        var parts = tokens.SelectMany(token => token.Split('.')).Where(part => part.Length > 20).Select(part => part[..20]).Distinct().ToList();
        Assert.All(lines, line => Assert.DoesNotContain(parts, part => line.Contains(part, StringComparison.Ordinal)));
    }
}
