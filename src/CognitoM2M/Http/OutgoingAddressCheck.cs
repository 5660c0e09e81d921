namespace CognitoM2M.Http;

/// <summary>Stands behind all other handlers, and sees to it that none of them takes the token to an address without encryption.</summary>
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
