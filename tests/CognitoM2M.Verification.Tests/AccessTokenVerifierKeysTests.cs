using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Tests.Support;
using Microsoft.Extensions.Logging;
using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Verification.Tests;

/// <summary>How the verifier gets keys, and what it answers without them.</summary>
public sealed class AccessTokenVerifierKeysTests
{
    [Fact]
    public async Task Token_gets_no_verdict_until_the_keys_are_downloaded()
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
    public async Task Keys_of_every_user_pool_must_be_loaded()
    {
        using var setup = new VerifierSetup(o => o.UserPools.Add(new TrustedUserPool { UserPoolId = TestToken.OtherPoolId, ClientIds = [TestToken.ClientId] }));
        setup.Server.OnRequest = (request, _) => Task.FromResult(request.RequestUri!.AbsoluteUri.Contains(TestToken.PoolId, StringComparison.Ordinal)
            ? KeySetServer.CreateResponse(setup.Server.KeySet)
            : new HttpResponseMessage(System.Net.HttpStatusCode.NotFound));

        Assert.False(await setup.Verifier.LoadKeysAsync());

        Assert.False(setup.Verifier.HoldsKeys);
        Assert.NotNull(setup.Verifier.FindHeldKey(TestToken.Issuer, TestKey.Access.Id));
        Assert.Null(setup.Verifier.FindHeldKey(TestToken.OtherIssuer, TestKey.Access.Id));
        Assert.Equal("issuer", Assert.Throws<ArgumentNullException>(() => setup.Verifier.FindHeldKey(null!, TestKey.Access.Id)).ParamName);
        Assert.Equal("keyId", Assert.Throws<ArgumentNullException>(() => setup.Verifier.FindHeldKey(TestToken.Issuer, null!)).ParamName);
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
}
