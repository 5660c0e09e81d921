using CognitoM2M.Diagnostics;
using CognitoM2M.TokenEndpoint;

namespace CognitoM2M.Tokens;

/// <summary>
/// For an entry that takes the place of another because there is a new secret. If that brings no token, because it was mistyped or
/// Cognito does not know it yet, calls go on with the token that the former secret brought: it is as good as ever.
/// </summary>
internal sealed class FormerTokenFetcher(
    ITokenFetcher fetcher, HeldToken former, MonotonicClock clock, Func<double> random, TokenTelemetry telemetry) : ITokenFetcher
{
    private HeldToken? _former = former;

    public async Task<FetchOutcome> FetchAsync(FetchReason reason, AppClientSettings client, bool mayRepeat)
    {
        var outcome = await fetcher.FetchAsync(reason, client, mayRepeat).ConfigureAwait(false);
        var fallback = Interlocked.Exchange(ref _former, null);
        var now = clock.Now;
        if (outcome.Failure is not { } failure || fallback is null || reason != FetchReason.Cold || now >= fallback.UnusableAt)
            return outcome;

        Instruments.Quietly(() => telemetry.NewSecretFailed(failure));
        // Due when the new secret may be tried again: this was a failure like any other.
        var retryAt = now + BackOff.After(1, failure.RetryAfter, random());
        return new IssuedToken(fallback.Token, now, fallback.UnusableAt - now)
        {
            Instants = new TokenLifetime(retryAt < fallback.UnusableAt ? retryAt : fallback.UnusableAt, fallback.UnusableAt),
            Origin = TokenOrigin.Memory,
        };
    }
}
