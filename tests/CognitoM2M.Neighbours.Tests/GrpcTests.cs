using Acme.Grpc;
using CognitoM2M.Emulator;
using CognitoM2M.Neighbours.Tests.Docs;
using CognitoM2M.Neighbours.Tests.Support;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CognitoM2M.Neighbours.Tests;

/// <summary>A client of Grpc.Net.ClientFactory.</summary>
public sealed class GrpcTests
{
    [Fact]
    public async Task Calls_and_streams_carry_a_token()
    {
        await using var service = await StartAsync();
        var orders = service.Services.GetRequiredService<Orders.OrdersClient>();

        Assert.Equal("1", (await orders.GetAsync(new OrderRequest { Id = "1" })).Id);
        using var list = orders.List(new OrderRequest { Id = "1" });
        Assert.Equal(3, await list.ResponseStream.ReadAllAsync().CountAsync());
        Assert.Equal(1, service.TokenRequests);
    }

    [Fact]
    public async Task Rejected_token_of_a_unary_call_is_replaced()
    {
        await using var service = await StartAsync();
        var orders = service.Services.GetRequiredService<Orders.OrdersClient>();
        await orders.GetAsync(new OrderRequest { Id = "1" });
        service.Api.RejectSeenTokens();

        // A request of gRPC is a stream, which is not sent again. The next call carries the new token.
        var failure = await Assert.ThrowsAsync<RpcException>(async () => await orders.GetAsync(new OrderRequest { Id = "2" }));
        var order = await orders.GetAsync(new OrderRequest { Id = "3" });

        Assert.Equal(StatusCode.Unauthenticated, failure.StatusCode);
        Assert.Equal("3", order.Id);
        Assert.Equal(2, service.TokenRequests);
    }

    [Fact]
    public async Task Code_of_the_documentation_repeats_a_call_after_a_rejected_token()
    {
        await using var service = await StartAsync();
        var orders = service.Services.GetRequiredService<Orders.OrdersClient>();
        await orders.GetAsync(new OrderRequest { Id = "1" });
        service.Api.RejectSeenTokens();

        var order = await GrpcCalls.GetAsync(orders, new OrderRequest { Id = "2" }, CancellationToken.None);

        Assert.Equal("2", order.Id);
        Assert.Equal(2, service.TokenRequests);
    }

    [Fact]
    public async Task Status_Unauthenticated_in_a_response_with_HTTP_200_counts_as_a_rejected_token()
    {
        await using var service = await StartAsync();
        var orders = service.Services.GetRequiredService<Orders.OrdersClient>();
        var id = $"{OrdersService.RejectedByStatus}-{Guid.NewGuid()}";

        await Assert.ThrowsAsync<RpcException>(async () => await orders.GetAsync(new OrderRequest { Id = id }));
        var order = await orders.GetAsync(new OrderRequest { Id = id });

        Assert.Equal(id, order.Id);
        Assert.Equal(2, service.TokenRequests);
    }

