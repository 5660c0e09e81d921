using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CognitoM2M.Testing.Tests;

/// <summary>The tests that an author of an API writes: docs/testing.md shows the same.</summary>
public sealed class ApiTests(CognitoFixture cognito) : IClassFixture<CognitoFixture>
{
    [Fact]
    public async Task Token_with_the_scope_is_accepted()
    {
        Assert.Equal(HttpStatusCode.OK, await GetOrdersAsync(cognito.Token("orders/read")));
    }

    [Fact]
    public async Task Token_without_the_scope_gets_403()
    {
        Assert.Equal(HttpStatusCode.Forbidden, await GetOrdersAsync(cognito.Token("orders/write")));
        Assert.Equal(HttpStatusCode.Forbidden, await GetOrdersAsync(cognito.BadTokens.WithoutScope()));
    }

    [Theory]
    [InlineData("Expired")]
    [InlineData("NotYetValid")]
    [InlineData("OfOtherUserPool")]
    [InlineData("OfOtherClient")]
    [InlineData("IdToken")]
    [InlineData("WithUnknownKey")]
    [InlineData("WithChangedSignature")]
    [InlineData("WithChangedClaims")]
    [InlineData("WithoutSignature")]
    public async Task Bad_token_gets_401(string name)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await GetOrdersAsync(cognito.BadTokens.All("orders/read")[name]));
    }

    [Fact]
    public async Task Each_bad_token_has_the_fault_that_its_name_says_and_no_other()
    {
        using var verifier = new CognitoAccessTokenVerifier(new CognitoAccessTokenVerifierOptions
        {
            UserPools = [new TrustedUserPool { UserPoolId = cognito.UserPool.Id, JwksUri = cognito.UserPool.JwksUri, ClientIds = [cognito.AppClient.ClientId] }],
            AllOfScopes = ["orders/read"],
        });
        Dictionary<string, TokenRejectionReason> expected = new(StringComparer.Ordinal)
        {
            [nameof(BadTokens.Expired)] = TokenRejectionReason.Expired,
            [nameof(BadTokens.NotYetValid)] = TokenRejectionReason.NotYetValid,
            [nameof(BadTokens.OfOtherUserPool)] = TokenRejectionReason.IssuerNotTrusted,
            [nameof(BadTokens.OfOtherClient)] = TokenRejectionReason.ClientNotAllowed,
            [nameof(BadTokens.IdToken)] = TokenRejectionReason.NotAnAccessToken,
            [nameof(BadTokens.WithUnknownKey)] = TokenRejectionReason.KeyNotFound,
            [nameof(BadTokens.WithChangedSignature)] = TokenRejectionReason.SignatureNotValid,
            [nameof(BadTokens.WithChangedClaims)] = TokenRejectionReason.SignatureNotValid,
            // The verifier needs no algorithm to see that the signature is missing.
            [nameof(BadTokens.WithoutSignature)] = TokenRejectionReason.Malformed,
        };

        foreach (var (name, token) in cognito.BadTokens.All("orders/read"))
            Assert.Equal((name, expected[name]), (name, (await verifier.VerifyAsync(token)).Rejection?.Reason));
        Assert.Equal(TokenRejectionReason.ScopeMissing, (await verifier.VerifyAsync(cognito.BadTokens.WithoutScope())).Rejection?.Reason);
        Assert.Null((await verifier.VerifyAsync(cognito.Token("orders/read"))).Rejection);
    }

    [Fact]
    public async Task Fake_clock_of_the_fixture_is_the_clock_of_the_API()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var withClock = await CognitoFixture.StartAsync(new() { TimeProvider = clock });
        await using var factory = new WebApplicationFactory<Program>();
        await using var api = factory.WithWebHostBuilder(host => host.ConfigureTestServices(services => services.UseCognito(withClock)));
        using var http = api.CreateClient();
        var token = withClock.Token("orders/read");

        Assert.Equal(HttpStatusCode.OK, await GetAsync(http, token));
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(http, token));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(http, token));
    }

    [Fact]
    public async Task Tokens_have_the_claims_that_the_test_sets()
    {
        await using var own = await CognitoFixture.StartAsync();
        own.AppClient.AccessTokenClaims = new Dictionary<string, JsonNode> { ["tenant"] = "acme" };

        var claims = Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(own.Token("orders/read").Split('.')[1]);

        Assert.Equal("acme", JsonNode.Parse(claims)!["tenant"]!.GetValue<string>());
    }

    private async Task<HttpStatusCode> GetOrdersAsync(string token)
    {
        await using var factory = new WebApplicationFactory<Program>();
        await using var api = factory.WithWebHostBuilder(host => host.ConfigureTestServices(services => services.UseCognito(cognito)));
        using var http = api.CreateClient();
        return await GetAsync(http, token);
    }

    private static async Task<HttpStatusCode> GetAsync(HttpClient http, string token)
    {
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.GetAsync(new Uri("/orders", UriKind.Relative));
        return response.StatusCode;
    }
}
