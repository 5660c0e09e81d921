using System.Net;
using System.Text.Json;
using CognitoM2M.Verification.Tests.Support;
using Microsoft.Extensions.Logging;
using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Verification.Tests;

/// <summary>What a user sees of it: claims, pools, key sets, beginning and end.</summary>
public sealed class CognitoAccessTokenVerifierTests
{
    [Fact]
    public async Task Claims_say_what_the_token_says()
    {
        using var world = new World();
        var token = TestToken.Of(TestToken.Payload.WithNumber("nbf", TestToken.Now - 5).With("tenant", "{\"id\":7}"));

        var result = await world.Verifier.VerifyAsync(token);

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
    public async Task Claims_that_are_not_there_are_null_or_empty()
    {
        using var world = new World();

        var claims = (await world.Verifier.VerifyAsync(TestToken.Of(TestToken.Payload.Without("sub").Without("scope").Without("iat").Without("jti")))).Claims!;

        Assert.Null(claims.Subject);
        Assert.Null(claims.TokenId);
        Assert.Null(claims.IssuedAt);
        Assert.Null(claims.NotBefore);
        Assert.Empty(claims.Scopes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task No_token_is_a_rejection_like_others(string? token)
    {
        using var world = new World();

        var result = await world.Verifier.VerifyAsync(token);

        Assert.Equal(Missing, result.Rejection!.Reason);
        Assert.Equal("The access token was rejected (Missing): expected an access token; found none.", result.ToString());
        Assert.Equal(0, world.Server.Requests);
    }

    [Fact]
    public async Task Without_the_key_there_is_no_verdict_without_waiting_and_none_is_fetched()
    {
        using var world = new World();

        Assert.False(world.Verifier.TryVerify(TestToken.Valid, out var result));
        Assert.Null(result);
        Assert.Equal(0, world.Server.Requests);

        Assert.Null(await world.VerifyAsync(TestToken.Valid));
        Assert.True(world.Verifier.TryVerify(TestToken.Valid, out result));
        Assert.True(result.IsValid);
    }

    [Fact]
    public void What_can_be_told_without_a_key_is_told_without_a_fetch()
    {
        using var world = new World();

        Assert.True(world.Verifier.TryVerify("a.b", out var malformed));
        Assert.True(world.Verifier.TryVerify(TestToken.Of(TestToken.Payload.WithText("iss", TestToken.OtherIssuer)), out var foreign));

        Assert.Equal(Malformed, malformed.Rejection!.Reason);
        Assert.Equal(IssuerNotTrusted, foreign.Rejection!.Reason);
        Assert.Equal(0, world.Server.Requests);
    }

    [Theory]
    [InlineData(TestToken.Issuer)]
    [InlineData(TestToken.UpdatedIssuer)]
    public async Task Each_form_of_issuer_is_verified_with_the_keys_published_under_it(string issuer)
    {
        using var world = new World();

        Assert.Null(await world.VerifyAsync(TestToken.Of(TestToken.Payload.WithText("iss", issuer))));

        Assert.Equal($"{issuer}/.well-known/jwks.json", Assert.Single(world.Server.Addresses).AbsoluteUri);
    }

    [Theory]
    [InlineData("us-gov-west-1_AbC", "https://cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_AbC", "https://issuer-cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_AbC")]
    [InlineData("cn-north-1_AbC", "https://cognito-idp.cn-north-1.amazonaws.com/cn-north-1_AbC", "https://issuer-cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_AbC")]
    [InlineData("eusc-de-east-1_AbC", "https://cognito-idp.eusc-de-east-1.amazonaws.eu/eusc-de-east-1_AbC", "https://issuer-cognito-idp.eusc-de-east-1.amazonaws.com/eusc-de-east-1_AbC")]
    public void Pools_of_other_partitions_have_their_issuers(string userPoolId, params string[] issuers)
    {
        using var world = new World(o => o.UserPoolId = userPoolId);

        Assert.All(issuers, issuer => Assert.Contains(world.Verifier.KeySets, keySet => keySet.Issuer == issuer));
    }

    [Fact]
    public async Task Each_pool_has_keys_and_app_clients_of_its_own()
    {
        using var world = new World(o => o.OtherUserPools.Add(new TrustedUserPool { UserPoolId = TestToken.OtherPoolId, ClientIds = [TestToken.OtherClientId] }));
        world.Server.OnRequest = (request, _) => Task.FromResult(KeySetServer.Json(
            TestKey.Set(request.RequestUri!.AbsoluteUri.Contains(TestToken.OtherPoolId, StringComparison.Ordinal) ? TestKey.OtherPool : TestKey.Access)));
        var ofOther = TestToken.Payload.WithText("iss", TestToken.OtherIssuer).WithText("client_id", TestToken.OtherClientId);

        Assert.Null(await world.VerifyAsync(TestToken.Valid));
        Assert.Equal(TestToken.OtherPoolId, (await world.Verifier.VerifyAsync(TestToken.Of(ofOther, TestKey.OtherPool))).Claims!.UserPoolId);
        Assert.Equal(ClientNotAllowed, await world.VerifyAsync(TestToken.Of(TestToken.Payload.WithText("client_id", TestToken.OtherClientId))));
        Assert.Equal(ClientNotAllowed, await world.VerifyAsync(TestToken.Of(ofOther.WithText("client_id", TestToken.ClientId), TestKey.OtherPool)));
        Assert.Equal(KeyNotFound, await world.VerifyAsync(TestToken.Of(ofOther, TestKey.Access)));
        Assert.Equal(KeyNotFound, await world.VerifyAsync(TestToken.Of(TestToken.Payload, TestKey.OtherPool)));
    }

    [Fact]
    public async Task One_address_given_for_several_issuers_is_read_once()
    {
        var keys = new Uri("https://mirror.example/keys");
        using var world = new World(o =>
        {
            o.JwksUri = keys;
            o.OtherUserPools.Add(new TrustedUserPool { UserPoolId = TestToken.OtherPoolId, ClientIds = [TestToken.ClientId], JwksUri = new Uri("https://mirror.example/keys") });
        });

        foreach (var issuer in (string[])[TestToken.Issuer, TestToken.UpdatedIssuer, TestToken.OtherIssuer])
            Assert.Null(await world.VerifyAsync(TestToken.Of(TestToken.Payload.WithText("iss", issuer))));

        Assert.Equal(keys, Assert.Single(world.Server.Addresses));
        Assert.Equal(4, world.Verifier.KeySets.Count(keySet => keySet.Address == keys && keySet.UsableKeys == 1));
    }

    [Fact]
    public async Task A_fixed_key_set_needs_no_network()
    {
        using var world = new World(o => o.KeySet = TestKey.Set(TestKey.Access));

        Assert.True(world.Verifier.HoldsKeys);
        Assert.True(await world.Verifier.LoadKeysAsync());
        Assert.True(world.Verifier.TryVerify(TestToken.Valid, out var result) && result.IsValid);
        Assert.Equal(KeyNotFound, await world.VerifyAsync(TestToken.Of(TestToken.Payload, TestKey.Next)));
        Assert.All(world.Verifier.KeySets, keySet => Assert.True(keySet is { Address: null, FetchedAt: null, Problem: null, UsableKeys: 1 }));
        Assert.Equal(0, world.Server.Requests);
    }

    [Fact]
    public async Task An_issuer_of_ones_own_stands_in_for_both_forms()
    {
        using var world = new World(o => o.Issuer = "http://localhost:9229/local_1");

        Assert.Null(await world.VerifyAsync(TestToken.Of(TestToken.Payload.WithText("iss", "http://localhost:9229/local_1"))));
        Assert.Equal(IssuerNotTrusted, await world.VerifyAsync(TestToken.Valid));

        Assert.Equal("http://localhost:9229/local_1/.well-known/jwks.json", Assert.Single(world.Server.Addresses).AbsoluteUri);
    }

    [Fact]
    public async Task Keys_can_be_loaded_before_the_first_token()
    {
        using var world = new World();
        Assert.False(world.Verifier.HoldsKeys);
        Assert.True(world.Status is { UsableKeys: 0, FetchedAt: null, Problem: null });

        Assert.True(await world.Verifier.LoadKeysAsync());
        Assert.True(await world.Verifier.LoadKeysAsync());

        Assert.True(world.Verifier.HoldsKeys);
        Assert.Equal(1, world.Server.Requests);
        Assert.True(world.Verifier.TryVerify(TestToken.Valid, out _));
        Assert.Equal((1, world.Clock.GetUtcNow(), null), (world.Status.UsableKeys, world.Status.FetchedAt!.Value, world.Status.Problem));
    }

    [Fact]
    public async Task A_pool_that_answers_in_the_updated_form_alone_has_keys_too()
    {
        using var world = new World();
        world.Server.OnRequest = (request, _) => Task.FromResult(request.RequestUri!.AbsoluteUri.StartsWith(TestToken.UpdatedIssuer, StringComparison.Ordinal)
            ? KeySetServer.Json(world.Server.KeySet)
            : new HttpResponseMessage(System.Net.HttpStatusCode.NotFound));

        Assert.True(await world.Verifier.LoadKeysAsync());

        Assert.True(world.Verifier.HoldsKeys);
    }

    [Fact]
    public async Task Keys_that_cannot_be_loaded_are_said_to_be_missing()
    {
        using var world = new World();
        world.Server.Fail();

        Assert.False(await world.Verifier.LoadKeysAsync());
        var rejection = (await world.Verifier.VerifyAsync(TestToken.Valid)).Rejection!;

        Assert.False(world.Verifier.HoldsKeys);
        Assert.Equal(KeysNotAvailable, rejection.Reason);
        Assert.Equal("none: its address answered 503", rejection.Actual);
        Assert.Equal("its address answered 503", world.Status.Problem);
    }

    [Fact]
    public async Task Cancellation_ends_the_wait_of_its_caller()
    {
        using var world = new World();
        var release = world.Server.Hold();
        using var cancellation = new CancellationTokenSource();
        var impatient = world.Verifier.VerifyAsync(TestToken.Valid, cancellation.Token).AsTask();
        var loading = world.Verifier.LoadKeysAsync(cancellation.Token).AsTask();
        var patient = world.Verifier.VerifyAsync(TestToken.Valid).AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loading);
        release.SetResult();
        Assert.True((await patient).IsValid);
        Assert.Equal(1, world.Server.Requests);
    }

    [Fact]
    public async Task Time_is_looked_at_after_the_wait_for_keys()
    {
        using var world = new World();
        var release = world.Server.Hold();
        var caller = world.VerifyAsync(TestToken.Valid);

        world.Clock.JumpWallClock(TimeSpan.FromHours(2));
        release.SetResult();

        Assert.Equal(Expired, await caller);
    }

    [Fact]
    public async Task Issuer_of_the_form_that_the_pool_does_not_use_is_not_trusted_and_makes_nothing_look_broken()
    {
        using var world = new World();
        Assert.Null(await world.VerifyAsync(TestToken.Valid));
        world.Server.Fail(HttpStatusCode.NotFound);

        var verdict = await world.VerifyAsync(TestToken.Of(TestToken.Payload.WithText("iss", TestToken.UpdatedIssuer)));

        Assert.Equal(IssuerNotTrusted, verdict);
        Assert.Empty(world.Logged(LogLevel.Error));
        Assert.Single(world.Logged(LogLevel.Warning));
        Assert.True(world.Verifier.HoldsKeys);
    }

    [Fact]
    public async Task Issuer_of_either_form_cannot_be_judged_while_the_pool_has_no_keys_at_all()
    {
        using var world = new World();
        world.Server.Fail();

        Assert.Equal(KeysNotAvailable, await world.VerifyAsync(TestToken.Of(TestToken.Payload.WithText("iss", TestToken.UpdatedIssuer))));
        Assert.Equal(KeysNotAvailable, await world.VerifyAsync(TestToken.Valid));
    }

    [Fact]
    public async Task Key_that_cannot_be_looked_up_says_nothing_about_the_token()
    {
        using var world = new World();
        Assert.Null(await world.VerifyAsync(TestToken.Valid));
        world.Server.Fail();

        Assert.Equal(KeysNotAvailable, await world.VerifyAsync(TestToken.Of(TestToken.Payload, TestKey.Next)));
    }

    [Fact]
    public async Task Trying_sets_off_the_fetch_that_it_does_not_wait_for()
    {
        using var world = new World();

        Assert.False(world.Verifier.TryVerify(TestToken.Valid, out _));
        VerificationResult? result;
        while (!world.Verifier.TryVerify(TestToken.Valid, out result))
            await Task.Yield();

        Assert.True(result.IsValid);
        Assert.Equal(1, world.Server.Requests);
    }

    [Fact]
    public async Task Disposal_ends_those_who_wait_and_leaves_held_keys_of_use()
    {
        var world = new World();
        Assert.Null(await world.VerifyAsync(TestToken.Valid));
        world.Server.Hold();
        var waiting = world.VerifyAsync(TestToken.Of(TestToken.Payload, TestKey.Next));

        world.Verifier.Dispose();
        world.Verifier.Dispose();

        Assert.Equal(KeysNotAvailable, await waiting);
        Assert.Null(await world.VerifyAsync(TestToken.Valid));
        Assert.Empty(world.Logged(LogLevel.Warning));
        world.Dispose();
    }

    [Fact]
    public void A_verifier_with_nothing_but_options_opens_no_connection()
    {
        var options = new CognitoAccessTokenVerifierOptions { UserPoolId = TestToken.PoolId, ClientIds = ["a"] };

        using var verifier = new CognitoAccessTokenVerifier(options);

        Assert.False(verifier.HoldsKeys);
        Assert.True(verifier.TryVerify("x", out var result));
        Assert.Equal(Malformed, result.Rejection!.Reason);
    }

    [Fact]
    public async Task Rejections_can_be_serialized_and_compared_by_reason()
    {
        using var world = new World(o => o.AllOfScopes = ["orders/admin"]);

        var rejection = (await world.Verifier.VerifyAsync(TestToken.Valid)).Rejection!;

        Assert.Equal((ScopeMissing, "all scopes of 'orders/admin'", "'orders/read', 'orders/write'"), (rejection.Reason, rejection.Expected, rejection.Actual));
        Assert.Contains("orders/admin", JsonSerializer.Serialize(rejection), StringComparison.Ordinal);
    }
}
