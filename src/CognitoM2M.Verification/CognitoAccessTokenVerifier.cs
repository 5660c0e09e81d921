using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using CognitoM2M.Shared;
using CognitoM2M.Verification.Diagnostics;
using CognitoM2M.Verification.Issuers;
using CognitoM2M.Verification.Keys;
using CognitoM2M.Verification.Steps;
using CognitoM2M.Verification.Tenants;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Verification;

/// <summary>
/// Verifies access tokens of Amazon Cognito user pools. Create one verifier and keep it as long as the program runs, because it holds the
/// keys and the verified tokens. Safe for use by many threads.
/// </summary>
/// <remarks>The rules follow AWS ("Verifying JSON web tokens") and RFC 8725.</remarks>
public sealed class CognitoAccessTokenVerifier : IDisposable
{
    private const int MaxUnverifiedLength = 16_384;

    private readonly CancellationTokenSource _stopping = new();
    private readonly HttpClient? _ownHttp;
    private readonly TimeProvider _timeProvider;
    private readonly QuietLogger _logger;
    private readonly VerificationInstruments _instruments;
    private readonly KeySetStore _keySets;
    private readonly Lock _changing = new();
    private readonly HashSet<string> _plainHttpHosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly KeySetStore _tenantKeySets;
    private volatile Current _current;

    /// <summary>Creates a verifier for the tokens of one user pool. No key is downloaded yet.</summary>
    /// <param name="userPoolId">The id of the user pool, such as <c>eu-west-1_AbCdEf123</c>.</param>
    /// <param name="clientIds">The ids of the app clients whose tokens are accepted; at least one.</param>
    /// <exception cref="OptionsValidationException">The arguments are wrong. The exception lists all mistakes.</exception>
    public CognitoAccessTokenVerifier(string userPoolId, IEnumerable<string> clientIds)
        : this(CreateOptions(userPoolId, clientIds))
    {
    }

    /// <summary>Creates a verifier. No key is downloaded yet.</summary>
    /// <param name="options">The settings. They are copied, so later changes of the object have no effect: see <see cref="ChangeOptions"/>.</param>
    /// <param name="loggerFactory">Logs changes and outages of key sets; null for no log. Verdicts are not logged.</param>
    /// <param name="createHttpClient">
    /// Returns the HttpClient for each download of a key set, for a proxy or a test. It should follow no redirects. The verifier does not dispose
    /// it, so return a shared one, or one of IHttpClientFactory. If null, the verifier uses its own.
    /// </param>
    /// <param name="timeProvider">The clock; the system's clock if null.</param>
    /// <param name="meterFactory">
    /// Creates the meter <see cref="CognitoVerificationDiagnostics.MeterName"/>; if null, all verifiers of the process that have no factory share one meter.
    /// </param>
    /// <exception cref="OptionsValidationException">The options are wrong. The exception lists all mistakes.</exception>
    public CognitoAccessTokenVerifier(
        CognitoAccessTokenVerifierOptions options,
        ILoggerFactory? loggerFactory = null,
        Func<HttpClient>? createHttpClient = null,
        TimeProvider? timeProvider = null,
        IMeterFactory? meterFactory = null)
    {
        ThrowIfNotValid(options);
        _timeProvider = timeProvider ?? TimeProvider.System;
        _logger = QuietLogger.Create(loggerFactory, CognitoVerificationDiagnostics.LogCategoryName);
        _instruments = VerificationInstruments.Get(meterFactory);
        if (createHttpClient is null)
        {
            var http = _ownHttp = KeySetHttpClient.Create();
            createHttpClient = () => http;
        }

        _keySets = new KeySetStore((jwksUri, isUsual) => CreateKeySet(jwksUri, isUsual, isOfTenant: false));
        _tenantKeySets = new KeySetStore((jwksUri, isUsual) => CreateKeySet(jwksUri, isUsual, isOfTenant: true));
        _current = CreateCurrent(options);
        WarnOfPlainHttp();
        _instruments.Watch(this);

        RemoteKeySet CreateKeySet(Uri jwksUri, bool isUsual, bool isOfTenant) => new(
            new KeySetDownload(jwksUri, createHttpClient, _timeProvider, _instruments, isOfTenant), isUsual, _timeProvider, _logger, _stopping.Token);
    }

