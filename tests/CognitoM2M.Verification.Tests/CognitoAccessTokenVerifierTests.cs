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

    [Fact]
    public async Task Without_keys_there_is_no_verdict_until_they_are_downloaded()
    {
        using var setup = new VerifierSetup();

        var before = setup.Verifier.VerifyWithHeldKeys(TestToken.Valid);
        Assert.Null(await setup.VerifyAsync(TestToken.Valid));
        var after = setup.Verifier.VerifyWithHeldKeys(TestToken.Valid);

        Assert.Null(before);
        Assert.True(after!.IsValid);
    }

    [Fact]
    public void Token_that_can_be_rejected_without_a_key_causes_no_download()
    {
        using var setup = new VerifierSetup();

        var malformed = setup.Verifier.VerifyWithHeldKeys("a.b");
        var foreign = setup.Verifier.VerifyWithHeldKeys(TestToken.Create(TestToken.Payload.WithText("iss", TestToken.OtherIssuer)));

        Assert.Equal(Malformed, malformed!.Rejection!.Reason);
        Assert.Equal(IssuerNotTrusted, foreign!.Rejection!.Reason);
        Assert.Equal(0, setup.Server.Requests);
    }

    [Theory]
    [InlineData(TestToken.Issuer)]
    [InlineData(TestToken.UpdatedIssuer)]
    public async Task Each_form_of_issuer_is_verified_with_the_keys_of_its_own_address(string issuer)
    {
        using var setup = new VerifierSetup();

        Assert.Null(await setup.VerifyAsync(TestToken.Create(TestToken.Payload.WithText("iss", issuer))));

        Assert.Equal($"{issuer}/.well-known/jwks.json", Assert.Single(setup.Server.Addresses).AbsoluteUri);
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
    public async Task Key_set_of_several_issuers_at_one_address_is_downloaded_once()
    {
        var keys = new Uri("https://mirror.example/keys");
        using var setup = new VerifierSetup(o =>
        {
            o.UserPools[0].JwksUri = keys;
            o.UserPools.Add(new TrustedUserPool { UserPoolId = TestToken.OtherPoolId, ClientIds = [TestToken.ClientId], JwksUri = new Uri("https://mirror.example/keys") });
        });

        foreach (var issuer in (string[])[TestToken.Issuer, TestToken.UpdatedIssuer, TestToken.OtherIssuer])
            Assert.Null(await setup.VerifyAsync(TestToken.Create(TestToken.Payload.WithText("iss", issuer))));

        Assert.Equal(keys, Assert.Single(setup.Server.Addresses));
        Assert.Equal(4, setup.Verifier.KeySets.Count(keySet => keySet.JwksUri == keys && keySet.UsableKeys == 1));
    }

    [Fact]
    public async Task Fixed_key_set_needs_no_network()
    {
        using var setup = new VerifierSetup(o => o.UserPools[0].Jwks = TestKey.CreateKeySet(TestKey.Access));

        Assert.True(setup.Verifier.HoldsKeys);
        Assert.True(await setup.Verifier.LoadKeysAsync());
        Assert.True(setup.Verifier.VerifyWithHeldKeys(TestToken.Valid) is { IsValid: true });
        Assert.Equal(KeyNotFound, await setup.VerifyAsync(TestToken.Create(TestToken.Payload, TestKey.Next)));
        Assert.All(setup.Verifier.KeySets, keySet => Assert.True(keySet is { JwksUri: null, FetchedAt: null, Problem: null, UsableKeys: 1 }));
        Assert.Equal(0, setup.Server.Requests);
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
    public async Task Keys_can_be_loaded_before_the_first_token()
    {
        using var setup = new VerifierSetup();
        Assert.False(setup.Verifier.HoldsKeys);
        Assert.True(setup.Status is { UsableKeys: 0, FetchedAt: null, Problem: null });

        Assert.True(await setup.Verifier.LoadKeysAsync());
        Assert.True(await setup.Verifier.LoadKeysAsync());

        Assert.True(setup.Verifier.HoldsKeys);
        Assert.Equal(1, setup.Server.Requests);
        Assert.NotNull(setup.Verifier.VerifyWithHeldKeys(TestToken.Valid));
        Assert.Equal((1, setup.Clock.GetUtcNow(), null), (setup.Status.UsableKeys, setup.Status.FetchedAt!.Value, setup.Status.Problem));
    }

    [Fact]
    public async Task Keys_of_a_user_pool_that_publishes_only_in_the_updated_form_are_loaded()
    {
        using var setup = new VerifierSetup();
        setup.Server.OnRequest = (request, _) => Task.FromResult(request.RequestUri!.AbsoluteUri.StartsWith(TestToken.UpdatedIssuer, StringComparison.Ordinal)
            ? KeySetServer.CreateResponse(setup.Server.KeySet)
            : new HttpResponseMessage(System.Net.HttpStatusCode.NotFound));

        Assert.True(await setup.Verifier.LoadKeysAsync());

        Assert.True(setup.Verifier.HoldsKeys);
    }

    [Fact]
    public async Task Failed_download_is_reported_in_status_and_rejection()
    {
        using var setup = new VerifierSetup();
        setup.Server.Fail();

        Assert.False(await setup.Verifier.LoadKeysAsync());
        var rejection = (await setup.Verifier.VerifyAsync(TestToken.Valid)).Rejection!;

        Assert.False(setup.Verifier.HoldsKeys);
        Assert.Equal(KeysNotAvailable, rejection.Reason);
        Assert.Equal("none: the server answered with status 503", rejection.Actual);
        Assert.Equal("the server answered with status 503", setup.Status.Problem);
    }

    [Fact]
    public async Task Cancellation_ends_only_the_wait_of_its_caller()
    {
        using var setup = new VerifierSetup();
        var release = setup.Server.Hold();
        using var cancellation = new CancellationTokenSource();
        var cancelled = setup.Verifier.VerifyAsync(TestToken.Valid, cancellation.Token).AsTask();
        var loading = setup.Verifier.LoadKeysAsync(cancellation.Token).AsTask();
        var other = setup.Verifier.VerifyAsync(TestToken.Valid).AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loading);
        release.SetResult();
        Assert.True((await other).IsValid);
        Assert.Equal(1, setup.Server.Requests);
    }

    [Fact]
    public async Task Expiry_is_checked_after_the_wait_for_keys()
    {
        using var setup = new VerifierSetup();
        var release = setup.Server.Hold();
        var caller = setup.VerifyAsync(TestToken.Valid);

        setup.Clock.JumpWallClock(TimeSpan.FromHours(2));
        release.SetResult();

        Assert.Equal(Expired, await caller);
    }

    [Fact]
    public async Task Token_with_the_form_of_issuer_that_the_user_pool_does_not_use_is_rejected_and_causes_only_a_warning()
    {
        using var setup = new VerifierSetup();
        Assert.Null(await setup.VerifyAsync(TestToken.Valid));
        setup.Server.Fail(HttpStatusCode.NotFound);

        var verdict = await setup.VerifyAsync(TestToken.Create(TestToken.Payload.WithText("iss", TestToken.UpdatedIssuer)));

        Assert.Equal(IssuerNotTrusted, verdict);
        Assert.Empty(setup.Log.Find(LogLevel.Error));
        Assert.Single(setup.Log.Find(LogLevel.Warning));
        Assert.True(setup.Verifier.HoldsKeys);
    }

    [Fact]
    public async Task Token_of_either_form_of_issuer_gets_no_verdict_while_no_keys_can_be_downloaded()
    {
        using var setup = new VerifierSetup();
        setup.Server.Fail();

        Assert.Equal(KeysNotAvailable, await setup.VerifyAsync(TestToken.Create(TestToken.Payload.WithText("iss", TestToken.UpdatedIssuer))));
        Assert.Equal(KeysNotAvailable, await setup.VerifyAsync(TestToken.Valid));
    }

    [Fact]
    public async Task Unknown_key_during_an_outage_gives_no_verdict_on_the_token()
    {
        using var setup = new VerifierSetup();
        Assert.Null(await setup.VerifyAsync(TestToken.Valid));
        setup.Server.Fail();

        Assert.Equal(KeysNotAvailable, await setup.VerifyAsync(TestToken.Create(TestToken.Payload, TestKey.Next)));
    }

    [Fact]
    public async Task Verification_with_held_keys_starts_a_download_without_waiting_for_it()
    {
        using var setup = new VerifierSetup();

        var result = setup.Verifier.VerifyWithHeldKeys(TestToken.Valid);
        Assert.Null(result);
        while ((result = setup.Verifier.VerifyWithHeldKeys(TestToken.Valid)) is null)
            await Task.Yield();

        Assert.True(result.IsValid);
        Assert.Equal(1, setup.Server.Requests);
    }

    [Fact]
    public async Task Disposal_ends_downloads_and_held_keys_stay_usable()
    {
        var setup = new VerifierSetup();
        Assert.Null(await setup.VerifyAsync(TestToken.Valid));
        setup.Server.Hold();
        var waiting = setup.VerifyAsync(TestToken.Create(TestToken.Payload, TestKey.Next));

        setup.Verifier.Dispose();
        setup.Verifier.Dispose();

        Assert.Equal(KeysNotAvailable, await waiting);
        Assert.Null(await setup.VerifyAsync(TestToken.Valid));
        Assert.Empty(setup.Log.Find(LogLevel.Warning));
        setup.Dispose();
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
