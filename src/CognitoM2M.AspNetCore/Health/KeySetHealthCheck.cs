using CognitoM2M.AspNetCore.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Health;

/// <summary>Says whether tokens can be verified: whether keys are held for each user pool, and could be read when they were last wanted.</summary>
internal sealed class KeySetHealthCheck(IEnumerable<RegisteredScheme> schemes, IOptionsMonitor<CognitoM2MAuthenticationOptions> options) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!schemes.Any())
            return new HealthCheckResult(context.Registration.FailureStatus, "No scheme is registered: AddCognitoM2M was not called.");

        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        var (allHeld, anyProblem) = (true, false);
        foreach (var scheme in schemes)
        {
            var verifier = options.Get(scheme.Name).Verifier;
            // Without traffic nobody else would try again: this reads what is not held, and starts reading what is due.
            await verifier.LoadKeysAsync(cancellationToken).ConfigureAwait(false);
            allHeld &= verifier.HoldsKeys;

            foreach (var keys in verifier.KeySets.Where(keys => keys.UsableKeys > 0 || keys.Problem is not null))
            {
                anyProblem |= keys.UsableKeys > 0 && keys.Problem is not null;
                data[keys.Issuer] = keys.Problem is null ? $"{keys.UsableKeys} keys" : $"{keys.UsableKeys} keys; the last reading failed: {keys.Problem}";
            }
        }

        return !allHeld ? new HealthCheckResult(context.Registration.FailureStatus, "No keys are held for a user pool: its tokens cannot be verified.", data: data)
            : anyProblem ? HealthCheckResult.Degraded("Keys are held, but a key set could not be read again.", data: data)
            : HealthCheckResult.Healthy("Keys are held for every user pool.", data);
    }
}
