using System.Diagnostics.Metrics;
using CognitoM2M.Testing;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Tests.Support;

namespace CognitoM2M.Verification.Tests.Diagnostics;

/// <summary>What the meter of the verifier counts and measures.</summary>
public sealed class MetricsTests : IDisposable
{
    private const string Usual = "cognito_m2m.issuer=" + TestToken.Issuer;

    private readonly MeterRecorder _meter = new();
    private readonly VerifierSetup _setup = new();
    private readonly CognitoAccessTokenVerifier _verifier;

    public MetricsTests() => _verifier = new CognitoAccessTokenVerifier(_setup.Options, _setup.Log, _setup.Server.CreateClient, _setup.Clock, _meter);

    public void Dispose()
    {
        _verifier.Dispose();
        _setup.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public async Task Verdicts_are_counted_by_reason_and_issuer()
    {
        string[] tokens =
        [
            TestToken.Valid,
            TestToken.Create(TestToken.Payload.WithNumber("exp", TestToken.Now)),
            TestToken.Create(TestToken.Payload.WithText("client_id", TestToken.OtherClientId)),
            TestToken.Create(TestToken.Header, TestToken.Payload, TestKey.Attacker),
            TestToken.Create(TestToken.Payload.WithText("iss", "https://stranger.example/a")),
            TestToken.Create(TestToken.Payload.WithText("iss", "https://stranger.example/b")),
            "junk",
            "",
        ];

        foreach (var token in tokens)
            await _verifier.VerifyAsync(token);

        Assert.Equal(
            [
                $"1 {Usual} cognito_m2m.reason=accepted",
                $"1 {Usual} cognito_m2m.reason=expired",
                $"1 {Usual} cognito_m2m.reason=client_not_allowed",
                $"1 {Usual} cognito_m2m.reason=signature_not_valid",
                "1 cognito_m2m.issuer=other cognito_m2m.reason=issuer_not_trusted",
                "1 cognito_m2m.issuer=other cognito_m2m.reason=issuer_not_trusted",
                "1 cognito_m2m.issuer=other cognito_m2m.reason=malformed",
                "1 cognito_m2m.issuer=other cognito_m2m.reason=missing",
            ],
            _meter.Find(CognitoVerificationDiagnostics.Verdicts));
    }

    [Fact]
    public async Task Token_that_waits_for_a_download_is_counted_once()
    {
        var release = _setup.Server.Hold();
        Assert.Null(_verifier.VerifyWithHeldKeys(TestToken.Valid));
        Assert.Empty(_meter.Find(CognitoVerificationDiagnostics.Verdicts));

        var waiting = _verifier.VerifyAsync(TestToken.Valid);
        release.SetResult();
        await waiting;

        Assert.Single(_meter.Find(CognitoVerificationDiagnostics.Verdicts));
    }

    [Fact]
    public async Task Hits_of_the_cache_are_counted_also_if_the_token_has_expired_since()
    {
        await _verifier.VerifyAsync(TestToken.Valid);
        Assert.Empty(_meter.Find(CognitoVerificationDiagnostics.CacheHits));

        await _verifier.VerifyAsync(TestToken.Valid);
        _setup.Clock.JumpWallClock(TimeSpan.FromHours(1));
        await _verifier.VerifyAsync(TestToken.Valid);

        Assert.Equal([$"1 {Usual}", $"1 {Usual}"], _meter.Find(CognitoVerificationDiagnostics.CacheHits));
        Assert.Equal(
            ["accepted", "accepted", "expired"],
            _meter.Find(CognitoVerificationDiagnostics.Verdicts).Select(verdict => verdict[(verdict.LastIndexOf('=') + 1)..]));
    }

    [Fact]
    public async Task Duration_of_a_download_is_recorded_with_the_kind_of_failure()
    {
        const string Address = "cognito_m2m.jwks_uri=" + TestToken.Issuer + "/.well-known/jwks.json";
        _setup.Server.OnRequest = (_, _) =>
        {
            _setup.Clock.Advance(TimeSpan.FromMilliseconds(250));
            return Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.NotFound));
        };
        await _verifier.VerifyAsync(TestToken.Valid);
        _setup.Clock.Advance(TimeSpan.FromSeconds(1));
        _setup.Server.OnRequest = (_, _) => throw new HttpRequestException("no route");
        await _verifier.VerifyAsync(TestToken.Valid);
        _setup.Clock.Advance(TimeSpan.FromSeconds(2));
        _setup.Server.OnRequest = (_, _) => Task.FromResult(KeySetServer.CreateResponse("<html>"));
        await _verifier.VerifyAsync(TestToken.Valid);
        _setup.Clock.Advance(TimeSpan.FromSeconds(4));
        _setup.Server.Recover();
        await _verifier.VerifyAsync(TestToken.Valid);

