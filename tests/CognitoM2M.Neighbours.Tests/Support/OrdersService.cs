using Acme.Grpc;
using Grpc.Core;

namespace CognitoM2M.Neighbours.Tests.Support;

/// <summary>The gRPC service of <see cref="OrdersApi"/>.</summary>
public sealed class OrdersService : Orders.OrdersBase
{
    /// <summary>An id for which the service rejects the first token that it sees with a gRPC status instead of an HTTP status.</summary>
    public const string RejectedByStatus = "rejected-by-status";

    /// <summary>An id for which the service sends one order before it rejects the first token that it sees. The status is then in the trailers.</summary>
    public const string RejectedInTrailers = "rejected-in-trailers";

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> _firstTokens = new();

    public override Task<Order> Get(OrderRequest request, ServerCallContext context)
    {
        if (request.Id.StartsWith(RejectedByStatus, StringComparison.Ordinal))
            RejectFirstToken(request, context);

        return Task.FromResult(new Order { Id = request.Id });
    }

    public override async Task List(OrderRequest request, IServerStreamWriter<Order> responseStream, ServerCallContext context)
    {
        for (var i = 0; i < 3; i++)
        {
            await responseStream.WriteAsync(new Order { Id = $"{request.Id}-{i}" });
            if (request.Id.StartsWith(RejectedInTrailers, StringComparison.Ordinal))
                RejectFirstToken(request, context);
        }
    }

    public override async Task<OrderRequest> Upload(IAsyncStreamReader<Order> requestStream, ServerCallContext context)
    {
        var ids = new List<string>();
        await foreach (var order in requestStream.ReadAllAsync())
            ids.Add(order.Id);
        return new OrderRequest { Id = string.Join(',', ids) };
    }

    private static void RejectFirstToken(OrderRequest request, ServerCallContext context)
    {
        var token = context.RequestHeaders.GetValue("authorization")!;
        if (_firstTokens.GetOrAdd(request.Id, token) == token)
            throw new RpcException(new Status(StatusCode.Unauthenticated, "The key of the token is unknown."));
    }
}
