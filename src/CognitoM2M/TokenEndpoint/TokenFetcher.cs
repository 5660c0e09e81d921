using CognitoM2M.Diagnostics;
using CognitoM2M.Secrets;
using CognitoM2M.Settings;
using CognitoM2M.Tokens;

namespace CognitoM2M.TokenEndpoint;

/// <summary>Obtains tokens from Cognito: asks for the client secret, sends token requests, and asks for another secret if Cognito refuses the first.</summary>
internal sealed class TokenFetcher(AppClientSettings settings, TokenRequestSender sender, TokenHttp http, TokenTelemetry telemetry) : ITokenFetcher
{
    public Task<FetchOutcome> FetchAsync(FetchOrder order) => GuardAsync(async () =>
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
        var outcome = await sender.SendAsync(secret, order).ConfigureAwait(false);
        if (outcome.Failure is not { IsRefusedSecret: true } refused
            || await settings.Secret.GetOtherAsync(secret, CreateSecretRequest()).ConfigureAwait(false) is not { } other)
        {
            return (outcome, secret);
        }

        var next = await sender.SendAsync(other, order).ConfigureAwait(false);
        return (next.Failure is { } failure ? failure with { Requests = refused.Requests + failure.Requests } : next, other);
    }

    /// <summary>Runs a fetch and turns every exception into a failure.</summary>
    public async Task<FetchOutcome> GuardAsync(Func<Task<FetchOutcome>> fetchAsync)
    {
        try
        {
            return await fetchAsync().ConfigureAwait(false);
        }
        catch (SecretUnavailableException problem)
        {
            return TokenFailureFactory.NoSecret(problem);
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

    private SecretRequest CreateSecretRequest() => new(http.Clock, settings.Limits.AttemptTimeout, telemetry, http.Stopping);
}
