using Acme.Grpc;
using Grpc.Core;

namespace CognitoM2M.Neighbours.Tests.Docs;

/// <summary>A gRPC call that repeats itself after a rejected token. Code of docs/beside-other-libraries.md; a test compares both.</summary>
public static class GrpcCalls
{
    public static async Task<Order> GetAsync(Orders.OrdersClient orders, OrderRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await orders.GetAsync(request, cancellationToken: cancellationToken);
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.Unauthenticated)
        {
            // The rejected token has been replaced. This call carries the new one.
            return await orders.GetAsync(request, cancellationToken: cancellationToken);
        }
    }
}
