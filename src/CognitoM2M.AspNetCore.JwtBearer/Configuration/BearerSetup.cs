using System.Collections.Concurrent;
using CognitoM2M.AspNetCore.JwtBearer.Diagnostics;
using CognitoM2M.AspNetCore.JwtBearer.Tokens;
using CognitoM2M.Shared;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CognitoM2M.AspNetCore.JwtBearer.Configuration;

/// <summary>
/// Puts our token handler into the options of a scheme, instead of JwtBearer's own. Runs after all configuration of the application,
/// except a <c>PostConfigure</c> that the application registers later. A test may use such a <c>PostConfigure</c> to put another token handler there.
/// </summary>
internal sealed class BearerSetup(IEnumerable<BridgedScheme> schemes, IServiceProvider services, ILoggerFactory loggerFactory, TimeProvider timeProvider)
    : IPostConfigureOptions<JwtBearerOptions>
{
    private readonly QuietLogger _logger = BearerLogger.Create(loggerFactory);
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _errors = new(StringComparer.Ordinal);

    public void PostConfigure(string? name, JwtBearerOptions options)
    {
        if (name is null || schemes.All(scheme => scheme.Name != name))
            return;

        _errors[name] = [.. FindErrors(options)];
        // Errors keep the host from starting. If options with errors come later, our verifier still decides.
        options.UseSecurityTokenValidators = false;
        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(new VerifierTokenHandler(new SchemeVerifier(name, services, timeProvider), _logger));
        // With an authority, JwtBearer has created a manager that downloads metadata. Our verifier downloads the keys.
        options.ConfigurationManager = null;
    }

    /// <summary>Finds what in the latest options of a scheme contradicts <c>UseCognitoM2M</c>.</summary>
    public IReadOnlyList<string> FindErrors(string scheme) => _errors.GetValueOrDefault(scheme, []);

    private static IEnumerable<string> FindErrors(JwtBearerOptions options)
    {
        if (options.UseSecurityTokenValidators)
            yield return "JwtBearerOptions.UseSecurityTokenValidators is true, so JwtBearer would not use the token handler of UseCognitoM2M. Remove this setting.";
        foreach (var handler in options.TokenHandlers.Where(handler => !IsUsual(handler)))
            yield return $"JwtBearerOptions.TokenHandlers contains {handler.GetType().FullName}, but UseCognitoM2M replaces all token handlers. Remove it, use it in a scheme of its own, or add it in a PostConfigure after UseCognitoM2M.";
    }

    // JwtBearer itself adds a handler of this type. What it does depends on TokenValidationParameters, and these count for the second verification.
    private static bool IsUsual(TokenHandler handler) => handler.GetType() == typeof(JsonWebTokenHandler);
}
