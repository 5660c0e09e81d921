namespace CognitoM2M.Http;

/// <summary>The last handler before the primary handler. It ensures that no other handler sends the token to an address without encryption.</summary>
internal sealed class OutgoingAddressCheck(CallDestination destination) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        destination.CheckOutgoing(request, InnerHandler);
        return base.SendAsync(request, cancellationToken);
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        destination.CheckOutgoing(request, InnerHandler);
        return base.Send(request, cancellationToken);
    }
}
