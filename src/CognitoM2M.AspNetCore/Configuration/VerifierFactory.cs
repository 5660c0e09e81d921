using System.Collections.Concurrent;
using CognitoM2M.Verification;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Configuration;

/// <summary>Creates the verifier of each scheme, and disposes the verifiers together with the container.</summary>
internal sealed class VerifierFactory(ILoggerFactory loggerFactory, TimeProvider timeProvider)
    : IPostConfigureOptions<CognitoM2MAuthenticationOptions>, IDisposable
{
    // One per scheme. If the options are created again, requests in flight may still use the former verifier, so it is not disposed.
    private readonly ConcurrentDictionary<string, CognitoAccessTokenVerifier> _verifiers = new(StringComparer.Ordinal);

    public void PostConfigure(string? name, CognitoM2MAuthenticationOptions options)
    {
        // Lazy, because the application may change the options in a later PostConfigure, and because they are not validated yet.
        options.LazyVerifier = new Lazy<CognitoAccessTokenVerifier>(() => Create(name ?? "", options));
    }

    public void Dispose()
    {
        foreach (var verifier in _verifiers.Values)
            verifier.Dispose();
    }

    private CognitoAccessTokenVerifier Create(string name, CognitoM2MAuthenticationOptions options) =>
        _verifiers[name] = new CognitoAccessTokenVerifier(
            VerifierSettings.Create(options), loggerFactory, options.CreateKeySetHttpClient, options.TimeProvider ?? timeProvider);
}
