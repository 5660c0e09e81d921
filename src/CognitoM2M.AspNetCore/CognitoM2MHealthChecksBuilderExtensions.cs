using CognitoM2M.AspNetCore.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the health check of the authentication scheme.</summary>
public static class CognitoM2MHealthChecksBuilderExtensions
{
    /// <summary>
    /// Checks that keys are held for every user pool of the schemes that <c>AddCognitoM2M</c> registered; if none are, reads them. Degraded
    /// while keys are held but could not be read again.
    /// </summary>
    /// <param name="builder">What <c>AddHealthChecks()</c> returns.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">What to report without keys; <see cref="HealthStatus.Unhealthy"/> if null.</param>
    /// <param name="tags">For choosing checks.</param>
    public static IHealthChecksBuilder AddCognitoM2MKeySets(
        this IHealthChecksBuilder builder, string name = "cognito-m2m-keys", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<KeySetHealthCheck>(name, failureStatus, tags ?? []);
    }
}