    /// <summary>Status of the key set of each accepted issuer.</summary>
    public IReadOnlyList<CognitoKeySetStatus> KeySets => [.. Issuers.Select(Describe)];

    /// <summary>Whether keys are held for every user pool, under at least one of its issuers.</summary>
    public bool HoldsKeys => _current.Steps.Pools.All(issuers => issuers.Any(issuer => issuer.Keys.Current is not null));

    private IEnumerable<TrustedIssuer> Issuers => _current.Steps.Pools.SelectMany(issuers => issuers);

    /// <summary>
    /// Replaces the settings. Tokens that arrive later are judged by the new settings. The keys of user pools that stay are kept, so nobody
    /// waits for a download; the cache of verified tokens begins empty.
    /// </summary>
    /// <param name="options">The settings. They are copied.</param>
    /// <exception cref="OptionsValidationException">The options are wrong, and the former settings stay in use. The exception lists all mistakes.</exception>
    public void ChangeOptions(CognitoAccessTokenVerifierOptions options)
    {
        ThrowIfNotValid(options);
        lock (_changing)
        {
            _current = CreateCurrent(options);
            _keySets.Keep(Issuers.Select(issuer => issuer.Keys));
            WarnOfPlainHttp();
        }
    }

    /// <summary>Verifies a token. If a key set has to be downloaded first, the verdict comes after the download.</summary>
    /// <param name="token">The token alone, without <c>Bearer</c>. Null and an empty text are rejected as <see cref="TokenRejectionReason.Missing"/>.</param>
    /// <param name="cancellationToken">Ends this caller's wait. The download goes on, because other callers may wait for it.</param>
    /// <returns>The verdict. The task is already complete if no download is needed.</returns>
    public ValueTask<VerificationResult> VerifyAsync(string? token, CancellationToken cancellationToken = default)
    {
        var current = _current;
        return current.Steps.Verify(token, out var awaiting) is { } result && !(current.Tenants is not null && VerificationSteps.IsForTenants(result))
            ? new ValueTask<VerificationResult>(result)
            : current.Tenants is null ? awaiting!.VerifyAsync(token!, cancellationToken)
            : current.VerifyWithTenantsAsync(token!, awaiting, cancellationToken);
    }

    /// <summary>Verifies a token with the keys that are held, without waiting.</summary>
    /// <param name="token">The token alone, without <c>Bearer</c>.</param>
    /// <returns>
    /// The verdict; read <see cref="VerificationResult.IsValid"/>. Null if a key set has to be downloaded first: then nothing is known about the
    /// token, the download has started, and <see cref="VerifyAsync"/> waits for it.
    /// </returns>
    public VerificationResult? VerifyWithHeldKeys(ReadOnlySpan<char> token)
    {
        var current = _current;
        var result = current.Steps.Verify(token, out _);
        return result is not null && current.Tenants is not null && VerificationSteps.IsForTenants(result) ? current.VerifyWithHeldTenant(token, result) : result;
    }

    /// <summary>
    /// Reads the issuer that a token names, without verifying anything: anybody can write such a token. Use it to choose a verifier or a scheme, and
    /// let that one verify the token.
    /// </summary>
    /// <param name="token">The token alone, without <c>Bearer</c>. At most 16,384 characters.</param>
    /// <returns>The issuer: an http or https address of at most 256 printable ASCII characters. Null for every other text; never throws.</returns>
    public static string? ReadUnverifiedIssuer(ReadOnlySpan<char> token) => TenantKey.ReadIssuer(token, MaxUnverifiedLength);

