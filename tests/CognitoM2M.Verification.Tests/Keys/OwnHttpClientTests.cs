using CognitoM2M.Testing;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Keys;

namespace CognitoM2M.Verification.Tests.Keys;

/// <summary>The HttpClient that the verifier creates for itself, against a real server.</summary>
public sealed class OwnHttpClientTests
{
    [Fact]
    public async Task Keys_are_downloaded_without_an_HttpClient_of_the_application()
    {
        await using var server = new LoopbackServer((_, _) => TestKey.CreateKeySet(TestKey.Access));
        using var verifier = new CognitoAccessTokenVerifier(CreateOptions(server), timeProvider: new ManualClock());

        Assert.True((await verifier.VerifyAsync(TestToken.Valid)).IsValid);
        Assert.Equal("/keys", Assert.Single(server.Requests).Path);
    }

    [Fact]
    public async Task Redirect_is_not_followed()
    {
        await using var server = new LoopbackServer((request, response) =>
        {
            if (request.Path == "/keys")
                response.Redirect("/elsewhere");
            return TestKey.CreateKeySet(TestKey.Access);
        });
        using var verifier = new CognitoAccessTokenVerifier(CreateOptions(server), timeProvider: new ManualClock());

        Assert.False(await verifier.LoadKeysAsync());

        Assert.Equal("the server answered with status 302", verifier.KeySets[0].Problem);
        Assert.Equal("/keys", Assert.Single(server.Requests).Path);
    }

    [Fact]
    public async Task Cookie_of_the_server_is_not_sent_back()
    {
        await using var server = new LoopbackServer((_, response) =>
        {
            response.Headers.Add("Set-Cookie", "session=1; Path=/");
            return "";
        });
        using var http = KeySetHttpClient.Create();

        for (var i = 0; i < 2; i++)
            await http.GetStringAsync(server.Address);

        Assert.Equal([null, null], server.Requests.Select(request => request.Cookie));
    }

    [Fact]
    public async Task Disposed_verifier_closes_its_HttpClient_and_keeps_its_keys()
    {
        await using var server = new LoopbackServer((_, _) => TestKey.CreateKeySet(TestKey.Access));
        var verifier = new CognitoAccessTokenVerifier(CreateOptions(server), timeProvider: new ManualClock());
        await verifier.LoadKeysAsync();

        verifier.Dispose();

        Assert.True((await verifier.VerifyAsync(TestToken.Valid)).IsValid);
    }

    private static CognitoAccessTokenVerifierOptions CreateOptions(LoopbackServer server) => new()
    {
        UserPools = [new TrustedUserPool { UserPoolId = TestToken.PoolId, ClientIds = [TestToken.ClientId], JwksUri = new Uri(server.Address, "keys") }],
    };
}
