using System.Diagnostics;
using System.Net;
using CognitoM2M.Cache;

namespace CognitoM2M.Http;

/// <summary>
/// Puts the client's token on each request, and recovers from one 401. While the token is fresh, this adds a few checks and one header to a
/// call. Everything less frequent is in separate methods.
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

        if (!TakeResult(PrepareReplayAsync(response, token, request, address, callerBlocks: true, cancellationToken)))
            return response;

        response.Dispose();
        return base.Send(request, cancellationToken);
    }

    /// <summary>The usual case: the token is fresh, the request has no Authorization header, and its address may get the token. Null in all other cases.</summary>
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
        client.CountFresh();
        return token;
    }

    private Task<HttpResponseMessage> SendWithAsync(HeldToken token, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri;
        var sending = base.SendAsync(request, cancellationToken);

        // A response that is there already needs no async state machine.
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
        if (!NeedsToken(request, out var tokenRequest))
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);

        var token = await client.GetAsync(tokenRequest, callerBlocks: false, cancellationToken).ConfigureAwait(false);
        SetHeader(request, token);
        return await SendWithAsync(token, request, cancellationToken).ConfigureAwait(false);
    }

    private HeldToken? Attach(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!NeedsToken(request, out var tokenRequest))
            return null;

        var token = TakeResult(client.GetAsync(tokenRequest, callerBlocks: true, cancellationToken));
        SetHeader(request, token);
        return token;
    }

    private async Task<HttpResponseMessage> RecoverAsync(
        HttpResponseMessage response, HeldToken token, HttpRequestMessage request, Uri? address, CancellationToken cancellationToken)
    {
        if (!await PrepareReplayAsync(response, token, request, address, callerBlocks: false, cancellationToken).ConfigureAwait(false))
            return response;

        response.Dispose();
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the request gets a token. A request with an Authorization header of the caller's own gets none.</summary>
    /// <exception cref="CognitoTokenException">The request needs a token and goes to an address that the token must not be sent to.</exception>
    private bool NeedsToken(HttpRequestMessage request, out CognitoTokenRequest? tokenRequest)
    {
        tokenRequest = null;
        if (request.Headers.NonValidated.TryGetValues(Authorization, out var present))
        {
            tokenRequest = TokenOverride.Find(request);
            var value = present.ToString();
            if (value != TokenOverride.Placeholder && !client.Current.HasIssued(value, tokenRequest))
                return false;

            TokenOverride.RestoreAddress(request);
        }

        var destination = client.Current.Settings.Destination;
        return destination.Allows(request.RequestUri)
            ? true
            : throw new CognitoTokenException(client.Name, CognitoTokenErrors.DestinationNotAllowed, destination.Explain(request.RequestUri));
    }

    /// <summary>After a 401: has the token replaced, and prepares the request to be sent once more. False if it cannot be sent again.</summary>
    private async ValueTask<bool> PrepareReplayAsync(
        HttpResponseMessage response, HeldToken token, HttpRequestMessage request, Uri? address, bool callerBlocks, CancellationToken cancellationToken)
    {
        // HttpClient has followed a redirect and removed the header. The response says nothing about the token.
        if (!ReferenceEquals(request.RequestUri, address))
        {
            TokenOverride.RememberAddress(request, address);
            return false;
        }

        var newer = await ReplaceRejectedAsync(
            response, token, TokenOverride.Find(request), address, callerBlocks, cancellationToken).ConfigureAwait(false);
        if (newer is null || !ReplayableContent.CanSendAgain(request.Content))
            return false;

        SetHeader(request, newer);
        return true;
    }

    private async Task<HeldToken?> ReplaceRejectedAsync(
        HttpResponseMessage response, HeldToken token, CognitoTokenRequest? tokenRequest, Uri? address, bool callerBlocks, CancellationToken cancellationToken)
    {
        try
        {
            return await client.ReplaceAsync(token.Token, address?.Host ?? "the API", tokenRequest, callerBlocks, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // The call was cancelled, so nobody gets the response.
            response.Dispose();
            throw;
        }
    }

    // The task of a caller that blocks has ended when the caller gets it.
    private static T TakeResult<T>(ValueTask<T> ended)
    {
        Debug.Assert(ended.IsCompleted, "A blocking caller waits inside the method that makes the task.");
#pragma warning disable VSTHRD002 // Nothing is left to wait for.
        return ended.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
    }

    private static bool NeedsAttention(HttpResponseMessage response, HttpRequestMessage request, Uri? address) =>
        response.StatusCode == HttpStatusCode.Unauthorized || !ReferenceEquals(request.RequestUri, address);

    private static void SetHeader(HttpRequestMessage request, HeldToken token)
    {
        request.Headers.Remove(Authorization);
        request.Headers.TryAddWithoutValidation(Authorization, token.HeaderValue);
    }
}
