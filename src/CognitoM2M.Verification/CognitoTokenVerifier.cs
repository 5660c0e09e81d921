using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using CognitoM2M.Shared;
using CognitoM2M.Verification.Diagnostics;
using CognitoM2M.Verification.Issuers;
using CognitoM2M.Verification.Keys;
using CognitoM2M.Verification.Parsing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Verification;

/// <summary>What the verifiers of access tokens and of ID tokens have in common: the keys of the trusted user pools.</summary>
public abstract class CognitoTokenVerifier : IDisposable
{
    private readonly bool _ownsKeySets;
    private readonly Lock _changing = new();

    private protected CognitoTokenVerifier(ILoggerFactory? loggerFactory, Func<HttpClient>? createHttpClient, TimeProvider? timeProvider, IMeterFactory? meterFactory)
    {
        SharedKeySets = new SharedKeySets(
            createHttpClient,
            timeProvider ?? TimeProvider.System,
            QuietLogger.Create(loggerFactory, CognitoVerificationDiagnostics.LogCategoryName),
            VerificationInstruments.Get(meterFactory));
        _ownsKeySets = true;
    }

    /// <summary>Creates a verifier that uses the key sets of another one.</summary>
    private protected CognitoTokenVerifier(CognitoTokenVerifier owner) => SharedKeySets = owner.SharedKeySets;

    /// <summary>Status of the key set of each accepted issuer.</summary>
    public IReadOnlyList<CognitoKeySetStatus> KeySets => [.. InForce.Issuers.Select(Describe)];

    /// <summary>Whether keys are held for every user pool, under at least one of its issuers.</summary>
    public bool HoldsKeys => InForce.Pools.All(issuers => issuers.Any(issuer => issuer.Keys.Current is not null));

    /// <summary>Whether user pools and app clients can appear while the program runs (<see cref="CognitoTokenVerifierOptions.FindTenant"/>).</summary>
    /// <value>If true, a token of an unknown issuer or app client may be accepted later, so do not keep its rejection.</value>
    public bool FindsTenants => InForce.FindsTenants;

    private protected SharedKeySets SharedKeySets { get; }

    private protected abstract OptionsInForce InForce { get; }

    /// <summary>
    /// Reads the issuer that a token names, without verifying anything: anybody can write such a token. Use it to choose a verifier or a scheme, and
    /// let that one verify the token. Tokens of every issuer can be read, however they are signed.
    /// </summary>
    /// <param name="token">The token alone, without <c>Bearer</c>. At most 1,048,576 characters.</param>
    /// <returns>The issuer: an http or https address of at most 256 printable ASCII characters. Null for every other text; never throws.</returns>
    public static string? ReadUnverifiedIssuer(ReadOnlySpan<char> token) => UnverifiedClaims.ReadIssuer(token);

    /// <summary>
    /// Reads the token use that a token names, without verifying anything: anybody can write such a token. Use it to choose between a verifier of access
    /// tokens and a verifier of ID tokens, and let that one verify the token. Nothing is allocated.
    /// </summary>
    /// <param name="token">The token alone, without <c>Bearer</c>. At most 1,048,576 characters.</param>
    /// <returns><c>access</c> or <c>id</c>. Null for every other text; never throws.</returns>
    public static string? ReadUnverifiedTokenUse(ReadOnlySpan<char> token) => UnverifiedClaims.ReadTokenUse(token);

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
        return InForce.FindIssuer(issuer)?.Keys.Current?.Find(keyId) is { Problem: null } key ? key.ExportParameters() : null;
    }

    /// <summary>Downloads the key sets that are not held yet, so that the first token need not wait for them.</summary>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    /// <returns>Whether keys are now held for every user pool. If not, <see cref="KeySets"/> says why.</returns>
    public async ValueTask<bool> LoadKeysAsync(CancellationToken cancellationToken = default)
    {
        var loads = InForce.Pools.Select(issuers => LoadAsync(issuers, cancellationToken)).ToList();
        return (await Task.WhenAll(loads).ConfigureAwait(false)).All(loaded => loaded);
    }

    /// <summary>Ends downloads in flight. Keys that are held stay usable. Key sets of another verifier stay as they are.</summary>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        SharedKeySets.Instruments.Forget(this);
        if (_ownsKeySets)
        {
            SharedKeySets.Dispose();
            return;
        }

        SharedKeySets.OfOptions.Keep(this, []);
        SharedKeySets.OfTenants.Keep(this, []);
    }

    /// <summary>How long ago the keys of each issuer were downloaded. Issuers without downloaded keys are left out.</summary>
    internal IEnumerable<(string Issuer, TimeSpan Age)> GetKeyAges()
    {
        var now = SharedKeySets.TimeProvider.GetUtcNow();
        foreach (var issuer in InForce.Issuers)
        {
            // The wall clock may have been set back since the keys were downloaded.
            if (issuer.Keys.Status.FetchedAt is { } fetchedAt)
                yield return (issuer.Issuer, now > fetchedAt ? now - fetchedAt : TimeSpan.Zero);
        }
    }

    private protected static void ThrowIfNotValid(CognitoTokenVerifierOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } errors)
            throw new OptionsValidationException(Options.DefaultName, options.GetType(), errors);
    }

    /// <summary>Ends the construction: options are in force.</summary>
    private protected void Start() => SharedKeySets.Instruments.Watch(this);

    /// <summary>Puts other options into force. Key sets that they use stay, the others are dropped.</summary>
    private protected void Change(Action putIntoForce)
    {
        lock (_changing)
        {
            var former = InForce;
            putIntoForce();
            former.Replace();
            SharedKeySets.OfOptions.Keep(this, InForce.Issuers.Select(issuer => issuer.Keys));
        }
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
