using CognitoM2M.Verification.Tests.Support;
using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Verification.Tests.VerifiedTokens;

/// <summary>A token that was verified before: what is checked again, and when it counts no longer.</summary>
public sealed class RepeatedVerificationTests
{
    [Fact]
    public async Task The_second_verdict_is_the_first()
    {
        using var world = new World();
        var first = await world.Verifier.VerifyAsync(TestToken.Valid);

        Assert.True(world.Verifier.TryVerify(TestToken.Valid, out var second));

        Assert.Same(first, second);
    }

    [Fact]
    public async Task Time_is_looked_at_each_time()
    {
        using var world = new World(o => o.ClockTolerance = TimeSpan.FromSeconds(30));
        Assert.Null(await world.VerifyAsync(TestToken.Valid));

        world.Clock.JumpWallClock(TimeSpan.FromSeconds(3629));
        Assert.Null(await world.VerifyAsync(TestToken.Valid));
        world.Clock.JumpWallClock(TimeSpan.FromSeconds(1));
        Assert.Equal(Expired, await world.VerifyAsync(TestToken.Valid));
        world.Clock.JumpWallClock(TimeSpan.FromSeconds(-1));
        Assert.Null(await world.VerifyAsync(TestToken.Valid));
    }

    [Fact]
    public async Task Begin_of_validity_is_looked_at_each_time()
    {
        using var world = new World();
        var token = TestToken.Of(TestToken.Payload.WithNumber("nbf", TestToken.Now));
        Assert.Null(await world.VerifyAsync(token));

        world.Clock.JumpWallClock(TimeSpan.FromSeconds(-1));

        Assert.Equal(NotYetValid, await world.VerifyAsync(token));
    }

    [Fact]
    public async Task Checks_of_the_application_are_made_each_time_and_what_they_throw_goes_to_the_caller()
    {
        var made = 0;
        string? problem = null;
        using var world = new World(o => o.Checks.Add(claims =>
        {
            Assert.Equal(TestToken.ClientId, claims.ClientId);
            made++;
            return problem == "throw" ? throw new InvalidOperationException("mark") : problem;
        }));

        Assert.Null(await world.VerifyAsync(TestToken.Valid));
        problem = "tenant is\nclosed";
        var refused = (await world.Verifier.VerifyAsync(TestToken.Valid)).Rejection!;
        problem = "throw";
        await Assert.ThrowsAsync<InvalidOperationException>(() => world.VerifyAsync(TestToken.Valid));
        problem = null;
        Assert.Null(await world.VerifyAsync(TestToken.Valid));

        Assert.Equal(CheckFailed, refused.Reason);
        Assert.Equal("'tenant is?closed'", refused.Actual);
        Assert.Equal(4, made);
    }

    [Fact]
    public async Task Checks_of_the_application_see_no_token_that_failed_another_check()
    {
        var seen = 0;
        using var world = new World(o =>
        {
            o.AllOfScopes = ["orders/admin"];
            o.Checks.Add(_ => $"seen {++seen}");
        });

        Assert.Equal(ScopeMissing, await world.VerifyAsync(TestToken.Valid));
        Assert.Equal(ScopeMissing, await world.VerifyAsync(TestToken.Valid));

        Assert.Equal(0, seen);
    }

    [Fact]
    public async Task A_token_that_was_rejected_is_not_remembered_as_good()
    {
        string? problem = "not yet";
        using var world = new World(o => o.Checks.Add(_ => problem));
        var forged = TestToken.Of(TestToken.Header, TestToken.Payload, TestKey.Attacker);

        Assert.Equal(CheckFailed, await world.VerifyAsync(TestToken.Valid));
        Assert.Equal(SignatureNotValid, await world.VerifyAsync(forged));
        problem = null;

        Assert.Null(await world.VerifyAsync(TestToken.Valid));
        Assert.Equal(SignatureNotValid, await world.VerifyAsync(forged));
    }

    [Fact]
    public async Task A_withdrawn_key_takes_its_tokens_with_it()
    {
        using var world = new World(keySet: TestKey.Set(TestKey.Access, TestKey.Next));
        var other = TestToken.Of(TestToken.Payload, TestKey.Next);
        Assert.Null(await world.VerifyAsync(TestToken.Valid));
        Assert.Null(await world.VerifyAsync(other));

        world.Server.KeySet = TestKey.Set(TestKey.Next);
        await world.LookAgainAsync();

        Assert.Equal(KeyNotFound, await world.VerifyAsync(TestToken.Valid));
        Assert.Null(await world.VerifyAsync(other));
    }

    [Fact]
    public async Task A_key_that_changed_under_its_kid_takes_its_tokens_with_it()
    {
        using var world = new World();
        Assert.Null(await world.VerifyAsync(TestToken.Valid));

        world.Server.KeySet = TestKey.Set(TestKey.Attacker.Jwk.WithText("kid", TestKey.Access.Id));
        await world.LookAgainAsync();

        Assert.Equal(SignatureNotValid, await world.VerifyAsync(TestToken.Valid));
    }

    [Fact]
    public async Task A_key_set_that_did_not_change_keeps_verified_tokens()
    {
        using var world = new World();
        var first = await world.Verifier.VerifyAsync(TestToken.Valid);

        await world.LookAgainAsync();

        Assert.Same(first, await world.Verifier.VerifyAsync(TestToken.Valid));
    }

    [Fact]
    public async Task Turned_off_every_verification_is_a_first_one()
    {
        using var world = new World(o => o.RememberedTokens = 0);

        var first = await world.Verifier.VerifyAsync(TestToken.Valid);
        var second = await world.Verifier.VerifyAsync(TestToken.Valid);

        Assert.True(first.IsValid && second.IsValid);
        Assert.NotSame(first, second);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_seen_before_costs_no_memory(bool demanding)
    {
        using var world = new World(o =>
        {
            if (demanding)
            {
                o.AllOfScopes = ["orders/read", "orders/write"];
                o.AnyOfScopes = ["orders/admin", "orders/write"];
                o.Checks.Add(claims => claims.HasScope("orders/read") ? null : "no");
            }
        });
        var verifier = world.Verifier;
        var token = new string(TestToken.Valid);
        await verifier.VerifyAsync(token);

        Assert.Equal(0, Measure(() => Assert.True(verifier.TryVerify(token, out _))));
        Assert.Equal(0, Measure(() => _ = verifier.VerifyAsync(token).Result.IsValid));
        Assert.Equal(0, Measure(() => Assert.True(verifier.TryVerify(token.AsSpan(), out _))));
    }

    private static long Measure(Action action)
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
