using CognitoM2M.Lambda.Tests.Support;
using CognitoM2M.Testing.Verdicts;

namespace CognitoM2M.Lambda.Tests;

/// <summary>No token leaves the authorizer.</summary>
public sealed class LeakTests
{
    [Fact]
    public async Task Token_is_in_no_answer_no_exception_and_no_log_line()
    {
        using var setup = new AuthorizerSetup(new RouteScopes().Require("GET /orders", "orders/read").Refuse("GET /orders/{id}"));
        string[] tokens = [TestToken.Valid, TestToken.Create(TestToken.Payload, TestKey.Attacker), TestToken.Create(TestToken.Payload.WithNumber("exp", 1))];
        var seen = new List<string>();
        foreach (var token in tokens)
        {
            foreach (var kind in GatewayEvent.Kinds)
            {
                foreach (var request in (string[])["GET /orders", "GET /orders/1", "GET /other"])
                    seen.Add(await AskAsync(setup, GatewayEvent.Create(kind, request, null, $"Bearer {token}").ToBytes()));
            }
        }

        seen.AddRange(setup.Log.Lines);

        Assert.NotEmpty(setup.Log.Lines);
        Assert.All(tokens.SelectMany(token => token.Split('.')), part => Assert.All(seen, text => Assert.DoesNotContain(part, text, StringComparison.Ordinal)));
    }

    private static async Task<string> AskAsync(AuthorizerSetup setup, byte[] request)
    {
        try
        {
            return System.Text.Encoding.UTF8.GetString(await setup.Authorizer.AuthorizeAsync(request));
        }
        catch (Exception e) when (e is ApiGatewayUnauthorizedException or ApiGatewayAuthorizerException)
        {
            return e.ToString();
        }
    }
}
