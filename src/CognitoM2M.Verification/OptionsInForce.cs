using System.Diagnostics.CodeAnalysis;
using CognitoM2M.Verification.Issuers;
using CognitoM2M.Verification.Keys;
using CognitoM2M.Verification.Steps;
using CognitoM2M.Verification.Tenants;

namespace CognitoM2M.Verification;

/// <summary>What a verifier does with the options that are in force: the steps for the user pools of the options, and the tenants beside them.</summary>
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
    private readonly TenantDirectory<TClaims>? _tenants;
    private readonly SharedKeySets _keySets;
    private readonly int _maxTokenLength;
    private readonly string _clientClaim;

    /// <param name="options">Options that are valid, and that nobody changes.</param>
    /// <param name="kind">The kind of token, with its rules.</param>
    /// <param name="keySets">The key sets.</param>
    /// <param name="user">Who uses the key sets: the verifier.</param>
    public OptionsInForce(CognitoTokenVerifierOptions options, TokenKind<TClaims> kind, SharedKeySets keySets, object user)
    {
        _keySets = keySets;
        _maxTokenLength = options.MaxTokenLength;
        _clientClaim = kind.ClientClaim;
        _steps = CreateSteps(new VerificationScope
        {
            UserPools = options.UserPools,
            FindKeySet = (jwksUri, isUsual) => keySets.OfOptions.GetOrCreate(user, jwksUri, isUsual),
            CacheSize = options.VerifiedTokenCacheSize,
            MaxTokenLength = options.MaxTokenLength,
            LeavesToTenants = options.FindTenant is not null,
        });
        _tenants = options.FindTenant is null ? null : new TenantDirectory<TClaims>(
            options, new TenantResolver(options, keySets.TimeProvider, keySets.Logger, keySets.Stopping), CreateTenant, Keep, keySets.TimeProvider);

        VerificationSteps<TClaims> CreateSteps(VerificationScope scope) => new(scope, kind, keySets.TimeProvider, keySets.Instruments);

        VerificationSteps<TClaims> CreateTenant(TrustedUserPool pool) => CreateSteps(new VerificationScope
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
    public ValueTask<VerificationResult<TClaims>> VerifyAsync(string? token, IdTokenBinding? binding, CancellationToken cancellationToken) =>
        _steps.Verify(token, binding, out var awaiting) is { } result && !IsForTenants(result) ? new ValueTask<VerificationResult<TClaims>>(result)
        : _tenants is null ? awaiting!.VerifyAsync(token!, cancellationToken)
        : VerifyWithTenantsAsync(token!, binding, awaiting, cancellationToken);

    /// <summary>Verifies a token without waiting. Null if the resolver has to be asked, or a key set has to be downloaded.</summary>
    public VerificationResult<TClaims>? Verify(ReadOnlySpan<char> token, IdTokenBinding? binding)
    {
        var result = _steps.Verify(token, binding, out _);
        return result is not null && IsForTenants(result) ? VerifyWithHeldTenant(token, binding, result) : result;
    }

    private protected override TrustedIssuer? FindTenantIssuer(string name) => _tenants?.FindIssuer(name);

    private bool IsForTenants(VerificationResult<TClaims> result) => _tenants is not null && VerificationSteps<TClaims>.IsForTenants(result);

    private VerificationResult<TClaims>? VerifyWithHeldTenant(ReadOnlySpan<char> token, IdTokenBinding? binding, VerificationResult<TClaims> rejection)
    {
        if (TenantKey.Read(token, _maxTokenLength, _clientClaim) is not { } key)
            return Count(rejection);
        if (_tenants!.FindHeld(key) is not { } tenant)
            return null;
        return tenant.Steps is { } steps ? Admit(tenant, steps.Verify(token, binding, out _)) : Reject(tenant, rejection);
    }

    /// <summary>Verifies a token that the options do not accept, or whose key is not held.</summary>
    private async ValueTask<VerificationResult<TClaims>> VerifyWithTenantsAsync(
        string token, IdTokenBinding? binding, VerificationSteps<TClaims>.AwaitingKey? awaiting, CancellationToken cancellationToken)
    {
        var rejection = awaiting is null ? _steps.Verify(token, binding, out awaiting) : null;
        rejection ??= await awaiting!.VerifyAsync(token, cancellationToken).ConfigureAwait(false);
        if (!IsForTenants(rejection))
            return rejection;
        if (TenantKey.Read(token, _maxTokenLength, _clientClaim) is not { } key)
            return Count(rejection);

        var tenant = await _tenants!.FindAsync(key, cancellationToken).ConfigureAwait(false);
        if (tenant.Steps is not { } steps)
            return Reject(tenant, rejection);
        return Admit(tenant, steps.Verify(token, binding, out var awaitingTenant) ?? await awaitingTenant!.VerifyAsync(token, cancellationToken).ConfigureAwait(false));
    }

    [return: NotNullIfNotNull(nameof(result))]
    private VerificationResult<TClaims>? Admit(Tenant<TClaims> tenant, VerificationResult<TClaims>? result)
    {
        if (result is { IsValid: true })
            _tenants!.Admit(tenant);
        return result;
    }

    private VerificationResult<TClaims> Reject(Tenant<TClaims> tenant, VerificationResult<TClaims> rejection) => Count(tenant.Problem is { } problem
        ? new VerificationResult<TClaims>(new TokenRejection(TokenRejectionReason.KeysNotAvailable, "the answer of FindTenant", $"none: {problem}"))
        : rejection);

    private VerificationResult<TClaims> Count(VerificationResult<TClaims> result)
    {
        _keySets.Instruments.CountVerdict(result.Rejection?.Reason, issuer: null);
        return result;
    }
}
