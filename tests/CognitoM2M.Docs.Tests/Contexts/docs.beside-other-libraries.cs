using Grpc.Core;

// The gRPC compiler makes these types from orders.proto.
namespace Acme.Grpc
{
    public sealed class Order;

    public sealed class OrderRequest;

    public static class Orders
    {
        public sealed class OrdersClient(ChannelBase channel) : ClientBase(channel)
        {
            public AsyncUnaryCall<Order> GetAsync(OrderRequest request, CancellationToken cancellationToken = default) => throw null!;
        }
    }
}
