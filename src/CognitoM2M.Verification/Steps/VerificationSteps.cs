using CognitoM2M.Verification.Claims;
using CognitoM2M.Verification.Diagnostics;
using CognitoM2M.Verification.Issuers;
using CognitoM2M.Verification.Keys;
using CognitoM2M.Verification.Parsing;
using CognitoM2M.Verification.VerifiedTokens;

namespace CognitoM2M.Verification.Steps;

/// <summary>The steps of a verification with one set of options. Changed options make a new object.</summary>
internal sealed class VerificationSteps
{
    private readonly TimeProvider _timeProvider;
    private readonly VerificationInstruments _instruments;
    private readonly TrustedIssuers _issuers;
    private readonly ClaimRules _rules;
    private readonly PlainVerification _plain;
    private readonly VerifiedTokenCache? _verified;
    private readonly int _maxTokenLength;
    private readonly bool _isOfTenant;
    private readonly bool _leavesToTenants;

    /// <param name="options">Options that are valid.</param>
    /// <param name="keySets">The key sets that are downloaded. They outlive a change of the options.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="instruments">Counts verdicts.</param>
    /// <param name="findKeySet">Finds a key set; by default, in <paramref name="keySets"/>.</param>
    public VerificationSteps(
        CognitoAccessTokenVerifierOptions options,
        KeySetStore keySets,
        TimeProvider timeProvider,
        VerificationInstruments instruments,
        Func<Uri, bool, IKeySet>? findKeySet = null)
    {
        _isOfTenant = findKeySet is not null;
        _leavesToTenants = options.FindTenant is not null;
        _timeProvider = timeProvider;
        _instruments = instruments;
        _issuers = new TrustedIssuers(options.UserPools, findKeySet ?? keySets.GetOrCreate);
        _rules = new ClaimRules(options);
        _plain = new PlainVerification(_issuers);
        _verified = options.VerifiedTokenCacheSize == 0 ? null : new VerifiedTokenCache(options.VerifiedTokenCacheSize);
        _maxTokenLength = options.MaxTokenLength;
    }

    /// <summary>The issuers of each user pool, the usual form first.</summary>
    public IReadOnlyList<IReadOnlyList<TrustedIssuer>> Pools => _issuers.Pools;

    /// <summary>Whether a tenant may accept the token although the options do not.</summary>
    public static bool IsForTenants(VerificationResult result) =>
        result.Rejection is { Reason: TokenRejectionReason.IssuerNotTrusted or TokenRejectionReason.ClientNotAllowed };

    /// <summary>Returns the verdict; or null, and the token that waits for a download.</summary>
    public VerificationResult? Verify(ReadOnlySpan<char> token, out AwaitingKey? awaiting)
    {
        awaiting = null;
        // A token that is too long is rejected without hashing it.
        if (token.Length <= _maxTokenLength)
        {
            if (_verified?.Find(token) is { HasCurrentKeys: true } verified)
            {
                _instruments.CountCacheHit(_isOfTenant ? VerificationInstruments.Tenant : verified.Result.Claims!.Issuer);
                return Count(ApplyRules(verified.Result), verified.Result.Claims!.Issuer);
            }

            if (_plain.Verify(token) is { } outcome)
            {
                var result = outcome.Rejection is { } invalid ? new VerificationResult(invalid) : Accept(token, outcome.Claims!, outcome.Issuer, outcome.Keys);
                return Count(result, outcome.Issuer.Issuer);
            }
        }

        var rejection = TokenParser.Parse(token, _maxTokenLength, out var parsed);
        var name = "";
        rejection ??= ClaimReader.ReadIssuer(parsed!.Payload, out name);
        TrustedIssuer? issuer = null;
        rejection ??= _issuers.Find(name, out issuer);
        if (rejection is not null)
            return Count(new VerificationResult(rejection), issuer: null);

        awaiting = new AwaitingKey(this, parsed!, issuer!);
        return issuer!.Keys.FindHeld(parsed!.KeyId) is { } lookup ? Judge(token, awaiting, lookup) : null;
    }

    private VerificationResult Count(VerificationResult result, string? issuer)
    {
        if (!_leavesToTenants || !IsForTenants(result))
            _instruments.CountVerdict(result, _isOfTenant && issuer is not null ? VerificationInstruments.Tenant : issuer);
        return result;
    }

    private VerificationResult Judge(ReadOnlySpan<char> token, AwaitingKey awaiting, KeyLookup lookup) =>
        Count(Verify(token, awaiting, lookup), awaiting.Issuer.Issuer);

    private VerificationResult Verify(ReadOnlySpan<char> token, AwaitingKey awaiting, KeyLookup lookup)
    {
        var rejection = CheckIssuer(awaiting.Issuer, lookup) ?? SignatureCheck.Check(awaiting.Token, lookup);
        CognitoAccessTokenClaims? claims = null;
        rejection ??= ClaimReader.Read(awaiting.Token.Payload, awaiting.Issuer, out claims);
        if (rejection is not null)
            return new VerificationResult(rejection);

        _plain.KeepHeader(token, awaiting.Token.KeyId);
        return Accept(token, claims!, awaiting.Issuer, lookup.Keys!);
    }

    /// <summary>Applies the rules to a token whose signature and claims were verified, and keeps the token if it passes.</summary>
    private VerificationResult Accept(ReadOnlySpan<char> token, CognitoAccessTokenClaims claims, TrustedIssuer issuer, KeySetSnapshot keys)
    {
        var result = new VerificationResult(claims);
        var verdict = ApplyRules(result);
        if (verdict.IsValid)
            _verified?.Add(new VerifiedToken(token.ToString(), result, issuer, keys));
        return verdict;
    }

    /// <summary>Applies the rules that are checked at every use of a token. The signature and the claims of the token were verified before.</summary>
    private VerificationResult ApplyRules(VerificationResult verified) =>
        _rules.Check(verified.Claims!, _timeProvider.GetUtcNow()) is { } rejection ? new VerificationResult(rejection) : verified;

    private TokenRejection? CheckIssuer(TrustedIssuer issuer, KeyLookup lookup) =>
        lookup.Keys is null && _issuers.HasKeysUnderOtherForm(issuer)
            ? new TokenRejection(TokenRejectionReason.IssuerNotTrusted, "the form of issuer under which the user pool has keys", SafeText.Quote(issuer.Issuer))
            : null;

    /// <summary>A token that was parsed, and whose key may have to be downloaded.</summary>
    internal sealed class AwaitingKey(VerificationSteps steps, UnverifiedToken token, TrustedIssuer issuer)
    {
        public UnverifiedToken Token { get; } = token;

        public TrustedIssuer Issuer { get; } = issuer;

        /// <summary>Waits for the key, and then goes on with the same options.</summary>
        /// <param name="token">The text of the token.</param>
        /// <param name="cancellationToken">Ends this caller's wait.</param>
        public async ValueTask<VerificationResult> VerifyAsync(string token, CancellationToken cancellationToken)
        {
            var lookup = await Issuer.Keys.FindAsync(Token.KeyId, cancellationToken).ConfigureAwait(false);
            return steps.Judge(token, this, lookup);
        }
    }
}
