using Grpc.Core;

// The gRPC compiler makes these types from orders.proto.
namespace Acme.Grpc
{
    internal sealed class Order;

    internal sealed class OrderRequest;

    internal static class Orders
    {
        internal sealed class OrdersClient(ChannelBase channel) : ClientBase(channel)
        {
            public AsyncUnaryCall<Order> GetAsync(OrderRequest request, CancellationToken cancellationToken = default) => throw null!;
        }
    }
}

namespace Microsoft.Extensions.DependencyInjection
{
    internal static class RefitExtensions
    {
        // Refit generates this method when a project is built.
        public static IHttpClientBuilder AddRefitGeneratedClient<T>(this IServiceCollection services) where T : class => throw null!;
    }
}
