using CognitoM2M.Shared;
using CognitoM2M.Verification.Claims;
using CognitoM2M.Verification.Diagnostics;
using CognitoM2M.Verification.Issuers;
using CognitoM2M.Verification.Keys;
using CognitoM2M.Verification.Parsing;
using CognitoM2M.Verification.VerifiedTokens;
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
    private static readonly TimeSpan _connectionLifetime = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _stopping = new();
    private readonly HttpClient? _ownHttp;
    private readonly TimeProvider _timeProvider;
    private readonly TrustedIssuers _issuers;
    private readonly ClaimRules _rules;
    private readonly VerifiedTokenCache? _verified;
    private readonly int _maxTokenLength;

    /// <summary>Creates a verifier for the tokens of one user pool. No key is downloaded yet.</summary>
    /// <param name="userPoolId">The id of the user pool, such as <c>eu-west-1_AbCdEf123</c>.</param>
    /// <param name="clientIds">The ids of the app clients whose tokens are accepted; at least one.</param>
    /// <exception cref="OptionsValidationException">The arguments are wrong. The exception lists all mistakes.</exception>
    public CognitoAccessTokenVerifier(string userPoolId, IEnumerable<string> clientIds)
        : this(CreateOptions(userPoolId, clientIds))
    {
    }

    /// <summary>Creates a verifier. No key is downloaded yet.</summary>
    /// <param name="options">The settings. They are copied, so later changes of the object have no effect.</param>
    /// <param name="loggerFactory">Logs changes and outages of key sets; null for no log. Verdicts are not logged.</param>
    /// <param name="createHttpClient">
    /// Returns the HttpClient for each download of a key set, for a proxy or a test. It should follow no redirects. The verifier does not dispose
    /// it, so return a shared one, or one of IHttpClientFactory. If null, the verifier uses its own.
    /// </param>
    /// <param name="timeProvider">The clock; the system's clock if null.</param>
    /// <exception cref="OptionsValidationException">The options are wrong. The exception lists all mistakes.</exception>
    public CognitoAccessTokenVerifier(
        CognitoAccessTokenVerifierOptions options,
        ILoggerFactory? loggerFactory = null,
        Func<HttpClient>? createHttpClient = null,
        TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } errors)
            throw new OptionsValidationException(Options.DefaultName, typeof(CognitoAccessTokenVerifierOptions), errors);

        _timeProvider = timeProvider ?? TimeProvider.System;
        _rules = new ClaimRules(options);
        _verified = options.VerifiedTokenCacheSize == 0 ? null : new VerifiedTokenCache(options.VerifiedTokenCacheSize);
        _maxTokenLength = options.MaxTokenLength;

        var logger = QuietLogger.Create(loggerFactory, typeof(CognitoAccessTokenVerifier).FullName!);
        if (createHttpClient is null)
        {
            var http = _ownHttp = CreateHttpClient();
            createHttpClient = () => http;
        }

        _issuers = new TrustedIssuers(
            options.UserPools,
            (jwksUri, isUsual) => new RemoteKeySet(
                new KeySetDownload(jwksUri, createHttpClient, _timeProvider), isUsual, _timeProvider, logger, _stopping.Token));
        WarnOfPlainHttp(logger);
    }

    /// <summary>Status of the key set of each accepted issuer.</summary>
    public IReadOnlyList<CognitoKeySetStatus> KeySets => [.. _issuers.Pools.SelectMany(issuers => issuers).Select(Describe)];

    /// <summary>Whether keys are held for every user pool, under at least one of its issuers.</summary>
    public bool HoldsKeys => _issuers.Pools.All(issuers => issuers.Any(issuer => issuer.Keys.Current is not null));

    /// <summary>Verifies a token. If a key set has to be downloaded first, the verdict comes after the download.</summary>
    /// <param name="token">The token alone, without <c>Bearer</c>. Null and an empty text are rejected as <see cref="TokenRejectionReason.Missing"/>.</param>
    /// <param name="cancellationToken">Ends this caller's wait. The download goes on, because other callers may wait for it.</param>
    /// <returns>The verdict. The task is already complete if no download is needed.</returns>
    public ValueTask<VerificationResult> VerifyAsync(string? token, CancellationToken cancellationToken = default) =>
        Verify(token, out var awaiting) is { } result
            ? new ValueTask<VerificationResult>(result)
            : VerifyAfterDownloadAsync(token!, awaiting!, cancellationToken);

    /// <summary>Verifies a token with the keys that are held, without waiting.</summary>
    /// <param name="token">The token alone, without <c>Bearer</c>.</param>
    /// <returns>
    /// The verdict; read <see cref="VerificationResult.IsValid"/>. Null if a key set has to be downloaded first: then nothing is known about the
    /// token, the download has started, and <see cref="VerifyAsync"/> waits for it.
    /// </returns>
    public VerificationResult? VerifyWithHeldKeys(ReadOnlySpan<char> token) => Verify(token, out _);

    /// <summary>Downloads the key sets that are not held yet, so that the first token need not wait for them.</summary>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    /// <returns>Whether keys are now held for every user pool. If not, <see cref="KeySets"/> says why.</returns>
    public async ValueTask<bool> LoadKeysAsync(CancellationToken cancellationToken = default)
    {
        var loads = _issuers.Pools.Select(issuers => LoadAsync(issuers, cancellationToken)).ToList();
        return (await Task.WhenAll(loads).ConfigureAwait(false)).All(loaded => loaded);
    }

    /// <summary>Ends downloads in flight. Keys that are held stay usable.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _ownHttp?.Dispose();
    }

    private static CognitoAccessTokenVerifierOptions CreateOptions(string userPoolId, IEnumerable<string> clientIds)
    {
        ArgumentNullException.ThrowIfNull(userPoolId);
        ArgumentNullException.ThrowIfNull(clientIds);
        return new CognitoAccessTokenVerifierOptions { UserPools = [new TrustedUserPool { UserPoolId = userPoolId, ClientIds = [.. clientIds] }] };
    }

    private void WarnOfPlainHttp(ILogger logger)
    {
        var downloads = _issuers.Pools.SelectMany(issuers => issuers).Select(issuer => issuer.Keys.JwksUri).OfType<Uri>();
        foreach (var host in downloads.Where(jwksUri => !WebAddress.IsSecure(jwksUri)).Select(jwksUri => jwksUri.Authority).Distinct(StringComparer.OrdinalIgnoreCase))
            Log.PlainHttpKeys(logger, host);
    }

    private static HttpClient CreateHttpClient() =>
        new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = _connectionLifetime,
            Proxy = new EnvironmentProxy(),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };

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

    /// <summary>Returns the verdict; or null, and the token that waits for a download.</summary>
    private VerificationResult? Verify(ReadOnlySpan<char> token, out AwaitingKey? awaiting)
    {
        awaiting = null;
        // A token that is too long is rejected without hashing it.
        if (token.Length <= _maxTokenLength && _verified?.Find(token) is { HasCurrentKeys: true } verified)
            return ApplyRules(verified.Result);

        var rejection = TokenParser.Parse(token, _maxTokenLength, out var parsed);
        var name = "";
        rejection ??= ClaimReader.ReadIssuer(parsed!.Payload, out name);
        TrustedIssuer? issuer = null;
        rejection ??= _issuers.Find(name, out issuer);
        if (rejection is not null)
            return new VerificationResult(rejection);

        awaiting = new AwaitingKey(parsed!, issuer!);
        return issuer!.Keys.FindHeld(parsed!.KeyId) is { } lookup ? Verify(token, awaiting, lookup) : null;
    }

    private async ValueTask<VerificationResult> VerifyAfterDownloadAsync(string token, AwaitingKey awaiting, CancellationToken cancellationToken)
    {
        var lookup = await awaiting.Issuer.Keys.FindAsync(awaiting.Token.KeyId, cancellationToken).ConfigureAwait(false);
        return Verify(token, awaiting, lookup);
    }

    private VerificationResult Verify(ReadOnlySpan<char> token, AwaitingKey awaiting, KeyLookup lookup)
    {
        var rejection = CheckIssuer(awaiting.Issuer, lookup) ?? CheckSignature(awaiting.Token, lookup);
        CognitoAccessTokenClaims? claims = null;
        rejection ??= ClaimReader.Read(awaiting.Token.Payload, awaiting.Issuer, out claims);
        if (rejection is not null)
            return new VerificationResult(rejection);

        var result = new VerificationResult(claims!);
        var verdict = ApplyRules(result);
        if (verdict.IsValid)
            _verified?.Add(new VerifiedToken(token.ToString(), result, awaiting.Issuer, lookup.Keys!));
        return verdict;
    }

    /// <summary>Applies the rules that are checked at every use of a token. The signature and the claims of the token were verified before.</summary>
    private VerificationResult ApplyRules(VerificationResult verified) =>
        _rules.Check(verified.Claims!, _timeProvider.GetUtcNow()) is { } rejection ? new VerificationResult(rejection) : verified;

    private TokenRejection? CheckIssuer(TrustedIssuer issuer, KeyLookup lookup) =>
        lookup.Keys is null && _issuers.HasKeysUnderOtherForm(issuer)
            ? new TokenRejection(TokenRejectionReason.IssuerNotTrusted, "the form of issuer under which the user pool has keys", SafeText.Quote(issuer.Issuer))
            : null;

    private static TokenRejection? CheckSignature(UnverifiedToken token, KeyLookup lookup)
    {
        if (lookup is { Key: null, Problem: { } failure })
            return new TokenRejection(TokenRejectionReason.KeysNotAvailable, "the current key set of the issuer", $"none: {failure}");
        if (lookup.Key is not { } key)
            return new TokenRejection(TokenRejectionReason.KeyNotFound, "a kid of the key set of the issuer", SafeText.Quote(token.KeyId));
        if (key.Problem is { } problem)
            return new TokenRejection(TokenRejectionReason.KeyNotUsable, "a key for RS256 signatures", $"key {SafeText.Quote(token.KeyId)}: {problem}");
        return key.Verify(token.SignedBytes, token.Signature)
            ? null
            : new TokenRejection(TokenRejectionReason.SignatureNotValid, $"the signature of key {SafeText.Quote(token.KeyId)}", "a signature that does not match");
    }

    private sealed record AwaitingKey(UnverifiedToken Token, TrustedIssuer Issuer);
}
