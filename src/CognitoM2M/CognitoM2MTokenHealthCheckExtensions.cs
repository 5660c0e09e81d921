using CognitoM2M;
using CognitoM2M.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the health check of the app clients.</summary>
public static class CognitoM2MTokenHealthCheckExtensions
{
    /// <summary>
    /// Reports the status of the app clients. Unhealthy: a client has no token, and its last fetch failed. Degraded: a renewal failed, and the
    /// held token is still valid. Healthy: all else, including clients that were never called. The check itself sends no request.
    /// </summary>
    /// <param name="builder">The result of <c>AddHealthChecks()</c>.</param>
    /// <param name="name">The name of the check; <c>cognito-tokens</c> by default.</param>
    /// <param name="failureStatus">The status to report instead of unhealthy; <see cref="HealthStatus.Unhealthy"/> if null.</param>
    /// <param name="tags">Tags that filter checks; none by default.</param>
    public static IHealthChecksBuilder AddCognitoM2MTokens(
        this IHealthChecksBuilder builder, string name = "cognito-tokens", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.AddCognitoM2MTokenProvider();
        return builder.Add(new HealthCheckRegistration(
            name, services => new TokenHealthCheck(services.GetRequiredService<CachingTokenProvider>()), failureStatus, tags));
    }
}
