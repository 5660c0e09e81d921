using System.Net;
using CognitoM2M.Neighbours.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CognitoM2M.Neighbours.Tests;

/// <summary>Microsoft.Extensions.ServiceDiscovery, before and after the token handler, as Aspire's service defaults add it.</summary>
public sealed class ServiceDiscoveryTests
{
    [Theory]
    [InlineData("http://orders-api")]
    [InlineData("https+http://orders-api")]
    public async Task Name_of_the_base_address_is_resolved_before_the_token_handler(string baseAddress)
    {
        await using var service = await StartAsync(baseAddress, (builder, _) =>
        {
            builder.Services.ConfigureHttpClientDefaults(http =>
            {
                http.AddStandardResilienceHandler();
                http.AddServiceDiscovery();
            });
            builder.Services.AddCognitoM2MClients(builder.Configuration);
            builder.Services.Configure<CognitoM2MClientOptions>("orders", options => options.PlainHttpHosts.Add("orders-api"));
        });

        await CallAsync(service);
    }

    [Fact]
    public async Task Name_of_the_base_address_is_resolved_after_the_token_handler()
    {
        await using var service = await StartAsync(
            "https+http://orders-api",
            (builder, _) => builder.Services
                .AddCognitoM2MClient("orders", builder.Configuration.GetSection("CognitoM2M:Clients:orders")).AddServiceDiscovery());

        await CallAsync(service);
    }

    [Fact]
    public async Task Rejected_token_is_replaced_when_the_name_is_resolved_after_the_token_handler()
    {
        await using var service = await StartAsync(
            "https+http://orders-api",
            (builder, _) => builder.Services
                .AddCognitoM2MClient("orders", builder.Configuration.GetSection("CognitoM2M:Clients:orders")).AddServiceDiscovery());
        await CallAsync(service);
        service.Api.RejectSeenTokens();

        await CallAsync(service);

        Assert.Equal(2, service.TokenRequests);
    }

    [Fact]
    public async Task Rejected_token_is_replaced_when_the_name_is_resolved_before_the_token_handler()
    {
        await using var service = await StartAsync("https+http://orders-api", (builder, _) =>
        {
            builder.Services.ConfigureHttpClientDefaults(http => http.AddServiceDiscovery());
            builder.Services.AddCognitoM2MClients(builder.Configuration);
        });
        await CallAsync(service);
        service.Api.RejectSeenTokens();

        await CallAsync(service);

        Assert.Equal(2, service.TokenRequests);
    }

    [Fact]
    public async Task Other_name_is_refused_although_it_resolves_to_the_same_address()
    {
        await using var service = await StartAsync("https+http://orders-api", (builder, _) =>
        {
            builder.Services.ConfigureHttpClientDefaults(http => http.AddServiceDiscovery());
            builder.Services.AddCognitoM2MClients(builder.Configuration);
        });

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => service.CreateClient().GetAsync(new Uri("https+http://other-api/orders/1")));

        Assert.Equal(CognitoTokenErrors.DestinationNotAllowed, failure.Error);
        Assert.Contains("other-api", failure.Message, StringComparison.Ordinal);
        Assert.Empty(service.Api.Calls);
    }

    private static async Task CallAsync(CallingService service)
    {
        using var client = service.CreateClient();
        using var response = await client.GetAsync(new Uri("orders/1", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static Task<CallingService> StartAsync(string baseAddress, Action<IHostApplicationBuilder, OrdersApi> compose) =>
        CallingService.StartAsync((builder, api) =>
        {
            builder.Configuration["CognitoM2M:Clients:orders:BaseAddress"] = baseAddress;
            builder.Configuration["Services:orders-api:http:0"] = api.Address.AbsoluteUri;
            builder.Configuration["Services:other-api:http:0"] = api.Address.AbsoluteUri;
            builder.Services.AddServiceDiscovery();
            compose(builder, api);
        });
}
