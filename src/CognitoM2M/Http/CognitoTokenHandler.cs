using System.Net;
using CognitoM2M.Tokens;

namespace CognitoM2M.Http;

/// <summary>
/// Puts the client's token on each request and recovers from one 401. While the token is fresh it adds a few checks and one header
/// write to a call; everything rarer is in methods of its own.
/// </summary>
internal sealed class CognitoTokenHandler(AppClient client) : DelegatingHandler
{
    private const string Authorization = RequestedToken.HeaderName;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);

        return TryAttachFresh(request) is { } token
            ? SendWithAsync(token, request, cancellationToken)
            : AttachThenSendAsync(request, cancellationToken);
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);

        var token = TryAttachFresh(request) ?? Wait(AttachAsync(request, cancellationToken));
        var address = request.RequestUri;
        var response = base.Send(request, cancellationToken);

        for (var mayFollow = true; token is not null && NeedsAttention(response, request, address); mayFollow = false)
        {
            var next = Wait(PrepareReplayAsync(response, token, request, address, mayFollow, cancellationToken));
            if (next is null)
                break;

            response.Dispose();
            address = request.RequestUri;
            response = base.Send(request, cancellationToken);
            if (!ReferenceEquals(next, token))
                break;
        }

        return token is null ? response : Leave(response, request, address);
    }

    /// <summary>The ordinary case: a fresh token, no header there yet, an address that may have it. Null if it is another case.</summary>
    private HeldToken? TryAttachFresh(HttpRequestMessage request)
    {
        var state = client.Current;
        if (state.Fresh is not { } token
            || request.Headers.NonValidated.Contains(Authorization)
            || !state.Settings.Destination.Allows(request.RequestUri))
        {
            return null;
        }

        request.Headers.TryAddWithoutValidation(Authorization, token.HeaderValue);
        return token;
    }

    private Task<HttpResponseMessage> SendWithAsync(HeldToken token, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri;
        var sending = base.SendAsync(request, cancellationToken);

        // An inner handler that has answered already needs no state machine to wait for it.
        return sending.IsCompletedSuccessfully && !NeedsAttention(sending.Result, request, address)
            ? sending
            : WatchAsync(sending, token, request, address, cancellationToken);
    }

    private async Task<HttpResponseMessage> WatchAsync(
        Task<HttpResponseMessage> sending, HeldToken token, HttpRequestMessage request, Uri? address, CancellationToken cancellationToken)
    {
        var response = await sending.ConfigureAwait(false);
        return NeedsAttention(response, request, address)
            ? await RecoverAsync(response, token, request, address, cancellationToken).ConfigureAwait(false)
            : response;
    }

    private async Task<HttpResponseMessage> AttachThenSendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await AttachAsync(request, cancellationToken).ConfigureAwait(false);
        return token is null
            ? await base.SendAsync(request, cancellationToken).ConfigureAwait(false)
            : await SendWithAsync(token, request, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> RecoverAsync(
        HttpResponseMessage response, HeldToken token, HttpRequestMessage request, Uri? address, CancellationToken cancellationToken)
    {
        for (var mayFollow = true; NeedsAttention(response, request, address); mayFollow = false)
        {
            var next = await PrepareReplayAsync(response, token, request, address, mayFollow, cancellationToken).ConfigureAwait(false);
            if (next is null)
                break;

            response.Dispose();
            address = request.RequestUri;
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            // With a new token that was the last try; where a redirect led, the token is judged only now.
            if (!ReferenceEquals(next, token))
                break;
        }

        return Leave(response, request, address);
    }

    /// <summary>Any case: waits for a token if need be. Null if the request carries a header of the caller's own and goes as it is.</summary>
    private async Task<HeldToken?> AttachAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        CognitoTokenRequest? tokenRequest = null;
        if (request.Headers.NonValidated.TryGetValues(Authorization, out var present))
        {
            tokenRequest = RequestedToken.Of(request);
            var value = present.ToString();
            if (value != RequestedToken.Placeholder && !client.Current.HasIssued(value, tokenRequest))
                return null;

            RequestedToken.RestoreAddress(request);
        }

        var destination = client.Current.Settings.Destination;
        if (!destination.Allows(request.RequestUri))
            throw new CognitoTokenException(client.Name, CognitoTokenErrors.DestinationNotAllowed, destination.Explain(request.RequestUri));

        var token = await client.GetAsync(tokenRequest, cancellationToken).ConfigureAwait(false);
        Replace(request, token);
        return token;
    }

    /// <summary>
    /// Makes a request ready to be sent once more, where that can help: with a new token after a 401, or with the same one where a
    /// redirect within the origin led, since HttpClient takes the header off on the way. Null if it cannot help.
    /// </summary>
    private async Task<HeldToken?> PrepareReplayAsync(
        HttpResponseMessage response, HeldToken token, HttpRequestMessage request, Uri? address, bool mayFollow, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.Unauthorized)
            return null;

        HeldToken? next;
        if (!ReferenceEquals(request.RequestUri, address))
        {
            var isSameOrigin = address is not null && request.RequestUri is { } landed && TokenDestination.IsSameOrigin(address, landed);
            next = mayFollow && isSameOrigin && !request.Headers.NonValidated.Contains(Authorization) ? token : null;
        }
        else
        {
            next = await ReplaceRejectedAsync(response, token, address, cancellationToken).ConfigureAwait(false);
        }

        if (next is null || !ReplayableContent.CanSendAgain(request.Content))
            return null;

        Replace(request, next);
        return next;
    }

    private async Task<HeldToken?> ReplaceRejectedAsync(HttpResponseMessage response, HeldToken token, Uri? address, CancellationToken cancellationToken)
    {
        try
        {
            return await token.Entry.ReplaceAsync(token, client.Current.Settings, address?.Host ?? "", cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // Cancelled: nobody will get to see the answer.
            response.Dispose();
            throw;
        }
    }

    private static bool NeedsAttention(HttpResponseMessage response, HttpRequestMessage request, Uri? address) =>
        response.StatusCode == HttpStatusCode.Unauthorized || !ReferenceEquals(request.RequestUri, address);

    private static HttpResponseMessage Leave(HttpResponseMessage response, HttpRequestMessage request, Uri? address)
    {
        if (!ReferenceEquals(request.RequestUri, address))
            RequestedToken.RememberAddress(request, address);
        return response;
    }

    private static void Replace(HttpRequestMessage request, HeldToken token)
    {
        request.Headers.Remove(Authorization);
        request.Headers.TryAddWithoutValidation(Authorization, token.HeaderValue);
    }

    // HttpClient.Send is synchronous by contract, and so is the wait. The fetch it waits for never needs this thread.
#pragma warning disable VSTHRD002
    private static T Wait<T>(Task<T> pending) => pending.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
}
