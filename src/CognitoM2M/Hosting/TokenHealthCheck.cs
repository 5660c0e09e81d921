using CognitoM2M.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CognitoM2M.Hosting;

/// <summary>Reports the status of the clients. Sends no request: a check that fetched tokens would cost money every few seconds.</summary>
internal sealed class TokenHealthCheck(CachingTokenProvider provider) : IHealthCheck
{
    // Nobody reads more names than this.
    private const int MostNames = 20;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);

        var failing = provider.Statuses.Where(client => client.Error is not null).ToList();
        var without = failing.Where(client => !client.HasToken).ToList();
        var data = failing.DistinctBy(client => client.DisplayName, StringComparer.Ordinal).Take(MostNames).ToDictionary(client => client.DisplayName, client => (object)client.Error!, StringComparer.Ordinal);

        return Task.FromResult(
            without.Count > 0 ? new HealthCheckResult(context.Registration.FailureStatus, $"No token for {JoinNames(without)}.", data: data)
            : failing.Count > 0 ? HealthCheckResult.Degraded($"Renewal fails for {JoinNames(failing)}. The held tokens are still valid.", data: data)
            : HealthCheckResult.Healthy());
    }

    private static string JoinNames(List<ClientStatus> clients) =>
        string.Join(", ", clients.Take(MostNames).Select(client => $"{client.DisplayName} ({client.Error})"))
        + (clients.Count > MostNames ? $" and {clients.Count - MostNames} more" : "");
}
