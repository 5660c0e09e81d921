using System.Diagnostics.CodeAnalysis;
using CognitoM2M.Verification.Claims;
using CognitoM2M.Verification.Diagnostics;
using CognitoM2M.Verification.Issuers;
using CognitoM2M.Verification.Keys;
using CognitoM2M.Verification.Parsing;
using CognitoM2M.Verification.VerifiedTokens;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CognitoM2M.Verification;

/// <summary>
/// Verifies access tokens of Amazon Cognito user pools. Make one and keep it as long as the program runs: keys and verified tokens are
/// kept in it. Safe for use by many threads.
/// </summary>
/// <remarks>The rules are those of AWS (verifying JSON web tokens) and of RFC 8725.</remarks>
public sealed class CognitoAccessTokenVerifier : IDisposable
{
    private static readonly TimeSpan _connectionLifetime = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _stopping = new();
    private readonly HttpClient? _ownHttp;
    private readonly TimeProvider _timeProvider;
    private readonly TrustedIssuers _issuers;
    private readonly ClaimRules _rules;
    private readonly VerifiedTokenCache? _remembered;
    private readonly int _maxTokenLength;

    /// <summary>Checks the options and makes the verifier. Nothing is fetched yet.</summary>
    /// <param name="options">Copied; later changes of the object have no effect.</param>
    /// <param name="loggerFactory">Where to log how the key sets fare; nowhere by default. Verdicts are not logged.</param>
    /// <param name="createHttpClient">Gives the HttpClient for each reading of a key set, for a proxy or a test; it should follow no redirects. Not disposed: give a shared one, or IHttpClientFactory's. By default one of the verifier's own.</param>
    /// <param name="timeProvider">The clock; the system's by default.</param>
    /// <exception cref="ArgumentException">The options are wrong; all mistakes are listed.</exception>
    public CognitoAccessTokenVerifier(
        CognitoAccessTokenVerifierOptions options,
        ILoggerFactory? loggerFactory = null,
        Func<HttpClient>? createHttpClient = null,
        TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } errors)
            throw new ArgumentException(string.Join(' ', errors), nameof(options));

        _timeProvider = timeProvider ?? TimeProvider.System;
        _rules = new ClaimRules(options);
        _remembered = options.RememberedTokens == 0 ? null : new VerifiedTokenCache(options.RememberedTokens);
        _maxTokenLength = options.MaxTokenLength;

        var logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<CognitoAccessTokenVerifier>();
        if (createHttpClient is null)
        {
            var http = _ownHttp = CreateHttpClient();
            createHttpClient = () => http;
        }

        _issuers = new TrustedIssuers(
            options,
            (address, isUsual) => new RemoteKeySet(
                new KeySetDownload(address, createHttpClient, _timeProvider), isUsual, _timeProvider, logger, _stopping.Token));
    }

    /// <summary>How the key sets of all accepted issuers fare.</summary>
    public IReadOnlyList<CognitoKeySetStatus> KeySets =>
        [.. _issuers.Pools.SelectMany(pool => pool).Select(issuer => new CognitoKeySetStatus(issuer.Issuer, issuer.Keys.Address, issuer.Keys.Status))];

    /// <summary>Whether keys are held for every user pool, under one of its issuers at least.</summary>
    public bool HoldsKeys => _issuers.Pools.All(issuers => issuers.Any(issuer => issuer.Keys.Current is not null));

    /// <summary>Verifies a token, after reading the issuer's key set if that is necessary.</summary>
    /// <param name="token">The token alone, without <c>Bearer</c>; null and empty are rejected as others are.</param>
    /// <param name="cancellationToken">Ends this caller's wait for a key set; the reading, shared with others, goes on.</param>
    /// <returns>The verdict. Completed at once whenever the key is at hand.</returns>
    public ValueTask<VerificationResult> VerifyAsync(string? token, CancellationToken cancellationToken = default) =>
        Verify(token, out var awaiting) is { } result
            ? new ValueTask<VerificationResult>(result)
            : VerifyWithFetchedKeysAsync(token!, awaiting!, cancellationToken);

    /// <summary>Verifies a token without waiting.</summary>
    /// <param name="token">The token alone, without <c>Bearer</c>.</param>
    /// <param name="result">The verdict; null if there is none yet.</param>
    /// <returns>False if the issuer's key set has to be read first. That is under way then: <see cref="VerifyAsync"/> waits for it.</returns>
    public bool TryVerify(ReadOnlySpan<char> token, [NotNullWhen(true)] out VerificationResult? result)
    {
        result = Verify(token, out _);
        return result is not null;
    }

    /// <summary>Reads the key sets that are not held yet, so that the first token need not wait for them.</summary>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    /// <returns>Whether keys are now held for every user pool; <see cref="KeySets"/> says more.</returns>
    public async ValueTask<bool> LoadKeysAsync(CancellationToken cancellationToken = default)
    {
        var loads = _issuers.Pools.Select(issuers => LoadAsync(issuers, cancellationToken)).ToList();
        return (await Task.WhenAll(loads).ConfigureAwait(false)).All(loaded => loaded);
    }

    /// <summary>Ends readings under way.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _ownHttp?.Dispose();
    }

    // The usual issuer of a pool comes first; a pool that has changed to the other form may not answer there.
    private static async Task<bool> LoadAsync(IReadOnlyList<TrustedIssuer> issuers, CancellationToken cancellationToken)
    {
        foreach (var issuer in issuers)
        {
            if (await issuer.Keys.LoadAsync(cancellationToken).ConfigureAwait(false))
                return true;
        }

        return false;
    }

    private static HttpClient CreateHttpClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = _connectionLifetime })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };

    /// <summary>The verdict, or what it needs a key for.</summary>
    private VerificationResult? Verify(ReadOnlySpan<char> token, out AwaitingKey? awaiting)
    {
        awaiting = null;
        // Too long a token is not even looked up.
        if (token.Length <= _maxTokenLength && _remembered?.Find(token) is { IsStillVerified: true } remembered)
            return Judge(remembered.Result);

        var rejection = TokenParser.TryParse(token, _maxTokenLength, out var parsed);
        var name = "";
        rejection ??= ClaimRules.ReadIssuer(parsed!.Payload, out name);
        TrustedIssuer? issuer = null;
        rejection ??= _issuers.TryFind(name, out issuer);
        if (rejection is not null)
            return new VerificationResult(rejection);

        awaiting = new AwaitingKey(parsed!, issuer!);
        return issuer!.Keys.TryFind(parsed!.KeyId, out var lookup) ? Verify(token, awaiting, lookup) : null;
    }

    private async ValueTask<VerificationResult> VerifyWithFetchedKeysAsync(string token, AwaitingKey awaiting, CancellationToken cancellationToken)
    {
        var lookup = await awaiting.Issuer.Keys.FindAsync(awaiting.Token.KeyId, cancellationToken).ConfigureAwait(false);
        return Verify(token, awaiting, lookup);
    }

    private VerificationResult Verify(ReadOnlySpan<char> token, AwaitingKey awaiting, KeyLookup lookup)
    {
        var rejection = CheckIssuer(awaiting.Issuer, lookup) ?? CheckSignature(awaiting.Token, lookup);
        CognitoAccessTokenClaims? claims = null;
        rejection ??= ClaimRules.TryRead(awaiting.Token.Payload, awaiting.Issuer, out claims);
        if (rejection is not null)
            return new VerificationResult(rejection);

        var result = new VerificationResult(claims!);
        var verdict = Judge(result);
        if (verdict.IsValid)
            _remembered?.Add(new VerifiedToken(token.ToString(), result, awaiting.Issuer, lookup.Keys!));
        return verdict;
    }

    /// <summary>What is checked at every use of a token whose signature and claims are good.</summary>
    private VerificationResult Judge(VerificationResult verified) =>
        _rules.Check(verified.Claims!, _timeProvider.GetUtcNow()) is { } rejection ? new VerificationResult(rejection) : verified;

    private TokenRejection? CheckIssuer(TrustedIssuer issuer, KeyLookup lookup) =>
        lookup.Keys is null && _issuers.IsUnusedForm(issuer)
            ? new TokenRejection(TokenRejectionReason.IssuerNotTrusted, "the issuer under which the user pool has keys", Quote.Of(issuer.Issuer))
            : null;

    private static TokenRejection? CheckSignature(UnverifiedToken token, KeyLookup lookup)
    {
        if (lookup is { Key: null, Problem: { } failure })
            return new TokenRejection(TokenRejectionReason.KeysNotAvailable, "the present key set of the issuer", $"none: {failure}");
        if (lookup.Key is not { } key)
            return new TokenRejection(TokenRejectionReason.KeyNotFound, "a kid of the key set of the issuer", Quote.Of(token.KeyId));
        if (key.Problem is { } problem)
            return new TokenRejection(TokenRejectionReason.KeyNotUsable, "a key for RS256 signatures", $"key {Quote.Of(token.KeyId)}: {problem}");
        return key.Verifies(token.SignedBytes, token.Signature)
            ? null
            : new TokenRejection(TokenRejectionReason.SignatureNotValid, $"the signature of key {Quote.Of(token.KeyId)}", "another");
    }

    private sealed record AwaitingKey(UnverifiedToken Token, TrustedIssuer Issuer);
}
