namespace CognitoM2M.Http;

/// <summary>
/// Stands outside of all other handlers, and records the address that the caller used. Stands behind each handler that may change addresses, too,
/// and takes down what the handler made of it.
/// </summary>
/// <param name="destination">The rules of the chain.</param>
/// <param name="position">The position in the chain; 0 outside of all other handlers.</param>
internal sealed class AddressRecorder(CallDestination destination, int position) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Record(request);
        return base.SendAsync(request, cancellationToken);
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Record(request);
        return base.Send(request, cancellationToken);
    }

    private void Record(HttpRequestMessage request)
    {
        if (position == 0)
            destination.Record(request);
        else
            destination.Follow(request, position);
    }
}
