using System.Collections.Concurrent;
using CognitoM2M.Verification;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Configuration;

/// <summary>Makes the verifier of a scheme, and disposes of it with the container.</summary>
internal sealed class VerifierFactory(ILoggerFactory loggerFactory, TimeProvider timeProvider)
    : IPostConfigureOptions<CognitoM2MAuthenticationOptions>, IDisposable
{
    // One for each scheme. If options are reloaded, the former one is left to those who still use it.
    private readonly ConcurrentDictionary<string, CognitoAccessTokenVerifier> _verifiers = new(StringComparer.Ordinal);

    public void PostConfigure(string? name, CognitoM2MAuthenticationOptions options)
    {
        // Not at once: the application may post-configure after this, and the validator has not looked yet.
        options.LazyVerifier = new Lazy<CognitoAccessTokenVerifier>(() => Make(name ?? "", options));
    }

    public void Dispose()
    {
        foreach (var verifier in _verifiers.Values)
            verifier.Dispose();
    }

    private CognitoAccessTokenVerifier Make(string name, CognitoM2MAuthenticationOptions options) =>
        _verifiers[name] = new CognitoAccessTokenVerifier(
            options.Verification, loggerFactory, options.CreateKeySetHttpClient, options.TimeProvider ?? timeProvider);
}
