using System.Net;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Tests.Support;
using Microsoft.Extensions.Logging;
using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Verification.Tests.Tenants;

/// <summary>What strangers can do to tenants: anybody can write a token that names any issuer and any app client.</summary>
public sealed class StrangerTests
{
    private const string OfTenant = "https://tenant.example/a";

    private static readonly string _tenant = Token(OfTenant, TestToken.ClientId);

    private int _asked;

    [Fact]
    public async Task Form_of_a_trusted_issuer_without_keys_causes_no_question()
    {
        using var setup = Start((_, client) => Pool(TestToken.Issuer, client));
        setup.Server.OnRequest = (request, _) => Task.FromResult(
            request.RequestUri!.Host.StartsWith("issuer-", StringComparison.Ordinal) ? new HttpResponseMessage(HttpStatusCode.NotFound) : KeySetServer.CreateResponse(setup.Server.KeySet));
        Assert.Null(await setup.VerifyAsync(TestToken.Valid));
        var forged = TestToken.Create(TestToken.Header, TestToken.Payload.WithText("iss", TestToken.UpdatedIssuer).WithText("client_id", TestToken.OtherClientId), TestKey.Attacker);

        Assert.Equal(IssuerNotTrusted, await setup.VerifyAsync(forged));

        Assert.False(setup.Verifier.VerifyWithHeldKeys(forged)!.IsValid);
        Assert.Equal(0, _asked);
    }

    [Fact]
    public async Task Invented_app_clients_do_not_displace_tenants_that_had_a_valid_token()
    {
        using var setup = Start(Pool, options => options.MaxTenants = 2);
        Assert.Null(await setup.VerifyAsync(_tenant));

        for (var i = 0; i < 1_100; i++)
            Assert.Equal(SignatureNotValid, await setup.VerifyAsync(Forge(OfTenant, $"invented{i}")));

        Assert.True(setup.Verifier.VerifyWithHeldKeys(_tenant)!.IsValid);
        // The answers about the first ones were dropped.
        Assert.Null(setup.Verifier.VerifyWithHeldKeys(Forge(OfTenant, "invented0")));
        Assert.False(setup.Verifier.VerifyWithHeldKeys(Forge(OfTenant, "invented1099"))!.IsValid);
    }

    [Fact]
    public async Task Questions_about_strangers_do_not_delay_tenants_that_had_a_valid_token()
    {
        var release = new TaskCompletionSource<TrustedUserPool?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var setup = new VerifierSetup(options => options.FindTenant = (issuer, client, _) =>
        {
            if (issuer != OfTenant)
                return release.Task;
            Interlocked.Increment(ref _asked);
            return Task.FromResult<TrustedUserPool?>(Pool(issuer, client));
        });
        Assert.Null(await setup.VerifyAsync(_tenant));
        setup.Clock.Advance(TimeSpan.FromMinutes(5));
        var waiting = Enumerable.Range(0, 32).Select(i => setup.VerifyAsync(Forge($"https://stranger.example/{i}", "x"))).ToList();
        Assert.Equal(KeysNotAvailable, await setup.VerifyAsync(Forge("https://stranger.example/more", "x")));

        Assert.Null(await setup.VerifyAsync(_tenant));
        Assert.Equal(2, _asked);

        release.SetResult(null);
        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task Failures_and_mistakes_write_one_line_in_ten_seconds()
    {
        using var failing = Start((_, _) => throw new TimeoutException("mark"));
        using var mistaken = Start((_, client) => Pool("https://other.example/b", client));
        foreach (var setup in (VerifierSetup[])[failing, mistaken])
        {
            await setup.VerifyAsync(_tenant);
            await setup.VerifyAsync(Forge("https://tenant.example/b", "x"));
            setup.Clock.Advance(TimeSpan.FromSeconds(10));
            await setup.VerifyAsync(Forge("https://tenant.example/c", "x"));
        }

        Assert.Equal(2, failing.Log.Find(LogLevel.Warning).Count);
        Assert.Equal(2, mistaken.Log.Find(LogLevel.Error).Count);
    }

    [Fact]
    public async Task Question_does_not_run_in_the_context_of_the_request_that_came_first()
    {
        var request = new AsyncLocal<string?>();
        string? seen = "nothing";
        using var setup = Start((issuer, client) =>
        {
            seen = request.Value;
            return Pool(issuer, client);
        });

        request.Value = "the first request";
        Assert.Null(await setup.VerifyAsync(_tenant));

        Assert.Null(seen);
    }

    private static string Token(string issuer, string client) => TestToken.Create(TestToken.Payload.WithText("iss", issuer).WithText("client_id", client));

    private static string Forge(string issuer, string client) =>
        TestToken.Create(TestToken.Header, TestToken.Payload.WithText("iss", issuer).WithText("client_id", client), TestKey.Attacker);

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
