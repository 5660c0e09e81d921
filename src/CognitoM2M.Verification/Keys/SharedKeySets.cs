using CognitoM2M.Shared;
using CognitoM2M.Verification.Diagnostics;

namespace CognitoM2M.Verification.Keys;

/// <summary>The key sets of a verifier, and of other verifiers that use the same ones, with everything that their download needs.</summary>
internal sealed class SharedKeySets : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly HttpClient? _ownHttp;
    private readonly HashSet<string> _plainHttpHosts = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="createHttpClient">Returns the HttpClient for each download; null for one of our own.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">Where changes and outages are logged.</param>
    /// <param name="instruments">Measures downloads.</param>
    public SharedKeySets(Func<HttpClient>? createHttpClient, TimeProvider timeProvider, QuietLogger logger, VerificationInstruments instruments)
    {
        (TimeProvider, Logger, Instruments, Stopping) = (timeProvider, logger, instruments, _stopping.Token);
        if (createHttpClient is null)
        {
            var http = _ownHttp = KeySetHttpClient.Create();
            createHttpClient = () => http;
        }

        OfOptions = new KeySetStore((jwksUri, isUsual) => Create(jwksUri, isUsual, isOfTenant: false));
        OfTenants = new KeySetStore((jwksUri, isUsual) => Create(jwksUri, isUsual, isOfTenant: true));

        RemoteKeySet Create(Uri jwksUri, bool isUsual, bool isOfTenant)
        {
            WarnOfPlainHttp(jwksUri);
            return new(new KeySetDownload(jwksUri, createHttpClient, timeProvider, instruments, isOfTenant), isUsual, timeProvider, logger, Stopping);
        }
    }

    public TimeProvider TimeProvider { get; }

    public QuietLogger Logger { get; }

    public VerificationInstruments Instruments { get; }

    /// <summary>Cancelled when the key sets are disposed.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>The key sets of the user pools that options name.</summary>
    public KeySetStore OfOptions { get; }

    /// <summary>The key sets of tenants that the application names at run time.</summary>
    public KeySetStore OfTenants { get; }

    /// <summary>Ends downloads in flight. Keys that are held stay usable.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _ownHttp?.Dispose();
    }

    /// <summary>Warns once of each host that keys are downloaded from over plain http.</summary>
    private void WarnOfPlainHttp(Uri jwksUri)
    {
        if (WebAddress.IsSecure(jwksUri))
            return;
        lock (_plainHttpHosts)
        {
            if (_plainHttpHosts.Add(jwksUri.Authority))
                Log.PlainHttpKeys(Logger, jwksUri.Authority);
        }
    }
}
