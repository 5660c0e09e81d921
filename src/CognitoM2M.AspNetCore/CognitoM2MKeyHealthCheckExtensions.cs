using CognitoM2M.AspNetCore.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the health check for the keys that tokens are verified with.</summary>
public static class CognitoM2MKeyHealthCheckExtensions
{
    /// <summary>
    /// Adds a health check that is healthy if keys are held for every user pool of the schemes that <c>AddCognitoM2M</c> registered. If no
    /// keys are held, the check downloads them. The check is degraded if keys are held but the last download failed.
    /// </summary>
    /// <param name="builder">The builder that <c>AddHealthChecks()</c> returns.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">The status to report without keys; <see cref="HealthStatus.Unhealthy"/> if null.</param>
    /// <param name="tags">Tags to select checks by.</param>
    public static IHealthChecksBuilder AddCognitoM2MKeys(
        this IHealthChecksBuilder builder, string name = "cognito-keys", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<KeySetHealthCheck>(name, failureStatus, tags ?? []);
    }
}
