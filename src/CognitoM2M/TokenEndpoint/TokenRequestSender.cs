using CognitoM2M.Diagnostics;
using CognitoM2M.Settings;
using CognitoM2M.Shared;
using CognitoM2M.Tokens;

namespace CognitoM2M.TokenEndpoint;

/// <summary>Sends the token requests of one cache entry, each under a time limit, and repeats failed attempts where that can help.</summary>
internal sealed class TokenRequestSender
{
    // A cancelled request gets this long to end, so that it is out of the way of the next one. If its token still comes, the token is used.
    // This time is shorter than the second that callers wait, so that callers get the failure of the request.
    private static readonly TimeSpan _graceAfterTimeout = TimeSpan.FromSeconds(0.9);

    private readonly AppClientSettings _settings;
    private readonly TokenHttp _http;
    private readonly TokenTelemetry _telemetry;

    public TokenRequestSender(AppClientSettings settings, string scopes, string metadata, TokenHttp http, TokenTelemetry telemetry)
    {
        (_settings, _http, _telemetry) = (settings, http, telemetry);
        Failures = new TokenFailureFactory(settings, scopes, metadata);
    }

    /// <summary>Creates the failures of token requests with these scopes and this metadata.</summary>
    public TokenFailureFactory Failures { get; }

    public async Task<FetchOutcome> SendAsync(TokenRequest request, FetchOrder order)
    {
        var attempts = _settings.Limits.FirstFetchAttempts;
        var first = await AttemptAsync(request, order).ConfigureAwait(false);
        if (!order.MayRepeat || attempts == 1 || !RetryPipelines.CanHelp(first))
            return first;

        var requests = 1;
        var last = await _http.Retries.ContinueAsync(first, attempts, AttemptOnceMoreAsync, _http.Stopping).ConfigureAwait(false);
        return last.Failure is { } failure ? failure with { Requests = requests } : last;

        Task<FetchOutcome> AttemptOnceMoreAsync()
        {
            requests++;
            return AttemptAsync(request, order);
        }
    }

    private async Task<FetchOutcome> AttemptAsync(TokenRequest request, FetchOrder order)
    {
        var pacer = _http.Pacers.Find(_settings.Endpoint);
        if (!await WaitForTurnAsync(pacer, order).ConfigureAwait(false))
            return Failures.NoTurn();

        var sentAt = _http.Clock.Now;
        FetchOutcome? outcome = null;
        try
        {
            // Started on this thread: all threads of the pool may be blocked by callers that wait for this token.
            var call = await LimitedCall.RunAsync(
                cancelled => RequestAsync(request, sentAt, cancelled),
                _settings.Limits.AttemptTimeout, _graceAfterTimeout, _http.Clock.TimeProvider, _http.Stopping,
                start: static request => request()).ConfigureAwait(false);
            outcome = await ReadAsync(call).ConfigureAwait(false);
            if (outcome.Failure is { IsThrottled: true } throttled)
                pacer.SlowDown(sentAt, throttled.RetryAfter);
            return outcome.Failure is { } failure && !request.MayRepeatAfter(failure) ? failure with { MayRepeatAtOnce = false } : outcome;
        }
        finally
        {
            _telemetry.RequestEnded(order.Reason, _http.Clock.Now - sentAt, outcome is null ? CognitoTokenErrors.RequestFailed : outcome.Failure?.Error);
        }
    }

    private async Task<bool> WaitForTurnAsync(RequestPacer pacer, FetchOrder order)
    {
        // Noted before the request is in the queue, so that callers count no part of the wait as time that Cognito took.
        var startedAt = _http.Clock.Now;
        order.StartTurnWait(startedAt);
        var hasTurn = await pacer.WaitForTurnAsync(_http.Stopping).ConfigureAwait(false);
        var now = _http.Clock.Now;
        order.EndTurnWait(now);
        if (now > startedAt)
            _telemetry.RequestWaited(order.Reason, now - startedAt);
        return hasTurn;
    }

    private async Task<FetchOutcome> ReadAsync(LimitedCallResult<FetchOutcome> call)
    {
        if (call.IsInTime)
            return await call.Ended.ConfigureAwait(false);

        // A failure that would be repeated counts as a time-out, which is not repeated: the callers have waited long enough.
        return call.Ended is { IsCompletedSuccessfully: true } late && await late.ConfigureAwait(false) is var outcome && !RetryPipelines.CanHelp(outcome)
            ? outcome
            : Failures.TimedOut($"{_settings.Limits.AttemptTimeout.TotalSeconds:0.#} s");
    }

    private async Task<FetchOutcome> RequestAsync(TokenRequest request, TimeSpan sentAt, CancellationToken cancellationToken)
    {
        var sent = new SentAt(sentAt, _http.Clock.TimeProvider.GetUtcNow());
        try
        {
            using var message = request.CreateMessage();
            using var response = await _http.CreateClient()
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);

            var reader = new TokenResponseReader(request, Failures, _http.Clock);
            return await reader.ReadAsync(response, sent, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Any exception after the cancellation counts as the result of the cancellation.
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException error)
        {
            return Failures.TimedOut("the time-out of the HttpClient that sent the request", error);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return Failures.NotAnswered(error);
        }
        catch (Exception error)
        {
            return TokenFailure.Unexpected(error);
        }
    }
}
