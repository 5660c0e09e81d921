using CognitoM2M.Diagnostics;
using CognitoM2M.TokenEndpoint;

namespace CognitoM2M.Tokens;

/// <summary>
/// For an entry that takes the place of another because there is a new secret. If that brings no token, because it was mistyped or
/// Cognito does not know it yet, calls go on with the token that the former secret brought: it is as good as ever.
/// </summary>
internal sealed class FormerTokenFetcher(ITokenFetcher fetcher, HeldToken former, MonotonicClock clock, TokenTelemetry telemetry) : ITokenFetcher
{
    private HeldToken? _former = former;

    public async Task<FetchOutcome> FetchAsync(FetchReason reason, AppClientSettings client, bool mayRepeat)
    {
        var outcome = await fetcher.FetchAsync(reason, client, mayRepeat).ConfigureAwait(false);
        var fallback = Interlocked.Exchange(ref _former, null);
        if (outcome.Failure is not { } failure || fallback is null || reason != FetchReason.Cold || clock.Now >= fallback.UnusableAt)
            return outcome;

        Instruments.Quietly(() => telemetry.NewSecretFailed(failure));
        // Due at once, so that the new secret is tried again, with a back-off from then on.
        return new IssuedToken(fallback.Token, clock.Now, fallback.UnusableAt - clock.Now)
        {
            Instants = new TokenLifetime(clock.Now, fallback.UnusableAt),
            Origin = TokenOrigin.Memory,
        };
    }
}
