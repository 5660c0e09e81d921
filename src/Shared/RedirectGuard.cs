using System.Net;

namespace CognitoM2M.Shared;

/// <summary>
/// Keeps the body of a request, which may hold a client secret or a password, from being sent to another address than the first. Handlers of the
/// user may follow redirects, and are not changed. Such a handler takes the Authorization header off when it follows a redirect, but after
/// status 307 or 308 it sends the body again.
/// </summary>
internal sealed class RedirectGuard(HttpMessageHandler innerHandler) : DelegatingHandler(innerHandler)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);

        var body = new OneAddressContent(request);
        request.Content = body;
        // With "Expect: 100-continue" a redirect can come before the body was sent, and the first address would then be the target.
        request.Headers.ExpectContinue = null;
        try
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (!body.IsElsewhere)
                return response;

            response.Dispose();
        }
        catch (Exception) when (body.IsElsewhere)
        {
            // The body refused to be sent. How a handler reports this differs.
        }

        // A handler that follows no redirects returns this response.
        return new HttpResponseMessage(HttpStatusCode.TemporaryRedirect) { RequestMessage = request };
    }

    /// <summary>The body of a request that may be sent several times, but only to the address that it was sent to first.</summary>
    private sealed class OneAddressContent : HttpContent
    {
        private readonly HttpRequestMessage _request;
        private readonly HttpContent _content;
        private Uri? _firstAddress;

        public OneAddressContent(HttpRequestMessage request)
        {
            _request = request;
            _content = request.Content!;
            foreach (var header in _content.Headers.NonValidated)
                Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        /// <summary>Whether the request has gone on to another address after its body was sent. A handler may change the address before that.</summary>
        public bool IsElsewhere => _firstAddress is { } first && _request.RequestUri != first;

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            _firstAddress ??= _request.RequestUri;
            return IsElsewhere
                ? Task.FromException(new HttpRequestException("The request was redirected."))
                : _content.CopyToAsync(stream, context, cancellationToken);
        }

        protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            _firstAddress ??= _request.RequestUri;
            if (IsElsewhere)
                throw new HttpRequestException("The request was redirected.");
            _content.CopyTo(stream, context, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _content.Headers.ContentLength ?? 0;
            return _content.Headers.ContentLength is not null;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _content.Dispose();
            base.Dispose(disposing);
        }
    }
}
