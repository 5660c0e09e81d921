using System.Diagnostics.Metrics;
using CognitoM2M.Verification;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.AspNetCore.Configuration;

/// <summary>Makes the verifiers of one scheme follow its options.</summary>
internal sealed class FollowedOptions(ILoggerFactory loggerFactory, TimeProvider timeProvider, IMeterFactory? meterFactory) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<SchemeVerifiers> _verifiers = [];
    private volatile CognitoM2MAuthenticationOptions? _options;
    private long _order;

    /// <summary>Returns the verifiers, with these options or with newer ones.</summary>
    /// <param name="options">Options that are valid.</param>
    /// <param name="order">Grows with each creation of options. A request in flight may bring older options after newer ones.</param>
    public SchemeVerifiers Get(CognitoM2MAuthenticationOptions options, long order)
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
            foreach (var (accessTokens, idTokens) in _verifiers)
            {
                idTokens?.Dispose();
                accessTokens.Dispose();
            }
        }
    }

    private void Follow(CognitoM2MAuthenticationOptions options)
    {
        var hadOwnClient = _options is { CreateKeySetHttpClient: null };
        var hasOwnClient = options.CreateKeySetHttpClient is null;
        var isNew = _options is null || hadOwnClient != hasOwnClient;
        var settings = VerifierSettings.Create(options);
        if (!isNew)
        {
            var (accessTokens, idTokens) = _verifiers[^1];
            accessTokens.ChangeOptions(settings);
            _verifiers[^1] = new SchemeVerifiers(accessTokens, FollowIdTokens(accessTokens, idTokens, options));
        }

        _options = options;
        // Former verifiers may still serve requests, so they are disposed with the container.
        if (isNew)
        {
            var accessTokens = new CognitoAccessTokenVerifier(
                settings, loggerFactory, hasOwnClient ? null : CreateHttpClient, options.TimeProvider ?? timeProvider, meterFactory);
            _verifiers.Add(new SchemeVerifiers(accessTokens, FollowIdTokens(accessTokens, present: null, options)));
        }
    }

    private static CognitoIdTokenVerifier? FollowIdTokens(
        CognitoAccessTokenVerifier accessTokens, CognitoIdTokenVerifier? present, CognitoM2MAuthenticationOptions options)
    {
        if (options.AcceptedTokens is AcceptedTokens.Access)
        {
            // Requests in flight go on with the disposed verifier: disposing a verifier that shares key sets only gives up the key sets.
            present?.Dispose();
            return null;
        }

        var settings = VerifierSettings.CreateForIdTokens(options);
        if (present is null)
            return accessTokens.CreateIdTokenVerifier(settings);
        present.ChangeOptions(settings);
        return present;
    }

    private HttpClient CreateHttpClient() => _options!.CreateKeySetHttpClient!();
}
