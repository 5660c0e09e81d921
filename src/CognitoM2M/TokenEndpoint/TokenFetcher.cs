using System.Runtime.CompilerServices;
using System.Text.Json;
using CognitoM2M.Diagnostics;
using CognitoM2M.Secrets;
using CognitoM2M.Settings;
using CognitoM2M.Tokens;

namespace CognitoM2M.TokenEndpoint;

/// <summary>Asks Cognito for one kind of token: sends the request, repeats it where that can help, and understands any answer.</summary>
internal sealed class TokenFetcher(
    AppClientSettings client,
    string scopes,
    string metadata,
    TokenHttp http,
    TokenTelemetry telemetry) : ITokenFetcher
{
    private const int LongestAnswer = 1024 * 1024;

    // What a request may take, once cancelled, to get out of the way of the next one; or to be answered after all.
    private static readonly TimeSpan _longestWindingUp = TimeSpan.FromSeconds(1);

    private static readonly JsonDocumentOptions _json = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    private readonly TokenRoute _route = TokenRoute.Of(client.Route);
    private readonly TokenFailureFactory _failures = new(client, scopes);

    public async Task<FetchOutcome> FetchAsync(FetchReason reason, AppClientSettings limits, bool mayRepeat)
    {
        try
        {
            var asked = new SecretRequest(http.Clock, limits.AttemptTimeout, telemetry, http.Stopping);
            var secret = await limits.Secret.GetAsync(asked).ConfigureAwait(false);
            var outcome = await FetchWithAsync(secret, reason, limits, mayRepeat).ConfigureAwait(false);

            // A secret that was rotated away: the source may have the new one by now.
            return outcome.Failure is { IsRefusedSecret: true } && await limits.Secret.GetOtherAsync(secret, asked).ConfigureAwait(false) is { } other
                ? await FetchWithAsync(other, reason, limits, mayRepeat).ConfigureAwait(false)
                : outcome;
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

    private async Task<FetchOutcome> FetchWithAsync(string secret, FetchReason reason, AppClientSettings limits, bool mayRepeat)
    {
        var first = await AttemptAsync(secret, reason, limits.AttemptTimeout).ConfigureAwait(false);
        return mayRepeat && limits.MaxAttempts > 1 && RetryPipelines.CanHelp(first)
            ? await http.Retries.ContinueAsync(
                first, limits.MaxAttempts, () => AttemptAsync(secret, reason, limits.AttemptTimeout), http.Stopping).ConfigureAwait(false)
            : first;
    }

    private async Task<FetchOutcome> AttemptAsync(string secret, FetchReason reason, TimeSpan limit)
    {
        // Not disposed: it holds nothing, and a request that was left behind may still look at it.
        var cancellation = new CancellationTokenSource();
        var sentAt = http.Clock.Now;
        var sending = SendAsync(secret, sentAt, cancellation.Token);
        FetchOutcome? outcome = null;
        try
        {
            await EndOrAsync(limit);
            if (sending.IsCompletedSuccessfully)
                return outcome = await sending.ConfigureAwait(false);

            // Not waited for: a handler that does not end may not end being cancelled either.
            cancellation.CancelAsync().Forget();
            await EndOrAsync(_longestWindingUp);
            http.Stopping.ThrowIfCancellationRequested();

            if (sending.IsCompletedSuccessfully)
            {
                // One that would be repeated is no better than none: the callers have waited long enough.
                var late = await sending.ConfigureAwait(false);
                if (!RetryPipelines.CanHelp(late))
                    return outcome = late;
            }

            return outcome = _failures.TimedOut($"{limit.TotalSeconds:0.#} s");
        }
        finally
        {
            telemetry.RequestEnded(reason, http.Clock.Now - sentAt, outcome is null ? CognitoTokenErrors.RequestFailed : outcome.Failure?.Error);
        }

        ConfiguredTaskAwaitable EndOrAsync(TimeSpan timeout) =>
            ((Task)sending).WaitAsync(timeout, http.Clock.TimeProvider, http.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<FetchOutcome> SendAsync(string secret, TimeSpan sentAt, CancellationToken cancellationToken)
    {
        var sentAtUtc = http.Clock.TimeProvider.GetUtcNow();
        try
        {
            using var request = _route.CreateRequest(client, secret, scopes, metadata);
            using var response = await http.CreateClient()
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            using var body = await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false);

            return response.IsSuccessStatusCode
                ? ReadToken(response, body, sentAt, sentAtUtc)
                : _failures.Answered(response, ReadError(response, body), secret, http.Clock.TimeProvider.GetUtcNow());
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Whatever cancelling it led to.
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException error)
        {
            return _failures.TimedOut("the time-out of its HttpClient", error);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return _failures.NotAnswered(error);
        }
        catch (Exception error)
        {
            return TokenFailure.Unexpected(error);
        }
    }

    private FetchOutcome ReadToken(HttpResponseMessage response, ResponseBody body, TimeSpan sentAt, DateTimeOffset sentAtUtc)
    {
        try
        {
            if (body.Root is not { } root)
                throw new InvalidTokenResponseException(body.Problem!);

            var token = _route.ReadToken(root);
            var granted = GrantedScopes.Of(token.AccessToken, scopes);
            return new IssuedToken(new CognitoAccessToken(token.AccessToken, sentAtUtc + token.Lifetime, granted), sentAt, token.Lifetime);
        }
        catch (InvalidTokenResponseException problem)
        {
            return _failures.NotAToken(response, problem.Message);
        }
        catch (InvalidOperationException)
        {
            return _failures.NotAToken(response, "it holds text that is not well-formed");
        }
    }

    private string? ReadError(HttpResponseMessage response, ResponseBody body)
    {
        try
        {
            return _route.ReadError(response, body.Root);
        }
        catch (InvalidOperationException)
        {
            // Text that is not well-formed, such as half of a surrogate pair, names nothing.
            return null;
        }
    }

    private static async Task<ResponseBody> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(LongestAnswer, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return new ResponseBody(null, "it is longer than 1 MiB");
        }

        try
        {
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            var document = JsonDocument.Parse(bytes, _json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new ResponseBody(document, null)
                : new ResponseBody(document, "it is not a JSON object");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The latter for names that are not well-formed text.
            return new ResponseBody(null, "it is not valid JSON");
        }
    }

    /// <summary>The body as a JSON object, or what keeps it from being one.</summary>
    private sealed class ResponseBody(JsonDocument? document, string? problem) : IDisposable
    {
        public JsonElement? Root => Problem is null ? document?.RootElement : null;

        public string? Problem { get; } = problem;

        public void Dispose() => document?.Dispose();
    }
}
