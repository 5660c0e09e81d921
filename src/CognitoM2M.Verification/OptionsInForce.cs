using CognitoM2M.Verification.Issuers;
using CognitoM2M.Verification.Keys;
using CognitoM2M.Verification.Steps;
using CognitoM2M.Verification.Tenants;
using CognitoM2M.Verification.VerifiedTokens;

namespace CognitoM2M.Verification;

/// <summary>What a verifier creates from the options in force: the verification steps for the user pools of the options, and for tenants.</summary>
internal abstract class OptionsInForce
{
    private volatile bool _isReplaced;

    /// <summary>The issuers of each user pool of the options, the usual form first.</summary>
    public abstract IReadOnlyList<IReadOnlyList<TrustedIssuer>> Pools { get; }

    /// <summary>Whether other options are in force by now. Then these no longer decide which key sets are dropped.</summary>
    public bool IsReplaced => _isReplaced;

    /// <summary>Whether tenants are looked for.</summary>
    public abstract bool FindsTenants { get; }

    public IEnumerable<TrustedIssuer> Issuers => Pools.SelectMany(issuers => issuers);

    /// <summary>Finds an issuer of the options, or of a tenant that is held; null if it is not trusted.</summary>
    public TrustedIssuer? FindIssuer(string name) => Issuers.FirstOrDefault(known => known.Issuer == name) ?? FindTenantIssuer(name);

    /// <summary>Other options are in force.</summary>
    public void Replace() => _isReplaced = true;

    private protected abstract TrustedIssuer? FindTenantIssuer(string name);
}

/// <inheritdoc/>
internal sealed class OptionsInForce<TClaims> : OptionsInForce
    where TClaims : CognitoTokenClaims
{
    private const int TokensPerTenant = 10;

    private readonly VerificationSteps<TClaims> _steps;
    private readonly TenantDirectory<TClaims>? _directory;
    private readonly TenantVerification<TClaims>? _tenants;

    /// <param name="options">Options that are valid, and that nobody changes.</param>
    /// <param name="kind">The kind of token, with its rules.</param>
    /// <param name="keySets">The key sets.</param>
    /// <param name="user">Who uses the key sets: the verifier.</param>
    public OptionsInForce(CognitoTokenVerifierOptions options, TokenKind<TClaims> kind, SharedKeySets keySets, object user)
    {
        _steps = CreateSteps(new VerificationSettings
        {
            UserPools = options.UserPools,
            FindKeySet = (jwksUri, isUsual) => keySets.OfOptions.GetOrCreate(user, jwksUri, isUsual),
            CacheSize = options.VerifiedTokenCacheSize,
            MaxTokenLength = options.MaxTokenLength,
            LeavesToTenants = options.FindTenant is not null,
        });
        if (options.FindTenant is null)
            return;

        _directory = new TenantDirectory<TClaims>(
            options, new TenantResolver(options, keySets.TimeProvider, keySets.Logger, keySets.Stopping), CreateTenant, Keep, keySets.TimeProvider);
        _tenants = new TenantVerification<TClaims>(
            _directory, new TokenCache<TenantKey>(options.MaxTenants * TokensPerTenant), options.MaxTokenLength, kind.ClientClaim, keySets.Instruments);

        VerificationSteps<TClaims> CreateSteps(VerificationSettings settings) => new(settings, kind, keySets.TimeProvider, keySets.Instruments);

        VerificationSteps<TClaims> CreateTenant(TrustedUserPool pool) => CreateSteps(new VerificationSettings
        {
            UserPools = [pool],
            FindKeySet = (jwksUri, isUsual) => keySets.OfOptions.Find(jwksUri) ?? keySets.OfTenants.GetOrCreate(user, jwksUri, isUsual),
            CacheSize = Math.Min(options.VerifiedTokenCacheSize, TokensPerTenant),
            MaxTokenLength = options.MaxTokenLength,
            IsOfTenant = true,
        });

        void Keep(IEnumerable<VerificationSteps<TClaims>> left)
        {
            if (!IsReplaced)
                keySets.OfTenants.Keep(user, left.SelectMany(one => one.Pools).SelectMany(issuers => issuers).Select(issuer => issuer.Keys));
        }
    }

    public override IReadOnlyList<IReadOnlyList<TrustedIssuer>> Pools => _steps.Pools;

    public override bool FindsTenants => _tenants is not null;

    /// <summary>Verifies a token. The task is already complete if nobody has to be waited for.</summary>
    public ValueTask<VerificationResult<TClaims>> VerifyAsync(string? token, IdTokenBinding? binding, CancellationToken cancellationToken)
    {
        if (Verify(token, binding, out var awaiting, out var forTenants) is { } result)
            return new ValueTask<VerificationResult<TClaims>>(result);
        return _tenants is null ? awaiting!.VerifyAsync(token!, cancellationToken) : VerifyWithTenantsAsync(token!, binding, awaiting, forTenants, cancellationToken);
    }

    /// <summary>Verifies a token without waiting. Null if the resolver has to be asked, or a key set has to be downloaded.</summary>
    public VerificationResult<TClaims>? Verify(ReadOnlySpan<char> token, IdTokenBinding? binding) => Verify(token, binding, out _, out _);

    private protected override TrustedIssuer? FindTenantIssuer(string name) => _directory?.FindIssuer(name);

    /// <summary>Verifies a token without waiting.</summary>
    /// <param name="token">The token.</param>
    /// <param name="binding">What an ID token has to belong to; null for nothing.</param>
    /// <param name="awaiting">The token that waits for a download.</param>
    /// <param name="forTenants">The rejection that a tenant may lift, if the resolver has to be asked.</param>
    private VerificationResult<TClaims>? Verify(
        ReadOnlySpan<char> token, IdTokenBinding? binding, out VerificationSteps<TClaims>.AwaitingKey? awaiting, out VerificationResult<TClaims>? forTenants)
    {
        (awaiting, forTenants) = (null, null);
        if (_tenants?.VerifyAgain(token, binding) is { } again)
            return again;

        var result = _steps.Verify(token, binding, out awaiting);
        if (_tenants is null || result is null || !VerificationSteps<TClaims>.IsForTenants(result))
            return result;

        forTenants = result;
        return _tenants.Verify(token, binding, result);
    }

    private async ValueTask<VerificationResult<TClaims>> VerifyWithTenantsAsync(
        string token,
        IdTokenBinding? binding,
        VerificationSteps<TClaims>.AwaitingKey? awaiting,
        VerificationResult<TClaims>? forTenants,
        CancellationToken cancellationToken)
    {
        var result = forTenants ?? await awaiting!.VerifyAsync(token, cancellationToken).ConfigureAwait(false);
        return VerificationSteps<TClaims>.IsForTenants(result)
            ? await _tenants!.VerifyAsync(token, binding, result, cancellationToken).ConfigureAwait(false)
            : result;
    }
}