    /// <summary>
    /// Finds a public key that tokens are verified with, for a second verification by another library. Nothing is downloaded for it.
    /// </summary>
    /// <param name="issuer">The issuer of the token (claim <c>iss</c>).</param>
    /// <param name="keyId">The key that the header of the token names (<c>kid</c>).</param>
    /// <returns>Modulus and exponent. Null if the issuer is not trusted, or no usable key of this id is held.</returns>
    public RSAParameters? FindHeldKey(string issuer, string keyId)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        ArgumentNullException.ThrowIfNull(keyId);
        var trusted = Issuers.FirstOrDefault(known => known.Issuer == issuer) ?? _current.Tenants?.FindIssuer(issuer);
        return trusted?.Keys.Current?.Find(keyId) is { Problem: null } key ? key.ExportParameters() : null;
    }

    /// <summary>Downloads the key sets that are not held yet, so that the first token need not wait for them.</summary>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    /// <returns>Whether keys are now held for every user pool. If not, <see cref="KeySets"/> says why.</returns>
    public async ValueTask<bool> LoadKeysAsync(CancellationToken cancellationToken = default)
    {
        var loads = _current.Steps.Pools.Select(issuers => LoadAsync(issuers, cancellationToken)).ToList();
        return (await Task.WhenAll(loads).ConfigureAwait(false)).All(loaded => loaded);
    }

    /// <summary>Ends downloads in flight. Keys that are held stay usable.</summary>
    public void Dispose()
    {
        _instruments.Forget(this);
        _stopping.Cancel();
        _ownHttp?.Dispose();
    }

    private Current CreateCurrent(CognitoAccessTokenVerifierOptions options)
    {
        var copy = options.Copy();
        var steps = new VerificationSteps(copy, _keySets, _timeProvider, _instruments);
        var tenants = copy.FindTenant is null ? null : new TenantDirectory(
            copy,
            settings => new VerificationSteps(settings, _tenantKeySets, _timeProvider, _instruments, (jwksUri, isUsual) => _keySets.Find(jwksUri) ?? _tenantKeySets.GetOrCreate(jwksUri, isUsual)),
            left => _tenantKeySets.Keep(left.SelectMany(one => one.Pools).SelectMany(issuers => issuers).Select(issuer => issuer.Keys)),
            _timeProvider,
            _logger,
            _stopping.Token);
        return new Current(steps, tenants, copy.MaxTokenLength, _instruments);
    }

    /// <summary>How long ago the keys of each issuer were downloaded. Issuers without downloaded keys are left out.</summary>
    internal IEnumerable<(string Issuer, TimeSpan Age)> GetKeyAges()
    {
        var now = _timeProvider.GetUtcNow();
        foreach (var issuer in Issuers)
        {
            // The wall clock may have been set back since then.
            if (issuer.Keys.Status.FetchedAt is { } fetchedAt)
                yield return (issuer.Issuer, now > fetchedAt ? now - fetchedAt : TimeSpan.Zero);
        }
    }

    private static CognitoAccessTokenVerifierOptions CreateOptions(string userPoolId, IEnumerable<string> clientIds)
    {
        ArgumentNullException.ThrowIfNull(userPoolId);
        ArgumentNullException.ThrowIfNull(clientIds);
        return new CognitoAccessTokenVerifierOptions { UserPools = [new TrustedUserPool { UserPoolId = userPoolId, ClientIds = [.. clientIds] }] };
    }

    private static void ThrowIfNotValid(CognitoAccessTokenVerifierOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } errors)
            throw new OptionsValidationException(Options.DefaultName, typeof(CognitoAccessTokenVerifierOptions), errors);
    }

    /// <summary>Warns once of each host that keys are downloaded from over plain http.</summary>
    private void WarnOfPlainHttp()
    {
        var downloads = Issuers.Select(issuer => issuer.Keys.JwksUri).OfType<Uri>();
        foreach (var host in downloads.Where(jwksUri => !WebAddress.IsSecure(jwksUri)).Select(jwksUri => jwksUri.Authority).Where(_plainHttpHosts.Add))
            Log.PlainHttpKeys(_logger, host);
    }

    // The usual form of issuer comes first. A user pool that uses the other form may publish no keys under the usual one.
    private static async Task<bool> LoadAsync(IReadOnlyList<TrustedIssuer> issuers, CancellationToken cancellationToken)
    {
        foreach (var issuer in issuers)
        {
            if (await issuer.Keys.LoadAsync(cancellationToken).ConfigureAwait(false))
                return true;
        }

        return false;
    }

    private static CognitoKeySetStatus Describe(TrustedIssuer issuer)
    {
        var status = issuer.Keys.Status;
        return new CognitoKeySetStatus
        {
            Issuer = issuer.Issuer,
            JwksUri = issuer.Keys.JwksUri,
            UsableKeys = status.UsableKeys,
            FetchedAt = status.FetchedAt,
            Problem = status.Problem,
        };
    }
}
