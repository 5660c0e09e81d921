using CognitoM2M.Testing;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Tests.Support;
using Microsoft.Extensions.Logging;
using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Verification.Tests;

/// <summary>User pools and app clients that appear while the verifier is in use.</summary>
public sealed class TenantTests
{
    private static readonly string _ofOtherPool = TestToken.Create(TestToken.Payload.WithText("iss", TestToken.OtherIssuer));
    private static readonly string _ofOtherClient = TestToken.Create(TestToken.Payload.WithText("client_id", TestToken.OtherClientId));

    private readonly List<(string Issuer, string ClientId)> _asked = [];

    [Fact]
    public async Task New_user_pool_is_accepted_and_asked_for_once()
    {
        using var setup = Start((issuer, client) => issuer == TestToken.OtherIssuer ? Pool(TestToken.OtherPoolId, client) : null);
        using var withoutTenants = new VerifierSetup();
        Assert.Equal((true, false), (setup.Verifier.FindsTenants, withoutTenants.Verifier.FindsTenants));

        Assert.Null(await setup.VerifyAsync(_ofOtherPool));
        Assert.Null(await setup.VerifyAsync(_ofOtherPool));

        Assert.Equal([(TestToken.OtherIssuer, TestToken.ClientId)], _asked);
        Assert.True(setup.Verifier.VerifyWithHeldKeys(_ofOtherPool)!.IsValid);
    }

    [Fact]
    public async Task New_app_client_in_a_trusted_user_pool_is_accepted_with_the_keys_that_are_held()
    {
        using var setup = Start((_, client) => Pool(TestToken.PoolId, client));
        Assert.Null(await setup.VerifyAsync(TestToken.Valid));

        Assert.Null(await setup.VerifyAsync(_ofOtherClient));

        Assert.Equal([(TestToken.Issuer, TestToken.OtherClientId)], _asked);
        Assert.Equal(1, setup.Server.Requests);
    }

    [Fact]
    public async Task Key_of_a_tenant_is_found_while_the_tenant_is_held()
    {
        using var setup = Start((issuer, client) => issuer == TestToken.OtherIssuer ? Pool(TestToken.OtherPoolId, client) : null);
        Assert.Null(setup.Verifier.FindHeldKey(TestToken.OtherIssuer, TestKey.Access.Id));

        Assert.Null(await setup.VerifyAsync(_ofOtherPool));

        Assert.NotNull(setup.Verifier.FindHeldKey(TestToken.OtherIssuer, TestKey.Access.Id));
    }

    [Fact]
    public async Task Forged_token_of_a_trusted_user_pool_causes_no_question()
    {
        using var setup = Start((_, client) => Pool(TestToken.PoolId, client));
        var forged = TestToken.Create(TestToken.Header, TestToken.Payload.WithText("client_id", TestToken.OtherClientId), TestKey.Attacker);

        Assert.Equal(SignatureNotValid, await setup.VerifyAsync(forged));

        Assert.Empty(_asked);
    }

    [Fact]
    public async Task Forged_token_of_a_tenant_is_rejected()
    {
        using var setup = Start((_, client) => Pool(TestToken.OtherPoolId, client));
        var forged = TestToken.Create(TestToken.Header, TestToken.Payload.WithText("iss", TestToken.OtherIssuer), TestKey.Attacker);

        Assert.Equal(SignatureNotValid, await setup.VerifyAsync(forged));
    }

