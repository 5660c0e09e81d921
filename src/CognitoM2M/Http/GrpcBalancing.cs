namespace CognitoM2M.Http;

/// <summary>
/// Finds the name that a gRPC channel was made for. A channel with load balancing (<c>dns:///orders</c>) resolves the name itself, outside of
/// all handlers: it gives the message the address of one server, and the name as the Host header. The name then decides whose TLS
/// certificate is accepted.
/// </summary>
internal static class GrpcBalancing
{
    private const string AddressType = "Grpc.Net.Client.Balancer.BalancerAddress";

    // Grpc.Net.Client puts the address that it chose here.
    private static readonly HttpRequestOptionsKey<object> _chosenAddress = new("CurrentAddress");

    /// <summary>The address that the channel was made for; null if no channel chose the address of this message.</summary>
    public static Uri? FindCalled(HttpRequestMessage message, Uri address) =>
        message.Headers.Host is { } host
        && message.Options.TryGetValue(_chosenAddress, out var chosen)
        && chosen.GetType().FullName == AddressType
        // A handler that sends the message to a third address no longer uses the address that the channel chose.
        && IsChosen(address, chosen.ToString())
        && Uri.TryCreate($"{address.Scheme}://{host}/", UriKind.Absolute, out var called)
            ? called
            : null;

    // The channel writes an IPv6 address without brackets.
    private static bool IsChosen(Uri address, string? chosen) => chosen == $"{address.Host}:{address.Port}" || chosen == $"{address.IdnHost}:{address.Port}";
}
