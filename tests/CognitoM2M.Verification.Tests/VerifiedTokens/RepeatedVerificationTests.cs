using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Tests.Support;
using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Verification.Tests.VerifiedTokens;

/// <summary>A token that was verified before: what is checked again at each use, and when the whole token is verified again.</summary>
public sealed class RepeatedVerificationTests
{
    [Fact]
    public async Task Second_verification_returns_the_same_result()
    {
        using var setup = new VerifierSetup();
        var first = await setup.Verifier.VerifyAsync(TestToken.Valid);

        var second = setup.Verifier.VerifyWithHeldKeys(TestToken.Valid);

        Assert.Same(first, second);
    }

    [Fact]
    public async Task Token_of_the_greatest_length_is_kept()
    {
        // Settings can name no limit below 1,024 characters.
        var token = TestToken.Create(TestToken.Payload.WithText("note", new string('a', 1_024)));
        using var setup = new VerifierSetup(options => options.MaxTokenLength = token.Length);

        var first = await setup.Verifier.VerifyAsync(token);

        Assert.Same(first, await setup.Verifier.VerifyAsync(token));
    }

    [Fact]
    public async Task Expiry_is_checked_at_every_use()
    {
        using var setup = new VerifierSetup(o => o.ClockTolerance = TimeSpan.FromSeconds(30));
        Assert.Null(await setup.VerifyAsync(TestToken.Valid));

        setup.Clock.JumpWallClock(TimeSpan.FromSeconds(3629));
        Assert.Null(await setup.VerifyAsync(TestToken.Valid));
        setup.Clock.JumpWallClock(TimeSpan.FromSeconds(1));
        Assert.Equal(Expired, await setup.VerifyAsync(TestToken.Valid));
        setup.Clock.JumpWallClock(TimeSpan.FromSeconds(-1));
        Assert.Null(await setup.VerifyAsync(TestToken.Valid));
    }

    [Fact]
    public async Task Start_of_validity_is_checked_at_every_use()
    {
        using var setup = new VerifierSetup();
        var token = TestToken.Create(TestToken.Payload.WithNumber("nbf", TestToken.Now));
        Assert.Null(await setup.VerifyAsync(token));

        setup.Clock.JumpWallClock(TimeSpan.FromSeconds(-1));

        Assert.Equal(NotYetValid, await setup.VerifyAsync(token));
    }

    [Fact]
    public async Task Checks_of_the_application_run_at_every_use_and_their_exceptions_reach_the_caller()
    {
        var made = 0;
        string? problem = null;
        using var setup = new VerifierSetup(o => o.Checks.Add(claims =>
        {
            Assert.Equal(TestToken.ClientId, claims.ClientId);
            made++;
            return problem == "throw" ? throw new InvalidOperationException("mark") : problem;
        }));

        Assert.Null(await setup.VerifyAsync(TestToken.Valid));
        problem = "tenant is\nclosed";
        var refused = (await setup.Verifier.VerifyAsync(TestToken.Valid)).Rejection!;
        problem = "throw";
        await Assert.ThrowsAsync<InvalidOperationException>(() => setup.VerifyAsync(TestToken.Valid));
        problem = null;
        Assert.Null(await setup.VerifyAsync(TestToken.Valid));

        Assert.Equal(CheckFailed, refused.Reason);
        Assert.Equal("'tenant is?closed'", refused.Actual);
        Assert.Equal(4, made);
    }

    [Fact]
    public async Task Checks_of_the_application_do_not_run_for_a_token_that_failed_another_check()
    {
        var seen = 0;
        using var setup = new VerifierSetup(o =>
        {
            o.AllOfScopes = ["orders/admin"];
            o.Checks.Add(_ => $"seen {++seen}");
        });

        Assert.Equal(ScopeMissing, await setup.VerifyAsync(TestToken.Valid));
        Assert.Equal(ScopeMissing, await setup.VerifyAsync(TestToken.Valid));

        Assert.Equal(0, seen);
    }