        Assert.Equal(
            [$"0.25 {Address} error.type=404", $"0 {Address} error.type=unreachable", $"0 {Address} error.type=not_a_key_set", $"0 {Address}"],
            _meter.Find(CognitoVerificationDiagnostics.KeySetFetchDuration));
    }

    [Fact]
    public async Task Download_that_ends_with_the_verifier_is_not_measured()
    {
        _setup.Server.Hold();
        var waiting = _verifier.VerifyAsync(TestToken.Valid).AsTask();
        while (_setup.Server.Requests == 0)
            await Task.Yield();

        _verifier.Dispose();
        await waiting;

        Assert.Empty(_meter.Find(CognitoVerificationDiagnostics.KeySetFetchDuration));
    }

    [Fact]
    public async Task Keys_of_tenants_share_one_value()
    {
        _setup.Options.FindTenant = (issuer, clientId, _) => Task.FromResult<TrustedUserPool?>(new TrustedUserPool { Issuer = issuer, ClientIds = [clientId] });
        using var verifier = new CognitoAccessTokenVerifier(_setup.Options, _setup.Log, _setup.Server.CreateClient, _setup.Clock, _meter);

        foreach (var tenant in (string[])["https://tenant.example/a", "https://tenant.example/b"])
            Assert.True((await verifier.VerifyAsync(TestToken.Create(TestToken.Payload.WithText("iss", tenant)))).IsValid);

        Assert.Equal(["0 cognito_m2m.jwks_uri=tenant", "0 cognito_m2m.jwks_uri=tenant"], _meter.Find(CognitoVerificationDiagnostics.KeySetFetchDuration));
        Assert.Equal(
            ["1 cognito_m2m.issuer=tenant cognito_m2m.reason=accepted", "1 cognito_m2m.issuer=tenant cognito_m2m.reason=accepted"],
            _meter.Find(CognitoVerificationDiagnostics.Verdicts));
    }

    [Fact]
    public async Task Histogram_advises_buckets_that_fit_the_limit_of_a_download()
    {
        await _verifier.VerifyAsync(TestToken.Valid);

        var histogram = Assert.IsType<Histogram<double>>(_meter.Instruments.Single(instrument => instrument.Name == CognitoVerificationDiagnostics.KeySetFetchDuration));
        var bounds = histogram.Advice!.HistogramBucketBoundaries!;
        Assert.Equal("s", histogram.Unit);
        Assert.Equal((0.005, 5), (bounds[0], bounds[^1]));
        Assert.Equal(bounds.Order(), bounds);
    }

    [Fact]
    public async Task Age_of_the_keys_is_shown_for_issuers_with_keys()
    {
        Assert.Empty(_meter.Find(CognitoVerificationDiagnostics.KeySetAge));
        await _verifier.VerifyAsync(TestToken.Valid);

        _setup.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal([$"120 {Usual}"], _meter.Find(CognitoVerificationDiagnostics.KeySetAge));
    }

    [Fact]
    public async Task Age_of_the_oldest_keys_is_measured_if_several_verifiers_trust_an_issuer()
    {
        await _verifier.VerifyAsync(TestToken.Valid);
        _setup.Clock.Advance(TimeSpan.FromMinutes(2));
        using var other = new CognitoAccessTokenVerifier(_setup.Options, _setup.Log, _setup.Server.CreateClient, _setup.Clock, _meter);
        await other.VerifyAsync(TestToken.Valid);

        Assert.Equal([$"120 {Usual}"], _meter.Find(CognitoVerificationDiagnostics.KeySetAge));
    }

    [Fact]
    public async Task Disposed_verifier_shows_no_age()
    {
        await _verifier.VerifyAsync(TestToken.Valid);

        _verifier.Dispose();

        Assert.Empty(_meter.Find(CognitoVerificationDiagnostics.KeySetAge));
    }

    [Fact]
    public async Task Age_of_a_key_set_is_never_negative()
    {
        await _verifier.VerifyAsync(TestToken.Valid);

        _setup.Clock.JumpWallClock(TimeSpan.FromHours(-1));

        Assert.Equal([$"0 {Usual}"], _meter.Find(CognitoVerificationDiagnostics.KeySetAge));
    }

    [Fact]
    public async Task Verdict_is_returned_although_the_meter_factory_throws()
    {
        using var verifier = new CognitoAccessTokenVerifier(_setup.Options, _setup.Log, _setup.Server.CreateClient, _setup.Clock, new ThrowingFactory());

        Assert.True((await verifier.VerifyAsync(TestToken.Valid)).IsValid);
    }

    private sealed class ThrowingFactory : IMeterFactory
    {
        public Meter Create(MeterOptions options) => throw new InvalidOperationException("no meter");

        public void Dispose()
        {
        }
    }
}
