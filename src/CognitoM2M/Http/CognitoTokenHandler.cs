using System.Net;
using CognitoM2M.Tokens;

namespace CognitoM2M.Http;

/// <summary>
/// Puts the client's token on each request and recovers from one 401. While the token is fresh it adds a few checks and one header
/// write to a call; everything rarer is in methods of its own.
/// </summary>
internal sealed class CognitoTokenHandler(AppClient client, CognitoTokenRequest? defaultRequest = null) : DelegatingHandler
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
        if (response.StatusCode != HttpStatusCode.Unauthorized || token is null)
            return response;

        if (!Wait(PrepareReplayAsync(token, request, address, response, cancellationToken)))
            return response;

        response.Dispose();
        return base.Send(request, cancellationToken);
    }

    /// <summary>The ordinary case: a fresh token, no header there yet, an address that may have it. Null if it is another case.</summary>
    private HeldToken? TryAttachFresh(HttpRequestMessage request)
    {
        var state = client.Current;
        if (defaultRequest is not null
            || state.Fresh is not { } token
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
        return sending.IsCompletedSuccessfully && sending.Result.StatusCode != HttpStatusCode.Unauthorized
            ? sending
            : WatchAsync(sending, token, request, address, cancellationToken);
    }

    private async Task<HttpResponseMessage> WatchAsync(
        Task<HttpResponseMessage> sending, HeldToken token, HttpRequestMessage request, Uri? address, CancellationToken cancellationToken)
    {
        var response = await sending.ConfigureAwait(false);
        return response.StatusCode == HttpStatusCode.Unauthorized
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
        HttpResponseMessage rejection, HeldToken token, HttpRequestMessage request, Uri? address, CancellationToken cancellationToken)
    {
        if (!await PrepareReplayAsync(token, request, address, rejection, cancellationToken).ConfigureAwait(false))
            return rejection;

        rejection.Dispose();
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Any case: waits for a token if need be. Null if the request carries a header of the caller's own and goes as it is.</summary>
    private async Task<HeldToken?> AttachAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var tokenRequest = defaultRequest;
        var hasHeader = request.Headers.NonValidated.TryGetValues(Authorization, out var present);
        if (hasHeader)
        {
            tokenRequest = RequestedToken.Of(request) ?? defaultRequest;
            var value = present.ToString();
            if (value != RequestedToken.Mark && !client.Current.EntryOf(tokenRequest).HasIssued(value))
                return null;
        }

        var destination = client.Current.Settings.Destination;
        if (!destination.Allows(request.RequestUri))
            throw new CognitoTokenException(client.Name, CognitoTokenErrors.DestinationNotAllowed, destination.Explain(request.RequestUri));

        var token = await client.GetAsync(tokenRequest, cancellationToken).ConfigureAwait(false);
        Replace(request, token);
        return token;
    }

    /// <summary>After a 401: has the token replaced and makes the request ready to be sent once more. False if it cannot be.</summary>
    private async Task<bool> PrepareReplayAsync(
        HeldToken token, HttpRequestMessage request, Uri? address, HttpResponseMessage rejection, CancellationToken cancellationToken)
    {
        // A redirect takes the header off. Such a 401 says nothing about the token, which goes on if the new address is on the same origin.
        var tokenWasSent = request.Headers.NonValidated.TryGetValues(Authorization, out var sent) && sent.ToString() == token.HeaderValue;
        if (!tokenWasSent)
        {
            var followed = !request.Headers.NonValidated.Contains(Authorization)
                && address is not null && request.RequestUri is { } landed && TokenDestination.IsSameOrigin(address, landed);
            if (!followed || !ReplayableContent.CanSendAgain(request.Content))
                return false;

            Replace(request, token);
            return true;
        }

        HeldToken? newer;
        try
        {
            newer = await token.Entry.ReplaceAsync(token, client.Name, address?.Host ?? "", cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            rejection.Dispose();
            throw;
        }

        if (newer is null || !ReplayableContent.CanSendAgain(request.Content))
            return false;

        Replace(request, newer);
        return true;
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
