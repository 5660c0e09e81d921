using CognitoM2M.Diagnostics;
using CognitoM2M.Settings;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using CognitoM2M.Time;
using CognitoM2M.TokenEndpoint;
using CognitoM2M.Tokens;
using Microsoft.Extensions.Logging.Abstractions;

namespace CognitoM2M.Tests.TokenEndpoint;

/// <summary>Which secret a fetch uses, and when a fetch that needs another secret sends nothing.</summary>
public sealed class TokenFetcherTests
{
    private static readonly FetchOrder _look = new(FetchReason.Cold) { NeedsOtherSecret = true };
    private static readonly TokenFailure _refused = new("invalid_client", "Check the client secret.", IsTransient: false) { IsRefusedSecret = true };

    private readonly MonotonicClock _clock = new(new ManualClock());
    private readonly Requester _cognito = new();
    private Func<string> _source = () => "first";

    [Fact]
    public async Task Source_that_fails_during_the_back_off_does_not_count_as_a_further_failure()
    {
        _source = () => throw new InvalidOperationException("From the source.");
        var fetcher = Create();

        Assert.Same(FetchOutcome.SecretUnchanged, await fetcher.FetchAsync(_look));
        Assert.Equal(CognitoTokenErrors.SecretUnavailable, (await fetcher.FetchAsync(new FetchOrder(FetchReason.Cold))).Failure!.Error);
        Assert.Empty(_cognito.Secrets);
    }

    [Fact]
    public async Task Refused_secret_is_not_sent_again_until_there_is_another()
    {
        _cognito.Outcome = _refused;
        var fetcher = Create();
        await fetcher.FetchAsync(new FetchOrder(FetchReason.Cold));

        Assert.Same(FetchOutcome.SecretUnchanged, await fetcher.FetchAsync(_look));
        _source = () => "second";
        await fetcher.FetchAsync(_look);

        Assert.Equal(["first", "second"], _cognito.Secrets);
    }

    [Fact]
    public async Task Secret_that_cognito_accepted_is_not_taken_for_a_refused_one()
    {
        var fetcher = Create();
        await fetcher.FetchAsync(new FetchOrder(FetchReason.Cold));

        await fetcher.FetchAsync(_look);

        Assert.Equal(["first", "first"], _cognito.Secrets);
    }

    [Fact]
    public async Task Unexpected_exception_becomes_a_transient_failure()
    {
        var error = new InvalidOperationException("From a handler.");

        var outcome = await Create().GuardAsync(new FetchOrder(FetchReason.Cold), () => throw error);

        Assert.Equal((CognitoTokenErrors.RequestFailed, true), (outcome.Failure!.Error, outcome.Failure.IsTransient));
        Assert.Same(error, outcome.Failure.Cause);
    }

    private TokenFetcher Create()
    {
        var options = new CognitoM2MClientOptions
        {
            TokenEndpoint = new Uri(StubbedService.TokenEndpoint),
            ClientId = "abc123",
            ClientSecretSource = CognitoSecretSource.From((_, _) => new ValueTask<string>(_source())),
        };
        return new TokenFetcher(
            new AppClientSettings("orders", options), _cognito,
            new TokenHttp(() => throw new InvalidOperationException("These tests send nothing."), _clock, new RequestPacers(_clock), CancellationToken.None),
            new TokenTelemetry(new Instruments(NullLogger.Instance, null), "orders", CognitoTokenRoute.OAuth2, ""));
    }

    /// <summary>Keeps the secrets that it got, and gives a token unless the test says otherwise.</summary>
    private sealed class Requester : ITokenRequester
    {
        public List<string> Secrets { get; } = [];

        public FetchOutcome Outcome { get; set; } =
            new IssuedToken(new CognitoAccessToken("token", DateTimeOffset.UnixEpoch + TimeSpan.FromHours(1)), TimeSpan.Zero, TimeSpan.FromHours(1));

        public Task<FetchOutcome> RequestAsync(string secret, FetchOrder order)
        {
            Secrets.Add(secret);
            return Task.FromResult(Outcome);
        }
    }
}
