using System.Diagnostics;
using CognitoM2M.Cache;

namespace CognitoM2M.Http;

/// <summary>
/// Puts the client's token on each request, and recovers from one rejection. While the token is fresh, this adds a few checks and one header
/// to a call. Everything less frequent is in separate methods.
/// </summary>
/// <param name="client">
/// The client, found at the first request. A handler can be made while the settings of the client are read, for the source of the client's secret.
/// </param>
/// <param name="isForAllHttpClients">Whether the handler was put on all HttpClients by default.</param>
internal sealed class CognitoTokenHandler(Lazy<AppClient> client, bool isForAllHttpClients = false) : DelegatingHandler
{
    private readonly TokenDecision _decision = new(client, isForAllHttpClients, new SentOverrides());

    public CognitoTokenHandler(AppClient client)
        : this(new Lazy<AppClient>(client))
    {
    }

    private AppClient Client => client.Value;

    /// <summary>Where the messages of this handler may go.</summary>
    public CallDestination Destination => _decision.Destination;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        TryAttachFresh(request) is { } token
            ? SendWithAsync(new SentToken(token, request), request, cancellationToken)
            : AttachThenSendAsync(request, cancellationToken);

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (TryAttachFresh(request) is { } fresh)
            return SendWith(new SentToken(fresh, request), request, cancellationToken);
        if (!_decision.NeedsToken(request, InnerHandler, out var tokenRequest))
            return SendWithoutToken(request, cancellationToken);

        var token = TakeResult(Client.GetAsync(tokenRequest, callerBlocks: true, cancellationToken));
        if (tokenRequest is null)
            return SendWith(SentToken.PutOn(request, token), request, cancellationToken);

        try
        {
            _decision.Remember(token.HeaderValue, tokenRequest);
            return SendWith(SentToken.PutOn(request, token), request, cancellationToken);
        }
        finally
        {
            TokenOverride.PutPlaceholder(request);
        }
    }

    /// <summary>The usual case: the token is fresh, the request has no Authorization header, and its address may get the token. Null in all other cases.</summary>
    private HeldToken? TryAttachFresh(HttpRequestMessage request)
    {
        var state = Client.Current;
        var hasHeader = !AuthorizationHeader.IsMissing(request);
        if (state.Fresh is not { } token
            || (hasHeader && AuthorizationHeader.TryRead(request, out _))
            || !Destination.Allows(state.Settings.Destination, request, InnerHandler)
            || _decision.IsAskedBySecretSource)
        {
            return null;
        }

        if (hasHeader)
            AuthorizationHeader.Remove(request);
        AuthorizationHeader.Add(request, token.HeaderValue);
        Client.CountFresh();
        return token;
    }

    private Task<HttpResponseMessage> SendWithAsync(SentToken sent, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Task<HttpResponseMessage> sending;
        try
        {
            sending = base.SendAsync(request, cancellationToken);
        }
        catch
        {
            sent.TakeOff(request);
            throw;
        }

        // A response that is there already needs no async state machine.
        if (!sending.IsCompletedSuccessfully || sent.IsRejectedBy(sending.Result, request))
            return WatchAsync(sending, sent, request, cancellationToken);

        Destination.ForgetAfter(sending.Result, request);
        sent.TakeOff(request);
        return sending;
    }

    private async Task<HttpResponseMessage> WatchAsync(
        Task<HttpResponseMessage> sending, SentToken sent, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        bool isRejected;
        try
        {
            response = await sending.ConfigureAwait(false);
            isRejected = sent.IsRejectedBy(response, request);
            Destination.ForgetAfter(response, request);
        }
        finally
        {
            sent.TakeOff(request);
        }

        return isRejected ? await RecoverAsync(response, sent, request, cancellationToken).ConfigureAwait(false) : response;
    }

    private async Task<HttpResponseMessage> AttachThenSendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!_decision.NeedsToken(request, InnerHandler, out var tokenRequest))
            return await SendWithoutTokenAsync(request, cancellationToken).ConfigureAwait(false);

        var token = await Client.GetAsync(tokenRequest, callerBlocks: false, cancellationToken).ConfigureAwait(false);
        if (tokenRequest is null)
            return await SendWithAsync(SentToken.PutOn(request, token), request, cancellationToken).ConfigureAwait(false);

        try
        {
            _decision.Remember(token.HeaderValue, tokenRequest);
            return await SendWithAsync(SentToken.PutOn(request, token), request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            TokenOverride.PutPlaceholder(request);
        }
    }

    private async Task<HttpResponseMessage> RecoverAsync(
        HttpResponseMessage rejection, SentToken sent, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var newer = await RejectedTokenReplacement.FindAsync(Client, rejection, sent, request, callerBlocks: false, cancellationToken).ConfigureAwait(false);
        if (newer is null)
            return rejection;

        rejection.Dispose();
        sent.UndoChanges(request);
        sent = SentToken.PutOn(request, newer);
        try
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            Destination.ForgetAfter(response, request);
            return response;
        }
        finally
        {
            sent.TakeOff(request);
        }
    }

    private HttpResponseMessage SendWith(SentToken sent, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = SendOnce(sent, request, out var isRejected, cancellationToken);
        if (!isRejected || TakeResult(RejectedTokenReplacement.FindAsync(Client, response, sent, request, callerBlocks: true, cancellationToken)) is not { } newer)
            return response;

        response.Dispose();
        sent.UndoChanges(request);
        return SendOnce(SentToken.PutOn(request, newer), request, out _, cancellationToken);
    }

    private HttpResponseMessage SendOnce(SentToken sent, HttpRequestMessage request, out bool isRejected, CancellationToken cancellationToken)
    {
        try
        {
            var response = base.Send(request, cancellationToken);
            isRejected = sent.IsRejectedBy(response, request);
            Destination.ForgetAfter(response, request);
            return response;
        }
        finally
        {
            sent.TakeOff(request);
        }
    }

    private async Task<HttpResponseMessage> SendWithoutTokenAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Destination.Forget(request);
        OwnCredentials.TakeOffMark(request);
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            OwnCredentials.MarkIfRemoved(request);
        }
    }

    private HttpResponseMessage SendWithoutToken(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Destination.Forget(request);
        OwnCredentials.TakeOffMark(request);
        try
        {
            return base.Send(request, cancellationToken);
        }
        finally
        {
            OwnCredentials.MarkIfRemoved(request);
        }
    }

    // If the caller blocks, this task has already ended.
    private static T TakeResult<T>(ValueTask<T> ended)
    {
        Debug.Assert(ended.IsCompleted, "A blocking caller waits inside the method that makes the task.");
#pragma warning disable VSTHRD002 // Nothing is left to wait for.
        return ended.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
    }
}
