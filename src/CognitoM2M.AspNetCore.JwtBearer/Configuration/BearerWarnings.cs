using CognitoM2M.AspNetCore.JwtBearer.Diagnostics;
using CognitoM2M.AspNetCore.JwtBearer.Tokens;
using CognitoM2M.Shared;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.JwtBearer.Configuration;

/// <summary>Warns, when the host starts, of settings that have no effect, and of schemes that use another token handler than ours.</summary>
internal sealed class BearerWarnings(
    IEnumerable<BridgedScheme> schemes,
    IOptionsMonitor<JwtBearerOptions> bearers,
    IOptionsMonitor<CognitoM2MAuthenticationOptions> verifiers,
    ILoggerFactory loggerFactory) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var logger = BearerLogger.Create(loggerFactory);
        foreach (var scheme in schemes)
        {
            var bearer = bearers.Get(scheme.Name);
            if (bearer.UseSecurityTokenValidators || !bearer.TokenHandlers.Any(handler => handler is VerifierTokenHandler))
                Log.HandlerReplaced(logger, scheme.Name);
            else
                WarnOfIgnoredSettings(scheme.Name, bearer, logger);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void WarnOfIgnoredSettings(string scheme, JwtBearerOptions bearer, QuietLogger logger)
    {
        string[] issuers = [.. verifiers.Get(scheme).Verifier.KeySets.Select(keys => keys.Issuer)];
        string[] ignored = [.. IgnoredSettings.Find(bearer, issuers)];
        if (ignored.Length > 0)
            Log.SettingsWithoutEffect(logger, scheme, string.Join(", ", ignored));
    }
}
