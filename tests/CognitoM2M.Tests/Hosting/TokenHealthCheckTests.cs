using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CognitoM2M.Tests.Hosting;

/// <summary>The health check of all clients.</summary>
public sealed class TokenHealthCheckTests
{
    [Fact]
    public async Task Health_is_degraded_after_a_failed_renewal_and_unhealthy_without_a_token()
    {
        await using var service = new StubbedService(services: services => services.AddHealthChecks().AddCognitoM2MTokens());
        var health = service.Services.GetRequiredService<HealthCheckService>();
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync()).Status);

        await service.GetTokenAsync();
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync()).Status);

        service.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateStatus(HttpStatusCode.ServiceUnavailable));
        service.Clock.Advance(TimeSpan.FromMinutes(52));
        await service.GetTokenAsync();
        await service.WaitForFetchAsync();
        Assert.Equal(HealthStatus.Degraded, (await health.CheckHealthAsync()).Status);

        service.Clock.Advance(TimeSpan.FromMinutes(8));
        await service.FailToGetTokenAsync();
        var report = await health.CheckHealthAsync();
        Assert.Equal(HealthStatus.Unhealthy, report.Status);
        Assert.Contains("orders (http_error)", report.Entries["cognito-tokens"].Description, StringComparison.Ordinal);
    }

    public static TheoryData<CognitoTokenRequest, string> OwnRequests => new()
    {
        { new CognitoTokenRequest { Scopes = ["orders/write"] }, "orders [orders/write]" },
        { new CognitoTokenRequest { Scopes = [] }, "orders []" },
        { new CognitoTokenRequest { ClientMetadata = new Dictionary<string, string> { ["tenant"] = "acme" } }, "orders" },
    };

    [Theory]
    [MemberData(nameof(OwnRequests))]
    public async Task Http_client_with_a_token_request_of_its_own_is_checked(CognitoTokenRequest request, string name)
    {
        await using var service = new StubbedService(options => options.FirstFetchAttempts = 1, services =>
        {
            services.AddHealthChecks().AddCognitoM2MTokens();
            services.AddHttpClient("writer").AddCognitoM2MToken("orders", request);
        });
        var health = service.Services.GetRequiredService<HealthCheckService>();
        await service.GetTokenAsync();
        service.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateStatus(HttpStatusCode.ServiceUnavailable));

        using var http = service.Services.GetRequiredService<IHttpClientFactory>().CreateClient("writer");
        await Assert.ThrowsAsync<CognitoTokenException>(() => http.GetAsync(new Uri("orders", UriKind.Relative)));

        var report = (await health.CheckHealthAsync()).Entries["cognito-tokens"];
        Assert.Equal((HealthStatus.Unhealthy, $"No token for {name} (http_error)."), (report.Status, report.Description));
        Assert.Equal("http_error", Assert.Single(report.Data, entry => entry.Key == name).Value);
    }

    [Fact]
    public async Task Client_that_was_removed_and_came_back_is_checked_again()
    {
        await using var billing = new ConfiguredClient(services => services.AddHealthChecks().AddCognitoM2MTokens());
        using var http = billing.Service.Services.GetRequiredService<IHttpClientFactory>().CreateClient("billing");
        await billing.GetTokenAsync();
        await billing.RemoveForGoodAsync();
        billing.Restore();
        billing.RefuseTokenRequests();

        await Assert.ThrowsAsync<CognitoTokenException>(() => http.GetAsync(new Uri("invoices", UriKind.Relative)));

        var report = await billing.Service.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal("No token for billing (invalid_client).", report.Entries["cognito-tokens"].Description);
    }
}
