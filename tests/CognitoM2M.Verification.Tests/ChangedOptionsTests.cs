using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Verification.Tests;

/// <summary>The options of a verifier change while it is in use.</summary>
public sealed class ChangedOptionsTests
{
    [Fact]
    public async Task Tokens_are_judged_by_the_new_options_even_if_they_were_verified_before()
    {
        using var setup = new VerifierSetup();
        Assert.Null(await setup.VerifyAsync(TestToken.Valid));

        setup.Verifier.ChangeOptions(CreateOptions(TestToken.OtherClientId));
        Assert.Equal(ClientNotAllowed, await setup.VerifyAsync(TestToken.Valid));
        setup.Verifier.ChangeOptions(CreateOptions(TestToken.ClientId));
        Assert.Null(await setup.VerifyAsync(TestToken.Valid));
    }

    [Fact]
    public async Task Keys_of_user_pools_that_stay_are_kept()
    {
        using var setup = new VerifierSetup();
        Assert.Null(await setup.VerifyAsync(TestToken.Valid));
        setup.Server.Fail();

        setup.Verifier.ChangeOptions(CreateOptions(TestToken.ClientId));

        Assert.NotNull(setup.Verifier.VerifyWithHeldKeys(TestToken.Valid));
        Assert.Equal(1, setup.Server.Requests);
        Assert.Equal(1, setup.Status.UsableKeys);
    }

    [Fact]
    public async Task Keys_of_user_pools_that_are_removed_are_dropped()
    {
        using var setup = new VerifierSetup();
        Assert.Null(await setup.VerifyAsync(TestToken.Valid));

        var other = new CognitoAccessTokenVerifierOptions { UserPools = [new TrustedUserPool { UserPoolId = TestToken.OtherPoolId, AllowAnyClient = true }] };
        setup.Verifier.ChangeOptions(other);
        Assert.Equal(IssuerNotTrusted, await setup.VerifyAsync(TestToken.Valid));
        setup.Verifier.ChangeOptions(CreateOptions(TestToken.ClientId));

        Assert.Null(setup.Verifier.VerifyWithHeldKeys(TestToken.Valid));
        Assert.Null(await setup.VerifyAsync(TestToken.Valid));
        Assert.Equal(2, setup.Server.Requests);
    }

    [Fact]
    public async Task Token_that_waits_for_its_key_is_judged_by_the_options_of_its_arrival()
    {
        using var setup = new VerifierSetup();
        var release = setup.Server.Hold();
        var waiting = setup.VerifyAsync(TestToken.Valid);

        setup.Verifier.ChangeOptions(CreateOptions(TestToken.OtherClientId));
        release.SetResult();

        Assert.Null(await waiting);
        Assert.Equal(ClientNotAllowed, await setup.VerifyAsync(TestToken.Valid));
    }

    [Fact]
    public async Task Options_that_are_wrong_are_refused_and_the_former_ones_stay_in_use()
    {
        using var setup = new VerifierSetup();

        var thrown = Assert.Throws<OptionsValidationException>(() => setup.Verifier.ChangeOptions(new CognitoAccessTokenVerifierOptions { MaxTokenLength = 1 }));

        Assert.Equal(2, thrown.Failures.Count());
        Assert.Throws<ArgumentNullException>(() => setup.Verifier.ChangeOptions(null!));
        Assert.Null(await setup.VerifyAsync(TestToken.Valid));
    }

    [Fact]
    public void Plain_http_is_warned_of_once_for_each_host()
    {
        using var setup = new VerifierSetup(options => Use(options, "http://one.example/keys"));
        _ = setup.Verifier;

        setup.Verifier.ChangeOptions(Use(CreateOptions(TestToken.ClientId), "http://one.example/other"));
        setup.Verifier.ChangeOptions(Use(CreateOptions(TestToken.ClientId), "http://two.example/keys"));

        var warnings = setup.Log.Find(LogLevel.Warning);
        Assert.Equal(2, warnings.Count);
        Assert.Contains("one.example", warnings[0], StringComparison.Ordinal);
        Assert.Contains("two.example", warnings[1], StringComparison.Ordinal);

        static CognitoAccessTokenVerifierOptions Use(CognitoAccessTokenVerifierOptions options, string address)
        {
            options.PlainHttpHosts = ["one.example", "two.example"];
            options.UserPools[0].JwksUri = new Uri(address);
            return options;
        }
    }

    private static CognitoAccessTokenVerifierOptions CreateOptions(string client) =>
        new() { UserPools = [new TrustedUserPool { UserPoolId = TestToken.PoolId, ClientIds = [client] }] };
}
