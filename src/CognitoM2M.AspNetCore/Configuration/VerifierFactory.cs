using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Configuration;

/// <summary>
/// Gives the options of each scheme their verifier, and disposes the verifiers together with the container. Changed options of a scheme get
/// the verifier of the former options, so that the keys stay.
/// </summary>
internal sealed class VerifierFactory(ILoggerFactory loggerFactory, TimeProvider timeProvider, IMeterFactory? meterFactory = null)
    : IPostConfigureOptions<CognitoM2MAuthenticationOptions>, IDisposable
{
    private readonly ConcurrentDictionary<string, FollowedOptions> _schemes = new(StringComparer.Ordinal);
    private long _created;

    public void PostConfigure(string? name, CognitoM2MAuthenticationOptions options)
    {
        var order = Interlocked.Increment(ref _created);
        var scheme = _schemes.GetOrAdd(name ?? "", _ => new FollowedOptions(loggerFactory, timeProvider, meterFactory));
        // Lazy, because the application may change the options in a later PostConfigure, and because they are not validated yet.
        options.LazyVerifiers = new Lazy<SchemeVerifiers>(() => scheme.Get(options, order));
    }

    public void Dispose()
    {
        foreach (var scheme in _schemes.Values)
            scheme.Dispose();
    }
}
