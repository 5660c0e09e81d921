namespace CognitoM2M.Tests.Support;

/// <summary>A handler of the user's, written where it is used. Works for synchronous and asynchronous calls.</summary>
/// <param name="send">Handles a request, given the rest of the chain.</param>
internal sealed class InlineHandler(Func<HttpRequestMessage, Func<HttpRequestMessage, Task<HttpResponseMessage>>, Task<HttpResponseMessage>> send) : DelegatingHandler
{
    /// <summary>Sends a request a second time if the first answer, or the first exception, asks for it.</summary>
    public static InlineHandler CreateRetry(Func<HttpRequestMessage, HttpRequestMessage>? copy = null) => new(async (request, next) =>
    {
        try
        {
            var response = await next(request);
            if ((int)response.StatusCode < 500)
                return response;
            response.Dispose();
        }
        catch (HttpRequestException failure) when (failure is not CognitoTokenException)
        {
            // Sent again below.
        }

        return await next(copy is null ? request : copy(request));
    });

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        send(request, message => base.SendAsync(message, cancellationToken));

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        send(request, message => Task.FromResult(base.Send(message, cancellationToken))).GetAwaiter().GetResult();
}
