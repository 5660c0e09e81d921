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
}
