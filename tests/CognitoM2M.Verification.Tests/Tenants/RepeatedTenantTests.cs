using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Tests.Support;
using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Verification.Tests.Tenants;

/// <summary>Tokens of tenants that are sent again.</summary>
public sealed class RepeatedTenantTests
{
    private const string OfTenant = "https://tenant.example/a";

    private static readonly string _tenant = TestToken.Create(TestToken.Payload.WithText("iss", OfTenant));

    [Fact]
    public async Task Second_verification_returns_the_same_result_and_allocates_nothing()
    {
        using var setup = Start();
        var first = await setup.Verifier.VerifyAsync(_tenant);

        Assert.Same(first, setup.Verifier.VerifyWithHeldKeys(_tenant));
        Assert.Equal(0, MeasureBytes(() => Assert.True(setup.Verifier.VerifyWithHeldKeys(_tenant)!.IsValid)));
        Assert.Equal(0, MeasureBytes(() => Assert.True(setup.Verifier.VerifyAsync(_tenant).Result.IsValid)));
    }

    [Fact]
    public async Task Forged_token_that_ends_like_a_verified_one_is_rejected()
    {
        using var setup = Start();
        Assert.Null(await setup.VerifyAsync(_tenant));
        var parts = _tenant.Split('.');
        var other = TestToken.Create(TestToken.Payload.WithText("iss", OfTenant).WithText("scope", "orders/admin")).Split('.');
        var ofOtherTenant = TestToken.Create(TestToken.Payload.WithText("iss", "https://tenant.example/b")).Split('.');

        foreach (var payload in (string[])[other[1], ofOtherTenant[1]])
        {
            var forged = $"{parts[0]}.{payload}.{parts[2]}";

            Assert.Equal(SignatureNotValid, await setup.VerifyAsync(forged));
            Assert.False(setup.Verifier.VerifyWithHeldKeys(forged)!.IsValid);
        }
    }

    [Fact]
    public async Task Rules_apply_at_every_use()
    {
        string? problem = null;
        using var setup = Start(options => options.Checks.Add(_ => problem));
        Assert.Null(await setup.VerifyAsync(_tenant));

        problem = "closed";
        Assert.Equal(CheckFailed, await setup.VerifyAsync(_tenant));
        problem = null;
        Assert.Null(await setup.VerifyAsync(_tenant));
        setup.Clock.JumpWallClock(TimeSpan.FromHours(1));

        Assert.Equal(Expired, await setup.VerifyAsync(_tenant));
    }

    [Fact]
    public async Task Token_of_a_tenant_whose_key_was_withdrawn_is_rejected_although_it_was_verified_before()
    {
        using var setup = Start();
        Assert.Null(await setup.VerifyAsync(_tenant));
        setup.Server.KeySet = TestKey.CreateKeySet(TestKey.Next);

        // The tenant is asked for again, and its keys are downloaded again when their lifetime is over.
        setup.Clock.Advance(TimeSpan.FromHours(1));
        setup.Clock.JumpWallClock(TimeSpan.FromHours(-1));
        var requests = setup.Server.Requests;
        Assert.Null(await setup.VerifyAsync(_tenant));
        while (setup.Server.Requests == requests || setup.Verifier.FindHeldKey(OfTenant, TestKey.Next.Id) is null)
            await Task.Yield();

        Assert.Equal(KeyNotFound, await setup.VerifyAsync(_tenant));
        Assert.Equal(KeyNotFound, setup.Verifier.VerifyWithHeldKeys(_tenant)!.Rejection!.Reason);
    }

    [Fact]
    public async Task Verified_token_stays_in_the_cache_when_the_tenant_is_asked_for_again_and_has_not_changed()
    {
        using var setup = Start();
        var first = await setup.Verifier.VerifyAsync(_tenant);

        setup.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Null(setup.Verifier.VerifyWithHeldKeys(_tenant));
        Assert.Same(first, await setup.Verifier.VerifyAsync(_tenant));
    }

    [Fact]
    public async Task Verified_token_is_verified_anew_when_the_tenant_has_changed()
    {
        Func<string, string, TrustedUserPool> find = (issuer, client) => new TrustedUserPool { Issuer = issuer, ClientIds = [client] };
        using var setup = Start(options => options.FindTenant = (issuer, client, _) => Task.FromResult<TrustedUserPool?>(find(issuer, client)));
        Func<string, string, TrustedUserPool>[] changes =
        [
            (issuer, client) => new TrustedUserPool { Issuer = issuer, ClientIds = [client, "another"] },
            (issuer, _) => new TrustedUserPool { Issuer = issuer, AllowAnyClient = true },
            (issuer, _) => new TrustedUserPool { Issuer = issuer, AllowAnyClient = true, UserPoolId = TestToken.OtherPoolId },
            (issuer, client) => new TrustedUserPool { Issuer = issuer, ClientIds = [client], JwksUri = new Uri("https://tenant.example/keys") },
        ];
        foreach (var change in changes)
        {
            var former = await setup.Verifier.VerifyAsync(_tenant);
            find = change;
            setup.Clock.Advance(TimeSpan.FromMinutes(5));

            var present = await setup.Verifier.VerifyAsync(_tenant);

            Assert.True(former.IsValid && present.IsValid);
            Assert.NotSame(former, present);
        }

        find = (issuer, client) => new TrustedUserPool { Issuer = issuer, ClientIds = [client], Jwks = TestKey.CreateKeySet(TestKey.Next) };
        setup.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(KeyNotFound, await setup.VerifyAsync(_tenant));
        find = (issuer, _) => new TrustedUserPool { Issuer = issuer, ClientIds = ["another"] };
        setup.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(ClientNotAllowed, await setup.VerifyAsync(_tenant));
    }

    [Fact]
    public async Task Every_token_is_verified_from_the_start_without_a_cache()
    {
        using var setup = Start(options => options.VerifiedTokenCacheSize = 0);

        var first = await setup.Verifier.VerifyAsync(_tenant);
        var second = await setup.Verifier.VerifyAsync(_tenant);

        Assert.True(first.IsValid && second.IsValid);
        Assert.NotSame(first, second);
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

    private static VerifierSetup Start(Action<CognitoAccessTokenVerifierOptions>? configure = null) => new(options =>
    {
        options.FindTenant = (issuer, client, _) => Task.FromResult<TrustedUserPool?>(new TrustedUserPool { Issuer = issuer, ClientIds = [client] });
        configure?.Invoke(options);
    });
}
