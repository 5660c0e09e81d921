using CognitoM2M.AspNetCore.JwtBearer.Diagnostics;
using CognitoM2M.AspNetCore.JwtBearer.Tokens;
using CognitoM2M.Shared;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.JwtBearer.Configuration;

/// <summary>
/// Warns, when the host starts and when JwtBearer's options change, of settings that have no effect, and of schemes that do not leave the decision to our
/// token handler.
/// </summary>
internal sealed class BearerWarnings(
    IEnumerable<BridgedScheme> schemes,
    IOptionsMonitor<JwtBearerOptions> bearers,
    IOptionsMonitor<CognitoM2MAuthenticationOptions> verifiers,
    BearerSetup setup,
    ILoggerFactory loggerFactory) : IHostedService, IDisposable
{
    private readonly QuietLogger _logger = BearerLogger.Create(loggerFactory);
    private IDisposable? _changes;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var scheme in schemes)
            Warn(scheme.Name, bearers.Get(scheme.Name));
        _changes = bearers.OnChange(WarnOfChange);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _changes?.Dispose();

    private static IEnumerable<string> FindBypasses(JwtBearerOptions bearer)
    {
        if (bearer.UseSecurityTokenValidators)
            yield return "UseSecurityTokenValidators is true";
        string[] others = [.. bearer.TokenHandlers.Where(handler => handler is not VerifierTokenHandler).Select(handler => handler.GetType().FullName!)];
        if (others.Length > 0)
            yield return $"TokenHandlers contains {string.Join(", ", others)}";
        else if (bearer.TokenHandlers.Count == 0)
            yield return "TokenHandlers is empty";
    }

    private void WarnOfChange(JwtBearerOptions bearer, string? name)
    {
        if (schemes.FirstOrDefault(scheme => scheme.Name == name) is not { Name: var scheme })
            return;

        if (setup.FindErrors(scheme) is { Count: > 0 } errors)
            Log.ChangeIgnored(_logger, scheme, string.Join(" ", errors));
        Warn(scheme, bearer);
    }

    private void Warn(string scheme, JwtBearerOptions bearer)
    {
        string[] bypasses = [.. FindBypasses(bearer)];
        if (bypasses.Length > 0)
            Log.VerifierBypassed(_logger, scheme, string.Join("; ", bypasses));
        else
            WarnOfIgnoredSettings(scheme, bearer);
    }

    private void WarnOfIgnoredSettings(string scheme, JwtBearerOptions bearer)
    {
        string[] issuers = [.. verifiers.Get(scheme).Verifier.KeySets.Select(keys => keys.Issuer)];
        string[] ignored = [.. IgnoredSettings.Find(bearer, issuers)];
        if (ignored.Length > 0)
            Log.SettingsWithoutEffect(_logger, scheme, string.Join(", ", ignored));
    }
}
