using CognitoM2M.Verification.Claims;
using CognitoM2M.Verification.Diagnostics;
using CognitoM2M.Verification.Issuers;
using CognitoM2M.Verification.Keys;
using CognitoM2M.Verification.Parsing;
using CognitoM2M.Verification.VerifiedTokens;

namespace CognitoM2M.Verification.Steps;

/// <summary>The steps of a verification with one set of options. Changed options make a new object.</summary>
internal sealed class VerificationSteps<TClaims>
    where TClaims : CognitoTokenClaims
{
    private readonly TimeProvider _timeProvider;
    private readonly VerificationInstruments _instruments;
    private readonly TrustedIssuers _issuers;
    private readonly TokenKind<TClaims> _kind;
    private readonly IPlainVerification<TClaims>? _plain;
    private readonly TokenCache<VerifiedToken<TClaims>>? _verified;
    private readonly int _maxTokenLength;
    private readonly bool _isOfTenant;
    private readonly bool _leavesToTenants;

    /// <param name="settings">Which tokens are accepted, and how many verified tokens are kept.</param>
    /// <param name="kind">The kind of token.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="instruments">Counts verdicts.</param>
    public VerificationSteps(VerificationSettings settings, TokenKind<TClaims> kind, TimeProvider timeProvider, VerificationInstruments instruments)
    {
        _isOfTenant = settings.IsOfTenant;
        _leavesToTenants = settings.LeavesToTenants;
        _timeProvider = timeProvider;
        _instruments = instruments;
        _issuers = new TrustedIssuers(settings.UserPools, settings.FindKeySet);
        _kind = kind;
        _plain = kind.CreatePlainVerification(_issuers);
        _verified = settings.CacheSize == 0 ? null : new TokenCache<VerifiedToken<TClaims>>(settings.CacheSize);
        _maxTokenLength = settings.MaxTokenLength;
    }

    /// <summary>The issuers of each user pool, the usual form first.</summary>
    public IReadOnlyList<IReadOnlyList<TrustedIssuer>> Pools => _issuers.Pools;

    /// <summary>
    /// Whether a tenant may accept the token although the options do not. For an issuer of the options, only after the signature was verified: a token that
    /// names a form of issuer under which the user pool has no keys can be written by anybody.
    /// </summary>
    public static bool IsForTenants(VerificationResult<TClaims> result) =>
        result.Rejection is { Reason: TokenRejectionReason.IssuerNotTrusted, NamesTrustedIssuer: false } or { Reason: TokenRejectionReason.ClientNotAllowed };

    /// <summary>Returns the verdict; or null, and the token that waits for a download.</summary>
    /// <param name="token">The token.</param>
    /// <param name="binding">What an ID token has to belong to; null for nothing.</param>
    /// <param name="awaiting">The token that waits for a download; null if there is a verdict.</param>
    public VerificationResult<TClaims>? Verify(ReadOnlySpan<char> token, IdTokenBinding? binding, out AwaitingKey? awaiting)
    {
        awaiting = null;
        // A token that is too long is rejected without hashing it.
        if (token.Length <= _maxTokenLength)
        {
            if (VerifyAgain(token, binding) is { } again)
                return again;

            if (_plain?.Verify(token) is { } outcome)
            {
                var result = outcome.Rejection is { } invalid ? new VerificationResult<TClaims>(invalid) : Accept(token, binding, outcome.Claims!, outcome.Issuer, outcome.Keys);
                return Count(result, outcome.Issuer.Issuer);
            }
        }

        var rejection = TokenParser.Parse(token, _maxTokenLength, out var parsed);
        var name = "";
        rejection ??= ClaimReader.ReadIssuer(parsed!.Payload, out name);
        TrustedIssuer? issuer = null;
        rejection ??= _issuers.Find(name, out issuer);
        if (rejection is not null)
            return Count(new VerificationResult<TClaims>(rejection), issuer: null);

        awaiting = new AwaitingKey(this, parsed!, issuer!, binding);
        return issuer!.Keys.FindHeld(parsed!.KeyId) is { } lookup ? Judge(token, awaiting, lookup) : null;
    }

    /// <summary>Returns the verdict on a token that was verified before; null if the token is not held, or if the keys of its issuer have changed.</summary>
    public VerificationResult<TClaims>? VerifyAgain(ReadOnlySpan<char> token, IdTokenBinding? binding)
    {
        if (_verified?.Find(token) is not { HasCurrentKeys: true, Result: var verified })
            return null;

        var issuer = verified.Claims!.Issuer;
        _instruments.CountCacheHit(_isOfTenant ? VerificationInstruments.Tenant : issuer);
        return Count(ApplyRules(verified, binding), issuer);
    }

    private VerificationResult<TClaims> Count(VerificationResult<TClaims> result, string? issuer)
    {
        if (!_leavesToTenants || !IsForTenants(result))
            _instruments.CountVerdict(result.Rejection?.Reason, _isOfTenant && issuer is not null ? VerificationInstruments.Tenant : issuer);
        return result;
    }

    private VerificationResult<TClaims> Judge(ReadOnlySpan<char> token, AwaitingKey awaiting, KeyLookup lookup) =>
        Count(Verify(token, awaiting, lookup), awaiting.Issuer.Issuer);

    private VerificationResult<TClaims> Verify(ReadOnlySpan<char> token, AwaitingKey awaiting, KeyLookup lookup)
    {
        var rejection = CheckIssuer(awaiting.Issuer, lookup) ?? SignatureCheck.Check(awaiting.Token, lookup);
        TClaims? claims = null;
        rejection ??= _kind.ReadClaims(awaiting.Token.Payload, awaiting.Issuer, out claims);
        if (rejection is not null)
            return new VerificationResult<TClaims>(rejection);

        _plain?.KeepHeader(token, awaiting.Token.KeyId);
        return Accept(token, awaiting.Binding, claims!, awaiting.Issuer, lookup.Keys!);
    }

    /// <summary>Applies the rules to a token whose signature and claims were verified, and keeps the token if it passes.</summary>
    private VerificationResult<TClaims> Accept(ReadOnlySpan<char> token, IdTokenBinding? binding, TClaims claims, TrustedIssuer issuer, KeySetSnapshot keys)
    {
        var result = new VerificationResult<TClaims>(claims);
        var verdict = ApplyRules(result, binding);
        if (verdict.IsValid)
            _verified?.Add(token.ToString(), new VerifiedToken<TClaims>(result, issuer, keys));
        return verdict;
    }

    /// <summary>Applies the rules that are checked at every use of a token. The signature and the claims of the token were verified before.</summary>
    private VerificationResult<TClaims> ApplyRules(VerificationResult<TClaims> verified, IdTokenBinding? binding) =>
        _kind.ApplyRules(verified.Claims!, binding, _timeProvider.GetUtcNow()) is { } rejection ? new VerificationResult<TClaims>(rejection) : verified;

    private TokenRejection? CheckIssuer(TrustedIssuer issuer, KeyLookup lookup) =>
        lookup.Keys is null && _issuers.HasKeysUnderOtherForm(issuer)
            ? new TokenRejection(TokenRejectionReason.IssuerNotTrusted, "the form of issuer under which the user pool has keys", SafeText.Quote(issuer.Issuer)) { NamesTrustedIssuer = true }
            : null;

    /// <summary>A token that was parsed, and whose key may have to be downloaded.</summary>
    internal sealed class AwaitingKey(VerificationSteps<TClaims> steps, UnverifiedToken token, TrustedIssuer issuer, IdTokenBinding? binding)
    {
        public UnverifiedToken Token { get; } = token;

        public TrustedIssuer Issuer { get; } = issuer;

        public IdTokenBinding? Binding { get; } = binding;

        /// <summary>Waits for the key, and then goes on with the same options.</summary>
        /// <param name="token">The text of the token.</param>
        /// <param name="cancellationToken">Ends this caller's wait.</param>
        public async ValueTask<VerificationResult<TClaims>> VerifyAsync(string token, CancellationToken cancellationToken)
        {
            var lookup = await Issuer.Keys.FindAsync(Token.KeyId, cancellationToken).ConfigureAwait(false);
            return steps.Judge(token, this, lookup);
        }
    }
}