    [Fact]
    public async Task Rejected_token_is_verified_again_from_the_start()
    {
        string? problem = "not yet";
        using var setup = new VerifierSetup(o => o.Checks.Add(_ => problem));
        var forged = TestToken.Create(TestToken.Header, TestToken.Payload, TestKey.Attacker);

        Assert.Equal(CheckFailed, await setup.VerifyAsync(TestToken.Valid));
        Assert.Equal(SignatureNotValid, await setup.VerifyAsync(forged));
        problem = null;

        Assert.Null(await setup.VerifyAsync(TestToken.Valid));
        Assert.Equal(SignatureNotValid, await setup.VerifyAsync(forged));
    }

    [Fact]
    public async Task Tokens_of_a_withdrawn_key_are_rejected_although_they_were_verified_before()
    {
        using var setup = new VerifierSetup(keySet: TestKey.CreateKeySet(TestKey.Access, TestKey.Next));
        var other = TestToken.Create(TestToken.Payload, TestKey.Next);
        Assert.Null(await setup.VerifyAsync(TestToken.Valid));
        Assert.Null(await setup.VerifyAsync(other));

        setup.Server.KeySet = TestKey.CreateKeySet(TestKey.Next);
        await setup.RefreshKeysAsync();

        Assert.Equal(KeyNotFound, await setup.VerifyAsync(TestToken.Valid));
        Assert.Null(await setup.VerifyAsync(other));
    }

    [Fact]
    public async Task Tokens_of_a_key_that_changed_under_its_kid_are_rejected_although_they_were_verified_before()
    {
        using var setup = new VerifierSetup();
        Assert.Null(await setup.VerifyAsync(TestToken.Valid));

        setup.Server.KeySet = TestKey.CreateKeySet(TestKey.Attacker.Jwk.WithText("kid", TestKey.Access.Id));
        await setup.RefreshKeysAsync();

        Assert.Equal(SignatureNotValid, await setup.VerifyAsync(TestToken.Valid));
    }

    [Fact]
    public async Task Verified_tokens_stay_in_the_cache_if_the_key_set_did_not_change()
    {
        using var setup = new VerifierSetup();
        var first = await setup.Verifier.VerifyAsync(TestToken.Valid);

        await setup.RefreshKeysAsync();

        Assert.Same(first, await setup.Verifier.VerifyAsync(TestToken.Valid));
    }

    [Fact]
    public async Task Every_token_is_verified_from_the_start_without_a_cache()
    {
        using var setup = new VerifierSetup(o => o.VerifiedTokenCacheSize = 0);

        var first = await setup.Verifier.VerifyAsync(TestToken.Valid);
        var second = await setup.Verifier.VerifyAsync(TestToken.Valid);

        Assert.True(first.IsValid && second.IsValid);
        Assert.NotSame(first, second);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Verification_of_a_cached_token_allocates_nothing(bool requiresScopes)
    {
        using var setup = new VerifierSetup(o =>
        {
            if (requiresScopes)
            {
                o.AllOfScopes = ["orders/read", "orders/write"];
                o.AnyOfScopes = ["orders/admin", "orders/write"];
                o.Checks.Add(claims => claims.HasScope("orders/read") ? null : "no");
            }
        });
        var verifier = setup.Verifier;
        var token = new string(TestToken.Valid);
        await verifier.VerifyAsync(token);

        Assert.Equal(0, MeasureBytes(() => Assert.True(verifier.VerifyWithHeldKeys(token)!.IsValid)));
        Assert.Equal(0, MeasureBytes(() => Assert.True(verifier.VerifyAsync(token).Result.IsValid)));
    }

    private static long MeasureBytes(Action action)
    {
        const int Rounds = 10_000;
        for (var i = 0; i < Rounds; i++)
            action();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
            action();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
    }
}
