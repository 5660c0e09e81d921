using CognitoM2M;
using CognitoM2M.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Reports the state of the app clients as a health check.</summary>
public static class CognitoM2MHealthChecksBuilderExtensions
{
    /// <summary>
    /// Unhealthy if a client has no token and the last attempt to get one failed, degraded if a renewal failed and the token held is
    /// still good, else healthy. The check itself sends nothing; a client that was never called counts as healthy.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">What to report in place of unhealthy.</param>
    /// <param name="tags">For filtering checks.</param>
    public static IHealthChecksBuilder AddCognitoM2M(
        this IHealthChecksBuilder builder, string name = "cognito_m2m", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.AddCognitoM2M();
        return builder.Add(new HealthCheckRegistration(
            name, services => new TokenHealthCheck(services.GetRequiredService<CachingTokenProvider>()), failureStatus, tags));
    }
}