    [Fact]
    public async Task Unknown_tenant_is_asked_for_again_after_half_a_minute()
    {
        var exists = false;
        using var setup = Start((_, client) => exists ? Pool(TestToken.OtherPoolId, client) : null);
        Assert.Equal(IssuerNotTrusted, await setup.VerifyAsync(_ofOtherPool));
        exists = true;

        setup.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(IssuerNotTrusted, await setup.VerifyAsync(_ofOtherPool));
        Assert.False(setup.Verifier.VerifyWithHeldKeys(_ofOtherPool)!.IsValid);
        setup.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(setup.Verifier.VerifyWithHeldKeys(_ofOtherPool));

        Assert.Null(await setup.VerifyAsync(_ofOtherPool));
        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public async Task Tenant_that_is_removed_is_rejected_after_its_lifetime_although_its_token_was_verified()
    {
        var exists = true;
        using var setup = Start((_, client) => exists ? Pool(TestToken.OtherPoolId, client) : null);
        Assert.Null(await setup.VerifyAsync(_ofOtherPool));
        exists = false;

        setup.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Assert.Null(await setup.VerifyAsync(_ofOtherPool));
        setup.Clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(IssuerNotTrusted, await setup.VerifyAsync(_ofOtherPool));
    }

    [Fact]
    public async Task Number_of_held_tenants_is_bounded()
    {
        using var setup = Start((_, client) => Pool(TestToken.PoolId, client), options => options.MaxTenants = 2);
        string[] tokens = [.. Enumerable.Range(0, 3).Select(i => TestToken.Create(TestToken.Payload.WithText("client_id", $"tenant{i}")))];
        foreach (var token in tokens)
        {
            Assert.Null(await setup.VerifyAsync(token));
            setup.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Null(setup.Verifier.VerifyWithHeldKeys(tokens[0]));
        Assert.True(setup.Verifier.VerifyWithHeldKeys(tokens[1])!.IsValid);
        Assert.True(setup.Verifier.VerifyWithHeldKeys(tokens[2])!.IsValid);
    }

    [Fact]
    public async Task Failure_of_the_resolver_gives_no_verdict_on_the_token_and_is_kept_for_a_second()
    {
        var fails = true;
        using var setup = Start((_, client) => fails ? throw new TimeoutException("mark") : Pool(TestToken.OtherPoolId, client));

        var rejected = (await setup.Verifier.VerifyAsync(_ofOtherPool)).Rejection!;
        fails = false;
        Assert.Equal(KeysNotAvailable, setup.Verifier.VerifyWithHeldKeys(_ofOtherPool)!.Rejection!.Reason);
        setup.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(
            (KeysNotAvailable, "the answer of FindTenant", "none: the resolver failed (TimeoutException)"), (rejected.Reason, rejected.Expected, rejected.Actual));
        Assert.Null(await setup.VerifyAsync(_ofOtherPool));
        Assert.Single(setup.Log.Find(LogLevel.Warning));
    }

    [Fact]
    public async Task Callers_share_one_question_and_its_number_is_bounded()
    {
        var release = new TaskCompletionSource<TrustedUserPool?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var setup = new VerifierSetup(options => options.FindTenant = (issuer, client, _) =>
        {
            lock (_asked)
                _asked.Add((issuer, client));
            return release.Task;
        });
        var waiting = Enumerable.Range(0, 32)
            .SelectMany(i => Enumerable.Repeat(TestToken.Create(TestToken.Payload.WithText("iss", $"https://issuer.example/{i}")), 2))
            .Select(setup.VerifyAsync).ToList();

        Assert.Equal(KeysNotAvailable, await setup.VerifyAsync(TestToken.Create(TestToken.Payload.WithText("iss", "https://issuer.example/more"))));
        release.SetResult(null);

        Assert.All(await Task.WhenAll(waiting), reason => Assert.Equal(IssuerNotTrusted, reason));
        Assert.Equal(32, _asked.Count);
    }

    [Fact]
    public async Task User_pool_with_another_issuer_or_wrong_settings_is_not_trusted()
    {
        using var other = Start((_, client) => Pool("us-east-1_Different", client));
        using var wrong = Start((_, _) => new TrustedUserPool { UserPoolId = TestToken.OtherPoolId });
        using var anotherClient = Start((_, _) => Pool(TestToken.OtherPoolId, TestToken.OtherClientId));

        Assert.Equal(IssuerNotTrusted, await other.VerifyAsync(_ofOtherPool));
        Assert.Equal(IssuerNotTrusted, await wrong.VerifyAsync(_ofOtherPool));
        Assert.Equal(ClientNotAllowed, await anotherClient.VerifyAsync(_ofOtherPool));
        Assert.Single(other.Log.Find(LogLevel.Error));
        Assert.Single(wrong.Log.Find(LogLevel.Error));
    }

    [Fact]
    public async Task Verdicts_on_tenants_are_counted_once_and_add_no_issuers()
    {
        using var meter = new MeterRecorder();
        using var setup = Start((issuer, client) => issuer == TestToken.OtherIssuer ? Pool(TestToken.OtherPoolId, client) : null);
        using var verifier = new CognitoAccessTokenVerifier(setup.Options, setup.Log, setup.Server.CreateClient, setup.Clock, meter);

        await verifier.VerifyAsync(_ofOtherPool);
        await verifier.VerifyAsync(TestToken.Create(TestToken.Payload.WithText("iss", "https://stranger.example/a")));

        Assert.Equal(
            ["1 cognito_m2m.issuer=tenant cognito_m2m.reason=accepted", "1 cognito_m2m.issuer=other cognito_m2m.reason=issuer_not_trusted"],
            meter.Find(CognitoVerificationDiagnostics.Verdicts));
        Assert.Equal(["0 cognito_m2m.jwks_uri=tenant"], meter.Find(CognitoVerificationDiagnostics.KeySetFetchDuration));
    }

    [Fact]
    public void Limits_are_checked_and_user_pools_may_be_empty_with_a_resolver()
    {
        var options = new CognitoAccessTokenVerifierOptions { FindTenant = (_, _, _) => Task.FromResult<TrustedUserPool?>(null) };
        Assert.Empty(options.Validate());

        (options.TenantLifetime, options.UnknownTenantLifetime, options.MaxTenants) = (TimeSpan.FromDays(2), TimeSpan.Zero, 0);

        Assert.Equal(3, options.Validate().Count);
    }

    private static TrustedUserPool Pool(string id, string client) => new() { UserPoolId = id, ClientIds = [client] };

    private VerifierSetup Start(Func<string, string, TrustedUserPool?> find, Action<CognitoAccessTokenVerifierOptions>? configure = null) => new(options =>
    {
        options.FindTenant = (issuer, client, _) =>
        {
            _asked.Add((issuer, client));
            return Task.FromResult(find(issuer, client));
        };
        configure?.Invoke(options);
    });
}
