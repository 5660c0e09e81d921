using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Tests.Support;
using Microsoft.Extensions.Logging;
using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Verification.Tests.Tenants;

/// <summary>Tenants are asked for again while they are in use, stay trusted for a time if the application cannot be asked, and keep their keys.</summary>
public sealed class TenantRenewalTests
{
    private static readonly string _tenant = Token(TestToken.OtherIssuer, TestToken.ClientId);

    private int _asked;

    [Fact]
    public async Task Tenant_is_asked_for_again_in_the_background_before_its_answer_ends()
    {
        using var setup = Start(Pool);
        Assert.Null(await setup.VerifyAsync(_tenant));

        setup.Clock.Advance(TimeSpan.FromMinutes(4) - TimeSpan.FromTicks(1));
        Assert.True(setup.Verifier.VerifyWithHeldKeys(_tenant)!.IsValid);
        Assert.Equal(1, _asked);
        setup.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.True(setup.Verifier.VerifyWithHeldKeys(_tenant)!.IsValid);
        while (Volatile.Read(ref _asked) < 2)
            await Task.Yield();

        // The lifetime of the first answer ends. The verifier stores the second answer shortly after the application gave it.
        setup.Clock.Advance(TimeSpan.FromMinutes(1));
        while (setup.Verifier.VerifyWithHeldKeys(_tenant) is null)
            await Task.Yield();
        setup.Clock.Advance(TimeSpan.FromMinutes(3) - TimeSpan.FromTicks(1));
        Assert.Null(await setup.VerifyAsync(_tenant));
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task Tenant_stays_trusted_for_eleven_more_lifetimes_if_the_application_cannot_be_asked()
    {
        var fails = false;
        using var setup = Start((issuer, client) => fails ? throw new TimeoutException("mark") : Pool(issuer, client));
        Assert.Null(await setup.VerifyAsync(_tenant));
        fails = true;

        setup.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(await setup.VerifyAsync(_tenant));
        // The next question comes after a pause.
        setup.Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Null(await setup.VerifyAsync(_tenant));
        Assert.Equal(2, _asked);
        setup.Clock.Advance(TimeSpan.FromMinutes(55) - TimeSpan.FromSeconds(9) - TimeSpan.FromTicks(1));
        Assert.Null(await setup.VerifyAsync(_tenant));
        setup.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(KeysNotAvailable, await setup.VerifyAsync(_tenant));

        fails = false;
        setup.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await setup.VerifyAsync(_tenant));
    }

    [Fact]
    public async Task Tenant_that_was_removed_during_an_outage_is_rejected_after_the_outage()
    {
        var answer = "pool";
        using var setup = Start((issuer, client) => answer == "pool" ? Pool(issuer, client) : answer == "none" ? null : throw new TimeoutException("mark"));
        Assert.Null(await setup.VerifyAsync(_tenant));
        answer = "failure";
        setup.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(await setup.VerifyAsync(_tenant));

        answer = "none";
        setup.Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(IssuerNotTrusted, await setup.VerifyAsync(_tenant));
    }

    [Fact]
    public async Task Former_options_do_not_drop_key_sets_that_tenants_of_the_present_options_use()
    {
        const string Third = "https://third.example/c";
        var answer = new TaskCompletionSource<TrustedUserPool?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var setup = new VerifierSetup(options => options.FindTenant = (issuer, client, _) =>
            Interlocked.Increment(ref _asked) == 1 ? Task.FromResult<TrustedUserPool?>(Pool(issuer, client)) : answer.Task);
        Assert.Null(await setup.VerifyAsync(_tenant));
        setup.Clock.Advance(TimeSpan.FromMinutes(5));
        var former = setup.VerifyAsync(_tenant);
        setup.Options.FindTenant = (issuer, client, _) => Task.FromResult<TrustedUserPool?>(Pool(issuer, client));
        setup.Verifier.ChangeOptions(setup.Options);
        Assert.Null(await setup.VerifyAsync(Token(Third, TestToken.ClientId)));
        var downloads = setup.Server.Requests;

        // The former options learn that their only tenant is gone, and hold no tenant any more.
        answer.SetResult(null);
        Assert.Equal(IssuerNotTrusted, await former);
        Assert.Null(await setup.VerifyAsync(Token(Third, TestToken.OtherClientId)));

        Assert.Equal(downloads, setup.Server.Requests);
    }

    [Fact]
    public async Task Keys_of_a_tenant_over_plain_http_write_one_warning()
    {
        using var setup = Start(
            (issuer, client) => new TrustedUserPool { Issuer = issuer, ClientIds = [client], JwksUri = new Uri("http://cognito:9229/keys") },
            options => options.PlainHttpHosts = ["cognito"]);

        Assert.Null(await setup.VerifyAsync(_tenant));
        Assert.Null(await setup.VerifyAsync(Token(TestToken.OtherIssuer, TestToken.OtherClientId)));

        Assert.Contains("Keys are downloaded from cognito:9229 over plain http", Assert.Single(setup.Log.Find(LogLevel.Warning)), StringComparison.Ordinal);
    }

    private static string Token(string issuer, string client) =>
        TestToken.Create(TestToken.Payload.WithText("iss", issuer).WithText("client_id", client).WithNumber("exp", TestToken.Now + 86_400));

    private static TrustedUserPool Pool(string issuer, string client) => new() { Issuer = issuer, ClientIds = [client] };

    private VerifierSetup Start(Func<string, string, TrustedUserPool?> find, Action<CognitoAccessTokenVerifierOptions>? configure = null) => new(options =>
    {
        options.FindTenant = (issuer, client, _) =>
        {
            Interlocked.Increment(ref _asked);
            return Task.FromResult(find(issuer, client));
        };
        configure?.Invoke(options);
    });
}
