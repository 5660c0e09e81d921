using CognitoM2M.Diagnostics;
using CognitoM2M.Secrets;
using CognitoM2M.Settings;
using CognitoM2M.Tokens;

namespace CognitoM2M.TokenEndpoint;

/// <summary>Obtains tokens from Cognito: asks for the client secret, sends token requests, and asks for another secret if Cognito refuses the first.</summary>
internal sealed class TokenFetcher(AppClientSettings settings, ITokenRequester cognito, TokenHttp http, TokenTelemetry telemetry) : ITokenFetcher
{
    // The last secret that Cognito refused.
    private volatile string? _refused;

    public Task<FetchOutcome> FetchAsync(FetchOrder order) => GuardAsync(order, async () =>
    {
        var secret = await GetSecretAsync().ConfigureAwait(false);
        return (await FetchWithSecretAsync(secret, order).ConfigureAwait(false)).Outcome;
    });

    /// <summary>Asks for the client secret.</summary>
    /// <exception cref="SecretUnavailableException">The source gave no secret.</exception>
    public ValueTask<string> GetSecretAsync() => settings.Secret.GetAsync(CreateSecretRequest());

    /// <summary>Obtains a token with this secret, or with another one if Cognito refuses this secret and the source has a newer one.</summary>
    /// <returns>The outcome, and the secret that was used last.</returns>
    public async Task<(FetchOutcome Outcome, string Secret)> FetchWithSecretAsync(string secret, FetchOrder order)
    {
        var outcome = await cognito.RequestAsync(secret, order).ConfigureAwait(false);
        if (outcome.Failure is not { IsRefusedSecret: true } refused
            || await settings.Secret.GetOtherAsync(secret, CreateSecretRequest()).ConfigureAwait(false) is not { } other)
        {
            return (Note(outcome, secret), secret);
        }

        var next = await cognito.RequestAsync(other, order).ConfigureAwait(false);
        return (Note(next.Failure is { } failure ? failure with { Requests = refused.Requests + failure.Requests } : next, other), other);
    }

    /// <summary>Runs a fetch, if its order does not need another secret that is not there yet, and turns every exception into a failure.</summary>
    public async Task<FetchOutcome> GuardAsync(FetchOrder order, Func<Task<FetchOutcome>> fetchAsync)
    {
        try
        {
            return order.NeedsOtherSecret && !await HasOtherSecretAsync().ConfigureAwait(false)
                ? FetchOutcome.SecretUnchanged
                : await fetchAsync().ConfigureAwait(false);
        }
        catch (SecretUnavailableException problem)
        {
            return order.NeedsOtherSecret ? FetchOutcome.SecretUnchanged : TokenFailureFactory.NoSecret(problem) with { WaitsForSecret = settings.Secret.IsCheap };
        }
        catch (OperationCanceledException) when (http.Stopping.IsCancellationRequested)
        {
            return TokenFailure.Disposed;
        }
        catch (Exception error)
        {
            return TokenFailure.Unexpected(error);
        }
    }

    private async ValueTask<bool> HasOtherSecretAsync() => _refused is { } refused
        ? await settings.Secret.GetOtherAsync(refused, CreateSecretRequest()).ConfigureAwait(false) is not null
        : await GetSecretAsync().ConfigureAwait(false) is not null;

    private FetchOutcome Note(FetchOutcome outcome, string secret)
    {
        _refused = outcome.Failure is { IsRefusedSecret: true } ? secret : null;
        return outcome.Failure is { IsRefusedSecret: true } failure ? failure with { WaitsForSecret = settings.Secret.IsCheap } : outcome;
    }

    private SecretRequest CreateSecretRequest() => new(http.Clock, settings.Limits.AttemptTimeout, telemetry, http.Stopping);
}
