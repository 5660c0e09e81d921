using System.Net;
using System.Text.Json;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Tests.Support;
using Microsoft.Extensions.Logging;
using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Verification.Tests;

/// <summary>The verifier as a user sees it: claims, user pools, key sets, creation and disposal.</summary>
public sealed class CognitoAccessTokenVerifierTests
{
    [Fact]
    public async Task Claims_of_the_token_are_returned()
    {
        using var setup = new VerifierSetup();
        var token = TestToken.Create(TestToken.Payload.WithNumber("nbf", TestToken.Now - 5).With("tenant", "{\"id\":7}"));

        var result = await setup.Verifier.VerifyAsync(token);

        var claims = result.Claims!;
        Assert.True(result.IsValid);
        Assert.Null(result.Rejection);
        Assert.Equal(TestToken.Issuer, claims.Issuer);
        Assert.Equal(TestToken.PoolId, claims.UserPoolId);
        Assert.Equal(TestToken.ClientId, claims.ClientId);
        Assert.Equal(TestToken.ClientId, claims.Subject);
        Assert.Equal(["orders/read", "orders/write"], claims.Scopes);
        Assert.True(claims.HasScope("orders/write"));
        Assert.False(claims.HasScope("orders"));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(TestToken.Now + 3600), claims.ExpiresAt);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(TestToken.Now), claims.IssuedAt);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(TestToken.Now - 5), claims.NotBefore);
        Assert.Equal("0b1c2d3e-0000-4000-8000-000000000000", claims.TokenId);
        Assert.Equal(7, claims.Payload.GetProperty("tenant").GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task Missing_claims_are_null_or_empty()
    {
        using var setup = new VerifierSetup();

        var claims = (await setup.Verifier.VerifyAsync(TestToken.Create(TestToken.Payload.Without("sub").Without("scope").Without("iat").Without("jti")))).Claims!;

        Assert.Null(claims.Subject);
        Assert.Null(claims.TokenId);
        Assert.Null(claims.IssuedAt);
        Assert.Null(claims.NotBefore);
        Assert.Empty(claims.Scopes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Missing_token_is_rejected(string? token)
    {
        using var setup = new VerifierSetup();

        var result = await setup.Verifier.VerifyAsync(token);

        Assert.Equal(Missing, result.Rejection!.Reason);
        Assert.Equal("The token was rejected (Missing): expected a token; found none.", result.ToString());
        Assert.Equal(0, setup.Server.Requests);
    }

    [Theory]
    [InlineData("us-gov-west-1_AbC", "https://cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_AbC", "https://issuer-cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_AbC")]
    [InlineData("cn-north-1_AbC", "https://cognito-idp.cn-north-1.amazonaws.com/cn-north-1_AbC", "https://issuer-cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_AbC")]
    [InlineData("eusc-de-east-1_AbC", "https://cognito-idp.eusc-de-east-1.amazonaws.eu/eusc-de-east-1_AbC", "https://issuer-cognito-idp.eusc-de-east-1.amazonaws.com/eusc-de-east-1_AbC")]
    public void User_pools_of_other_partitions_have_the_issuers_of_their_partition(string userPoolId, params string[] issuers)
    {
        using var setup = new VerifierSetup(o => o.UserPools[0].UserPoolId = userPoolId);

        Assert.All(issuers, issuer => Assert.Contains(setup.Verifier.KeySets, keySet => keySet.Issuer == issuer));
    }

    [Fact]
    public async Task Each_user_pool_has_its_own_keys_and_app_clients()
    {
        using var setup = new VerifierSetup(o => o.UserPools.Add(new TrustedUserPool { UserPoolId = TestToken.OtherPoolId, ClientIds = [TestToken.OtherClientId] }));
        setup.Server.OnRequest = (request, _) => Task.FromResult(KeySetServer.CreateResponse(
            TestKey.CreateKeySet(request.RequestUri!.AbsoluteUri.Contains(TestToken.OtherPoolId, StringComparison.Ordinal) ? TestKey.OtherPool : TestKey.Access)));
        var otherPayload = TestToken.Payload.WithText("iss", TestToken.OtherIssuer).WithText("client_id", TestToken.OtherClientId);

        Assert.Null(await setup.VerifyAsync(TestToken.Valid));
        Assert.Equal(TestToken.OtherPoolId, (await setup.Verifier.VerifyAsync(TestToken.Create(otherPayload, TestKey.OtherPool))).Claims!.UserPoolId);
        Assert.Equal(ClientNotAllowed, await setup.VerifyAsync(TestToken.Create(TestToken.Payload.WithText("client_id", TestToken.OtherClientId))));
        Assert.Equal(ClientNotAllowed, await setup.VerifyAsync(TestToken.Create(otherPayload.WithText("client_id", TestToken.ClientId), TestKey.OtherPool)));
        Assert.Equal(KeyNotFound, await setup.VerifyAsync(TestToken.Create(otherPayload, TestKey.Access)));
        Assert.Equal(KeyNotFound, await setup.VerifyAsync(TestToken.Create(TestToken.Payload, TestKey.OtherPool)));
    }

    [Fact]
    public async Task Issuer_that_is_set_replaces_both_forms()
    {
        using var setup = new VerifierSetup(o => o.UserPools[0].Issuer = "http://localhost:9229/local_1");

        Assert.Null(await setup.VerifyAsync(TestToken.Create(TestToken.Payload.WithText("iss", "http://localhost:9229/local_1"))));
        Assert.Equal(IssuerNotTrusted, await setup.VerifyAsync(TestToken.Valid));

        Assert.Equal("http://localhost:9229/local_1/.well-known/jwks.json", Assert.Single(setup.Server.Addresses).AbsoluteUri);
    }

    [Fact]
    public async Task Token_with_the_form_of_issuer_that_the_user_pool_does_not_use_is_rejected_and_causes_only_a_warning()
    {
        using var setup = new VerifierSetup();
        Assert.Null(await setup.VerifyAsync(TestToken.Valid));
        setup.Server.Fail(HttpStatusCode.NotFound);

        var rejection = (await setup.Verifier.VerifyAsync(TestToken.Create(TestToken.Payload.WithText("iss", TestToken.UpdatedIssuer)))).Rejection!;

        Assert.Equal(
            (IssuerNotTrusted, "the form of issuer under which the user pool has keys", $"'{TestToken.UpdatedIssuer}'"), (rejection.Reason, rejection.Expected, rejection.Actual));
        Assert.Empty(setup.Log.Find(LogLevel.Error));
        Assert.Single(setup.Log.Find(LogLevel.Warning));
        Assert.True(setup.Verifier.HoldsKeys);
    }

    [Fact]
    public void New_verifier_opens_no_connection()
    {
        using var verifier = new CognitoAccessTokenVerifier(TestToken.PoolId, ["a"]);

        Assert.False(verifier.HoldsKeys);
        Assert.All(verifier.KeySets, keySet => Assert.True(keySet is { UsableKeys: 0, FetchedAt: null, Problem: null }));
        Assert.Equal(Malformed, verifier.VerifyWithHeldKeys("x")!.Rejection!.Reason);
    }

    [Fact]
    public async Task Rejection_has_reason_expected_and_actual_and_can_be_serialized()
    {
        using var setup = new VerifierSetup(o => o.AllOfScopes = ["orders/admin"]);

        var rejection = (await setup.Verifier.VerifyAsync(TestToken.Valid)).Rejection!;

        Assert.Equal((ScopeMissing, "all scopes of 'orders/admin'", "'orders/read', 'orders/write'"), (rejection.Reason, rejection.Expected, rejection.Actual));
        Assert.Contains("orders/admin", JsonSerializer.Serialize(rejection), StringComparison.Ordinal);
    }
}
