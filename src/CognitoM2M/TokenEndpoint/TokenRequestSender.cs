using CognitoM2M.Diagnostics;
using CognitoM2M.Settings;
using CognitoM2M.Shared;
using CognitoM2M.Tokens;

namespace CognitoM2M.TokenEndpoint;

/// <summary>Sends token requests for one set of scopes and metadata, each under a time limit, and repeats failed attempts where that can help.</summary>
internal sealed class TokenRequestSender(AppClientSettings settings, string scopes, string metadata, TokenHttp http, TokenTelemetry telemetry)
{
    // A cancelled request gets this long to end, so that it is out of the way of the next one. If its token still comes, the token is used.
    // Less than the second that callers wait for it, so that they get its failure.
    private static readonly TimeSpan _graceAfterTimeout = TimeSpan.FromSeconds(0.9);

    private readonly TokenRoute _route = TokenRoute.Find(settings.Route);
    private readonly TokenFailureFactory _failures = new(settings, scopes, metadata);

    public async Task<FetchOutcome> SendAsync(string secret, FetchOrder order)
    {
        var attempts = settings.Limits.FirstFetchAttempts;
        var first = await AttemptAsync(secret, order).ConfigureAwait(false);
        if (!order.MayRepeat || attempts == 1 || !RetryPipelines.CanHelp(first))
            return first;

        var requests = 1;
        var last = await http.Retries.ContinueAsync(first, attempts, AttemptOnceMoreAsync, http.Stopping).ConfigureAwait(false);
        return last.Failure is { } failure ? failure with { Requests = requests } : last;

        Task<FetchOutcome> AttemptOnceMoreAsync()
        {
            requests++;
            return AttemptAsync(secret, order);
        }
    }

    private async Task<FetchOutcome> AttemptAsync(string secret, FetchOrder order)
    {
        var sentAt = http.Clock.Now;
        FetchOutcome? outcome = null;
        try
        {
            // Started on this thread: all threads of the pool may be blocked by callers that wait for this token.
            var call = await LimitedCall.RunAsync(
                cancelled => RequestAsync(secret, sentAt, cancelled),
                settings.Limits.AttemptTimeout, _graceAfterTimeout, http.Clock.TimeProvider, http.Stopping,
                start: static request => request()).ConfigureAwait(false);
            return outcome = await ReadAsync(call).ConfigureAwait(false);
        }
        finally
        {
            telemetry.RequestEnded(order.Reason, http.Clock.Now - sentAt, outcome is null ? CognitoTokenErrors.RequestFailed : outcome.Failure?.Error);
        }
    }

    private async Task<FetchOutcome> ReadAsync(LimitedCallResult<FetchOutcome> call)
    {
        if (call.IsInTime)
            return await call.Ended.ConfigureAwait(false);

        // A failure that would be repeated counts as a time-out, which is not repeated: the callers have waited long enough.
        return call.Ended is { IsCompletedSuccessfully: true } late && await late.ConfigureAwait(false) is var outcome && !RetryPipelines.CanHelp(outcome)
            ? outcome
            : _failures.TimedOut($"{settings.Limits.AttemptTimeout.TotalSeconds:0.#} s");
    }

    private async Task<FetchOutcome> RequestAsync(string secret, TimeSpan sentAt, CancellationToken cancellationToken)
    {
        var sentAtUtc = http.Clock.TimeProvider.GetUtcNow();
        try
        {
            using var request = _route.CreateRequest(settings, secret, scopes, metadata);
            using var response = await http.CreateClient()
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);

            var reader = new TokenResponseReader(_route, _failures, scopes, http.Clock);
            return await reader.ReadAsync(response, secret, sentAt, sentAtUtc, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Any exception after the cancellation counts as the result of the cancellation.
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
}
