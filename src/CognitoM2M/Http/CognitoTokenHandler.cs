using System.Diagnostics;
using CognitoM2M.Cache;

namespace CognitoM2M.Http;

/// <summary>
/// Puts the client's token on each request, and recovers from one rejection. While the token is fresh, this adds a few checks and one header
/// to a call. Everything less frequent is in separate methods.
/// </summary>
internal sealed class CognitoTokenHandler(AppClient client) : DelegatingHandler
{
    private readonly SentOverrides _overrides = new();

    /// <summary>Where the messages of this handler may go.</summary>
    public CallDestination Destination { get; } = new(client);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);

        return TryAttachFresh(request) is { } token
            ? SendWithAsync(new SentToken(token, request.RequestUri!), request, cancellationToken)
            : AttachThenSendAsync(request, cancellationToken);
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);

        if (TryAttachFresh(request) is { } fresh)
            return SendWith(new SentToken(fresh, request.RequestUri!), request, cancellationToken);
        if (!NeedsToken(request, out var tokenRequest))
            return SendWithoutToken(request, cancellationToken);

        var token = TakeResult(client.GetAsync(tokenRequest, callerBlocks: true, cancellationToken));
        if (tokenRequest is null)
            return SendWith(SentToken.PutOn(request, token), request, cancellationToken);

        try
        {
            _overrides.Add(token.HeaderValue, tokenRequest);
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
        var state = client.Current;
        var hasHeader = !AuthorizationHeader.IsMissing(request);
        if (state.Fresh is not { } token
            || (hasHeader && AuthorizationHeader.TryRead(request, out _))
            || !Destination.Allows(state.Settings.Destination, request))
        {
            return null;
        }

        if (hasHeader)
            AuthorizationHeader.Remove(request);
        AuthorizationHeader.Add(request, token.HeaderValue);
        client.CountFresh();
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
        if (!NeedsToken(request, out var tokenRequest))
            return await SendWithoutTokenAsync(request, cancellationToken).ConfigureAwait(false);

        var token = await client.GetAsync(tokenRequest, callerBlocks: false, cancellationToken).ConfigureAwait(false);
        if (tokenRequest is null)
            return await SendWithAsync(SentToken.PutOn(request, token), request, cancellationToken).ConfigureAwait(false);

        try
        {
            _overrides.Add(token.HeaderValue, tokenRequest);
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
        var newer = await Replacement.FindAsync(client, rejection, sent, request, callerBlocks: false, cancellationToken).ConfigureAwait(false);
        if (newer is null)
            return rejection;

        rejection.Dispose();
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
        if (!isRejected || TakeResult(Replacement.FindAsync(client, response, sent, request, callerBlocks: true, cancellationToken)) is not { } newer)
            return response;

        response.Dispose();
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

    /// <summary>Whether the request gets a token. A request with an Authorization header of the caller's own gets none.</summary>
    /// <exception cref="CognitoTokenException">The request needs a token and must not get it.</exception>
    private bool NeedsToken(HttpRequestMessage request, out CognitoTokenRequest? tokenRequest)
    {
        tokenRequest = null;
        if (AuthorizationHeader.TryRead(request, out var present))
        {
            if (!RequestedToken.TryFind(client, _overrides, request, present.ToString(), out tokenRequest))
                return false;

            TokenOverride.RestoreAddress(request);
        }

        Destination.Check(request);
        return true;
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
