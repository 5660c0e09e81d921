using System.Diagnostics.Metrics;
using CognitoM2M.Verification;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.AspNetCore.Configuration;

/// <summary>The verifier of one scheme. It follows the options of the scheme.</summary>
internal sealed class SchemeVerifier(ILoggerFactory loggerFactory, TimeProvider timeProvider, IMeterFactory? meterFactory) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<CognitoAccessTokenVerifier> _verifiers = [];
    private volatile CognitoM2MAuthenticationOptions? _options;
    private long _order;

    /// <summary>Returns the verifier, with these options or with newer ones.</summary>
    /// <param name="options">Options that are valid.</param>
    /// <param name="order">Grows with each creation of options. A request in flight may bring older options after newer ones.</param>
    public CognitoAccessTokenVerifier Get(CognitoM2MAuthenticationOptions options, long order)
    {
        lock (_gate)
        {
            if (order > _order)
            {
                Follow(options);
                _order = order;
            }

            return _verifiers[^1];
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var verifier in _verifiers)
                verifier.Dispose();
        }
    }

    private void Follow(CognitoM2MAuthenticationOptions options)
    {
        var hadOwnClient = _options is { CreateKeySetHttpClient: null };
        var hasOwnClient = options.CreateKeySetHttpClient is null;
        var isNew = _options is null || hadOwnClient != hasOwnClient;
        var settings = VerifierSettings.Create(options);
        if (!isNew)
            _verifiers[^1].ChangeOptions(settings);
        _options = options;
        // A former verifier may still serve requests, so it is disposed with the container.
        if (isNew)
        {
            _verifiers.Add(new CognitoAccessTokenVerifier(
                settings, loggerFactory, hasOwnClient ? null : CreateHttpClient, options.TimeProvider ?? timeProvider, meterFactory));
        }
    }

    private HttpClient CreateHttpClient() => _options!.CreateKeySetHttpClient!();
}
