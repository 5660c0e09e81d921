using CognitoM2M.AspNetCore.Configuration;
using CognitoM2M.Verification;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Health;

/// <summary>Checks whether tokens can be verified: keys are held for each user pool, and the last download of each key set succeeded.</summary>
internal sealed class KeySetHealthCheck(IEnumerable<RegisteredScheme> schemes, IOptionsMonitor<CognitoM2MAuthenticationOptions> options) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!schemes.Any())
            return new HealthCheckResult(context.Registration.FailureStatus, "No authentication scheme is registered. Call AddAuthentication().AddCognitoM2M().");

        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        var missing = new List<string>();
        var (allHeld, anyProblem) = (true, false);
        foreach (var scheme in schemes)
        {
            var settings = options.Get(scheme.Name);
            var verifier = settings.Verifier;
            // Without traffic nothing else would download keys. This call downloads missing keys, and starts a download that is due.
            await verifier.LoadKeysAsync(cancellationToken).ConfigureAwait(false);
            allHeld &= verifier.HoldsKeys;

            var keySets = verifier.KeySets;
            foreach (var keys in keySets.Where(keys => keys.UsableKeys > 0 || keys.Problem is not null))
            {
                anyProblem |= keys.UsableKeys > 0 && keys.Problem is not null;
                data[keys.Issuer] = keys.Problem is null ? $"{keys.UsableKeys} keys" : $"{keys.UsableKeys} keys; the last download failed: {keys.Problem}";
            }

            missing.AddRange(ListUserPoolsWithoutKeys(settings.TrustedPools, keySets));
        }

        return !allHeld ? new HealthCheckResult(context.Registration.FailureStatus, $"Tokens cannot be verified, because no keys are held for: {string.Join("; ", missing.Distinct(StringComparer.Ordinal))}.", data: data)
            : anyProblem ? HealthCheckResult.Degraded("Keys are held for every user pool, but a key set could not be downloaded again.", data: data)
            : HealthCheckResult.Healthy("Keys are held for every user pool.", data);
    }

    private static IEnumerable<string> ListUserPoolsWithoutKeys(IEnumerable<TrustedUserPool> userPools, IReadOnlyList<CognitoKeySetStatus> keySets)
    {
        foreach (var userPool in userPools)
        {
            // A user pool has a key set for each form of issuer, and needs one of them. Both forms end with the id of the user pool.
            var own = keySets.Where(keys => userPool.Issuer is { } issuer ? keys.Issuer == issuer : keys.Issuer.EndsWith($"/{userPool.UserPoolId}", StringComparison.Ordinal)).ToList();
            if (own.TrueForAll(keys => keys.UsableKeys == 0))
                yield return $"{userPool.Issuer ?? userPool.UserPoolId} ({own.Find(keys => keys.Problem is not null)?.Problem ?? "not downloaded yet"})";
        }
    }
}
