using System.Collections.Concurrent;
using CognitoM2M.Verification;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Configuration;

/// <summary>Makes the verifier of a scheme, and disposes of it with the container.</summary>
internal sealed class VerifierFactory(ILoggerFactory loggerFactory, TimeProvider timeProvider)
    : IPostConfigureOptions<CognitoM2MAuthenticationOptions>, IDisposable
{
    private readonly ConcurrentBag<CognitoAccessTokenVerifier> _made = [];

    public void PostConfigure(string? name, CognitoM2MAuthenticationOptions options)
    {
        // Not at once: the application may post-configure after this, and the validator has not looked yet.
        options.LazyVerifier = new Lazy<CognitoAccessTokenVerifier>(() => Make(options));
    }

    public void Dispose()
    {
        foreach (var verifier in _made)
            verifier.Dispose();
    }

    private CognitoAccessTokenVerifier Make(CognitoM2MAuthenticationOptions options)
    {
        var verifier = new CognitoAccessTokenVerifier(
            options.Verification, loggerFactory, options.CreateKeySetHttpClient, options.TimeProvider ?? timeProvider);
        _made.Add(verifier);
        return verifier;
    }
}
