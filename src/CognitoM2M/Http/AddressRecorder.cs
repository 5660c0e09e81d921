namespace CognitoM2M.Http;

/// <summary>Stands outside of all other handlers, and records the address that the caller used.</summary>
internal sealed class AddressRecorder(CallDestination destination) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        destination.Record(request);
        return base.SendAsync(request, cancellationToken);
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        destination.Record(request);
        return base.Send(request, cancellationToken);
    }
}
