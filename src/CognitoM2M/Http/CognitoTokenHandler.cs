using System.Net;
using CognitoM2M.Cache;

namespace CognitoM2M.Http;

/// <summary>
/// Puts the client's token on each request and recovers from one 401. While the token is fresh it adds a few checks and one header
/// write to a call; everything rarer is in methods of its own.
/// </summary>
internal sealed class CognitoTokenHandler(AppClient client) : DelegatingHandler
{
    private const string Authorization = TokenOverride.HeaderName;

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

        var token = TryAttachFresh(request) ?? Attach(request, cancellationToken);
        var address = request.RequestUri;
        var response = base.Send(request, cancellationToken);
        if (token is null || !NeedsAttention(response, request, address))
            return response;

        // The contract of Send is synchronous, and so is the wait.
#pragma warning disable VSTHRD002
        var isReady = PrepareReplayAsync(response, token, request, address, cancellationToken).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        if (!isReady)
            return response;

        response.Dispose();
        return base.Send(request, cancellationToken);
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
        client.ServedFresh();
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
        if (!IsOurs(request, out var wanted))
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);

        var token = await client.GetAsync(wanted, cancellationToken).ConfigureAwait(false);
        Replace(request, token);
        return await SendWithAsync(token, request, cancellationToken).ConfigureAwait(false);
    }

    private HeldToken? Attach(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!IsOurs(request, out var wanted))
            return null;

        var token = client.Get(wanted, cancellationToken);
        Replace(request, token);
        return token;
    }

    private async Task<HttpResponseMessage> RecoverAsync(
        HttpResponseMessage response, HeldToken token, HttpRequestMessage request, Uri? address, CancellationToken cancellationToken)
    {
        if (!await PrepareReplayAsync(response, token, request, address, cancellationToken).ConfigureAwait(false))
            return response;

        response.Dispose();
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the request is to get a token: it does not if it carries a header of the caller's own.</summary>
    /// <exception cref="CognitoTokenException">It is, but goes to an address that must not have it.</exception>
    private bool IsOurs(HttpRequestMessage request, out CognitoTokenRequest? wanted)
    {
        wanted = null;
        if (request.Headers.NonValidated.TryGetValues(Authorization, out var present))
        {
            wanted = TokenOverride.Of(request);
            var value = present.ToString();
            if (value != TokenOverride.Placeholder && !client.Current.HasIssued(value, wanted))
                return false;

            TokenOverride.RestoreAddress(request);
        }

        var destination = client.Current.Settings.Destination;
        return destination.Allows(request.RequestUri)
            ? true
            : throw new CognitoTokenException(client.Name, CognitoTokenErrors.DestinationNotAllowed, destination.Explain(request.RequestUri));
    }

    /// <summary>After a 401: has the token replaced and makes the request ready to be sent once more. False if it cannot be.</summary>
    private async Task<bool> PrepareReplayAsync(
        HttpResponseMessage response, HeldToken token, HttpRequestMessage request, Uri? address, CancellationToken cancellationToken)
    {
        // HttpClient has followed a redirect, and took the header off on the way: the answer says nothing about the token.
        if (!ReferenceEquals(request.RequestUri, address))
        {
            TokenOverride.RememberAddress(request, address);
            return false;
        }

        var newer = await ReplaceRejectedAsync(response, token, TokenOverride.Of(request), address, cancellationToken).ConfigureAwait(false);
        if (newer is null || !ReplayableContent.CanSendAgain(request.Content))
            return false;

        Replace(request, newer);
        return true;
    }

    private async Task<HeldToken?> ReplaceRejectedAsync(
        HttpResponseMessage response, HeldToken token, CognitoTokenRequest? wanted, Uri? address, CancellationToken cancellationToken)
    {
        try
        {
            return await client.ReplaceAsync(token, wanted, address?.Host ?? "", cancellationToken).ConfigureAwait(false);
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

    private static void Replace(HttpRequestMessage request, HeldToken token)
    {
        request.Headers.Remove(Authorization);
        request.Headers.TryAddWithoutValidation(Authorization, token.HeaderValue);
    }
}