    [Fact]
    public async Task Status_Unauthenticated_in_the_trailers_is_reported_by_the_caller_as_documented()
    {
        await using var service = await StartAsync();
        var orders = service.Services.GetRequiredService<Orders.OrdersClient>();
        var request = new OrderRequest { Id = $"{OrdersService.RejectedInTrailers}-{Guid.NewGuid()}" };

        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => ReadListAsync(orders, request))).StatusCode);
        // The trailers come after the handler has returned the answer.
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => ReadListAsync(orders, request))).StatusCode);
        Assert.Equal(1, service.TokenRequests);

        var used = await service.Provider.GetTokenAsync("orders");
        Assert.NotNull(await service.Provider.ReplaceRejectedTokenAsync("orders", used));

        Assert.Equal(3, await ReadListAsync(orders, request));
        Assert.Equal(2, service.TokenRequests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Channel_that_resolves_a_name_itself_sends_the_token_to_an_allowed_host_only(bool isAllowed)
    {
        await using var service = await StartAsync(options => options.AllowedHosts = [isAllowed ? "localhost" : "other-orders"]);
        var port = service.Api.GrpcAddress.Port;
        using var channel = global::Grpc.Net.Client.GrpcChannel.ForAddress($"dns:///localhost:{port}", new global::Grpc.Net.Client.GrpcChannelOptions
        {
            Credentials = ChannelCredentials.Insecure,
            HttpHandler = service.Services.GetRequiredService<ICognitoTokenHandlerFactory>().CreateHandler("orders", new SocketsHttpHandler()),
        });
        var orders = new Orders.OrdersClient(channel);

        if (isAllowed)
        {
            Assert.Equal("1", (await orders.GetAsync(new OrderRequest { Id = "1" })).Id);
            Assert.StartsWith("Bearer ey", Assert.Single(service.Api.Calls).Authorization, StringComparison.Ordinal);
            return;
        }

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await orders.GetAsync(new OrderRequest { Id = "1" }));
        Assert.Equal(CognitoTokenErrors.DestinationNotAllowed, Assert.IsType<CognitoTokenException>(refusal.Status.DebugException).Error);
        Assert.Empty(service.Api.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Client_of_the_factory_may_have_a_channel_that_resolves_a_name_itself(bool isAllowed)
    {
        await using var service = await StartAsync(
            options => options.AllowedHosts = [isAllowed ? "localhost" : "other-orders"],
            (builder, api) => builder.Services
                .AddGrpcClient<Orders.OrdersClient>("resolving", options => options.Address = new Uri($"dns:///localhost:{api.GrpcAddress.Port}"))
                .ConfigureChannel(channel => channel.Credentials = ChannelCredentials.Insecure)
                .AddCognitoM2MToken("orders"));
        var orders = service.Services.GetRequiredService<global::Grpc.Net.ClientFactory.GrpcClientFactory>().CreateClient<Orders.OrdersClient>("resolving");

        var call = orders.GetAsync(new OrderRequest { Id = "1" }).ResponseAsync;

        if (isAllowed)
            Assert.Equal("1", (await call).Id);
        else
            await Assert.ThrowsAsync<RpcException>(() => call);
        Assert.Equal(isAllowed ? 1 : 0, service.Api.Calls.Count);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("throttled")]
    [InlineData("dropped")]
    [InlineData("down")]
    public async Task Transient_failure_of_Cognito_is_reported_as_Unavailable(string failure)
    {
        await using var service = await StartAsync();
        if (failure == "down")
            await service.Cognito.DisposeAsync();
        else
            service.Cognito.Faults.Set(EmulatorEndpoint.Token, failure switch
            {
                "status" => EmulatorFault.Status(503),
                "throttled" => EmulatorFault.Status(429),
                _ => EmulatorFault.Drop(),
            });

        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await service.Services.GetRequiredService<Orders.OrdersClient>().GetAsync(new OrderRequest { Id = "1" }));

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.IsType<CognitoTokenException>(error.Status.DebugException);
    }

    [Fact]
    public async Task Refused_client_is_not_reported_as_Unavailable()
    {
        await using var service = await StartAsync(options => options.ClientSecret = "not1the2secret3of4this5client");

        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await service.Services.GetRequiredService<Orders.OrdersClient>().GetAsync(new OrderRequest { Id = "1" }));

        Assert.Equal(StatusCode.Internal, error.StatusCode);
        Assert.Equal("invalid_client", Assert.IsType<CognitoTokenException>(error.Status.DebugException).Error);
    }

    [Fact]
    public async Task Call_credentials_report_a_rejected_token_to_the_provider()
    {
        await using var service = await StartAsync();
        using var channel = global::Grpc.Net.Client.GrpcChannel.ForAddress(service.Api.GrpcAddress, new global::Grpc.Net.Client.GrpcChannelOptions
        {
            UnsafeUseInsecureChannelCallCredentials = true,
            Credentials = ChannelCredentials.Create(ChannelCredentials.Insecure, CallCredentials.FromInterceptor(async (context, metadata) =>
                metadata.Add("Authorization", $"Bearer {(await service.Provider.GetTokenAsync("orders", context.CancellationToken)).Value}"))),
        });
        var orders = new Orders.OrdersClient(channel);
        var used = await service.Provider.GetTokenAsync("orders");
        await orders.GetAsync(new OrderRequest { Id = "1" });
        service.Api.RejectSeenTokens();

        await Assert.ThrowsAsync<RpcException>(async () => await orders.GetAsync(new OrderRequest { Id = "2" }));
        var newer = await service.Provider.ReplaceRejectedTokenAsync("orders", used);
        var order = await orders.GetAsync(new OrderRequest { Id = "3" });

        Assert.NotNull(newer);
        Assert.Equal("3", order.Id);
        Assert.Equal(2, service.TokenRequests);
    }

    private static async Task<int> ReadListAsync(Orders.OrdersClient orders, OrderRequest request)
    {
        using var list = orders.List(request);
        return await list.ResponseStream.ReadAllAsync().CountAsync();
    }

    private static Task<CallingService> StartAsync(
        Action<CognitoM2MClientOptions>? configure = null, Action<IHostApplicationBuilder, OrdersApi>? compose = null) => CallingService.StartAsync((builder, api) =>
    {
        builder.Services.AddCognitoM2MClients(builder.Configuration);
        builder.Services.Configure<CognitoM2MClientOptions>("orders", options =>
        {
            options.AllowedHosts.Add(api.GrpcAddress.Authority);
            options.FirstFetchAttempts = 1;
            configure?.Invoke(options);
        });
        builder.Services.AddGrpcClient<Orders.OrdersClient>(options => options.Address = api.GrpcAddress).AddCognitoM2MToken("orders");
        compose?.Invoke(builder, api);
    });
}
