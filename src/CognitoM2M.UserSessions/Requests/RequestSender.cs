using System.Net;
using System.Text.Json;
using CognitoM2M.Shared;
using CognitoM2M.UserSessions.Errors;

namespace CognitoM2M.UserSessions.Requests;

/// <summary>Sends each request once, in its turn and under a time limit. A repeated password would use up the attempts that Cognito allows a user.</summary>
internal sealed class RequestSender : IDisposable
{
    private const int MaxResponseLength = 1024 * 1024;

    private readonly HttpClient _http;
    private readonly RequestPaces _paces;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _timeout;

    public RequestSender(HttpMessageHandler? handler, RequestPaces paces, TimeProvider timeProvider, TimeSpan timeout)
    {
        (_paces, _timeProvider, _timeout) = (paces, timeProvider, timeout);
        // A handler of the user is not disposed. The time limit is the one of each request.
        _http = new HttpClient(new RedirectGuard(handler ?? PrimaryHandler.Create()), disposeHandler: handler is null) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Sends a request.</summary>
    /// <returns>The body of the successful answer; an empty object if the answer has no body.</returns>
    /// <exception cref="CognitoUserSessionException">There is no successful answer.</exception>
    /// <exception cref="OperationCanceledException">The caller stopped waiting. Cognito may have carried out the request.</exception>
    public async Task<JsonElement> SendAsync(SessionRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var pacer = _paces.Find(request.Quota);
        if (!await pacer.WaitForTurnAsync(cancellationToken).ConfigureAwait(false))
            throw SessionFailures.Create(OwnErrors.QueueTimeout, request.Operation);

        var sentAt = _paces.Now;
        var call = await LimitedCall.RunAsync(
            stopped => RequestAsync(request, stopped), _timeout, grace: TimeSpan.Zero, _timeProvider, cancellationToken).ConfigureAwait(false);
        if (!call.IsInTime)
            throw SessionFailures.CreateForRequest(OwnErrors.Timeout, request.Step, request.Operation);

        try
        {
            return await call.Ended.ConfigureAwait(false);
        }
        catch (CognitoUserSessionException failure) when (failure.Failure == CognitoUserSessionFailure.Throttled)
        {
            pacer.SlowDown(sentAt, failure.RequestedPause);
            throw;
        }
        catch (Exception error) when (error is not CognitoUserSessionException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw SessionFailures.CreateForRequest(OwnErrors.RequestFailed, request.Step, request.Operation, FindShowable(error));
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> RequestAsync(SessionRequest request, CancellationToken cancellationToken)
    {
        using var message = request.Create();
        using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        var body = await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw SessionFailures.Create(
                request.Operation,
                new NamedError(request.Step, request.ReadError(response, body), request.Secrets),
                response.StatusCode,
                ReadRetryAfter(response));
        }

        return body ?? throw SessionFailures.Create(OwnErrors.InvalidResponse, request.Operation);
    }

    /// <summary>Reads the body as a JSON object. Some operations answer without a body, which counts as an empty object.</summary>
    /// <returns>Null if the body is anything else, or longer than 1 MiB.</returns>
    private static async Task<JsonElement?> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxResponseLength, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return null;
        }

        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return StrictJson.TryParseObject(bytes.Length == 0 ? "{}"u8 : bytes, out var body) is null ? body : null;
    }

    private TimeSpan? ReadRetryAfter(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            // Measured on the server's own clock, if the response has a Date header.
            { Date: { } date } => date - (response.Headers.Date ?? _timeProvider.GetUtcNow()),
            _ => TimeSpan.Zero,
        };
        return asked > TimeSpan.Zero ? asked : null;
    }

    // The message of this exception quotes what the server sent.
    private static Exception? FindShowable(Exception error) => error is HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } ? null : error;
}
