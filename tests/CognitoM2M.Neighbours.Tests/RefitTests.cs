using CognitoM2M.Neighbours.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Refit;

namespace CognitoM2M.Neighbours.Tests;

/// <summary>A client that Refit generates.</summary>
public sealed class RefitTests
{
    [Fact]
    public async Task Generated_client_calls_with_a_token()
    {
        await using var service = await StartAsync<IOrders>();

        var order = await service.Services.GetRequiredService<IOrders>().GetAsync("1");

        Assert.Equal("1", order.Id);
    }

    [Fact]
    public async Task Header_that_names_the_scheme_only_is_filled_in()
    {
        await using var service = await StartAsync<IOrdersWithScheme>();

        var order = await service.Services.GetRequiredService<IOrdersWithScheme>().GetAsync("1");

        Assert.Equal("1", order.Id);
    }

    [Fact]
    public async Task Buffered_body_is_sent_again_after_a_401()
    {
        await using var service = await StartAsync<IOrders>();
        var orders = service.Services.GetRequiredService<IOrders>();
        await orders.GetAsync("1");
        service.Api.RejectSeenTokens();

        var created = await orders.CreateAsync(new OrderBody("2"));

        Assert.Equal("2", created.Id);
        Assert.Equal(2, service.TokenRequests);
    }

    [Fact]
    public async Task Refused_client_is_thrown_as_it_is_or_inside_the_exception_of_Refit()
    {
        await using var service = await StartAsync<IOrders>(clientSecret: "not1the2secret3of4this5client");

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => service.Services.GetRequiredService<IOrders>().GetAsync("1"));

        Assert.Equal("invalid_client", ((failure as CognitoTokenException) ?? Assert.IsType<CognitoTokenException>(failure.InnerException)).Error);
    }

    private static Task<CallingService> StartAsync<T>(string? clientSecret = null)
        where T : class =>
        CallingService.StartAsync((builder, api) =>
        {
            builder.Services.AddCognitoM2MClients(builder.Configuration);
            if (clientSecret is not null)
                builder.Services.Configure<CognitoM2MClientOptions>("orders", options => options.ClientSecret = clientSecret);
            builder.Services.AddRefitGeneratedClient<T>().ConfigureHttpClient(http => http.BaseAddress = api.Address).AddCognitoM2MToken("orders");
        });
}

/// <summary>The body of an order.</summary>
public sealed record OrderBody(string Id);

public interface IOrders
{
    [Get("/orders/{id}")]
    Task<OrderBody> GetAsync(string id);

    [Post("/orders")]
    Task<OrderBody> CreateAsync([Body(buffered: true)] OrderBody order);
}

[Headers("Authorization: Bearer")]
public interface IOrdersWithScheme
{
    [Get("/orders/{id}")]
    Task<OrderBody> GetAsync(string id);
}
