using System.Diagnostics.CodeAnalysis;
using CognitoM2M.Verification.Diagnostics;
using CognitoM2M.Verification.Steps;
using CognitoM2M.Verification.VerifiedTokens;

namespace CognitoM2M.Verification.Tenants;

/// <summary>Verifies the tokens of tenants: the tokens that the options reject because of their issuer or their app client.</summary>
/// <param name="tenants">The tenants.</param>
/// <param name="known">
/// The tenants of tokens that were verified before, by the ends of the tokens, so that such a token need not be read to find its tenant. An entry only
/// chooses the tenant: what the tenant keeps decides, by the whole text of the token.
/// </param>
/// <param name="maxTokenLength">The longest token that is read.</param>
/// <param name="clientClaim">The claim that names the app client.</param>
/// <param name="instruments">Counts verdicts.</param>
internal sealed class TenantVerification<TClaims>(
    TenantDirectory<TClaims> tenants, TokenCache<TenantKey> known, int maxTokenLength, string clientClaim, VerificationInstruments instruments)
    where TClaims : CognitoTokenClaims
{
    /// <summary>Returns the verdict on a token that was verified before. Null if the token, its tenant or the keys of the tenant are not held any more.</summary>
    public VerificationResult<TClaims>? VerifyAgain(ReadOnlySpan<char> token, IdTokenBinding? binding) =>
        known.Find(TokenComparer.GetEnd(token)) is { } key && tenants.FindHeld(key) is { Steps: { } steps } ? steps.VerifyAgain(token, binding) : null;

    /// <summary>Returns the verdict without waiting. Null if the resolver has to be asked, or a key set has to be downloaded.</summary>
    /// <param name="token">The token.</param>
    /// <param name="binding">What an ID token has to belong to; null for nothing.</param>
    /// <param name="rejection">The verdict of the options, which stands if there is no such tenant.</param>
    public VerificationResult<TClaims>? Verify(ReadOnlySpan<char> token, IdTokenBinding? binding, VerificationResult<TClaims> rejection)
    {
        if (TenantKey.Read(token, maxTokenLength, clientClaim) is not { } key)
            return Count(rejection);
        return tenants.FindHeld(key) is { } tenant ? Verify(tenant, token, binding, rejection, out _) : null;
    }

    /// <summary>Returns the verdict, after a question to the resolver and a download of a key set if they are needed.</summary>
    /// <param name="token">The token.</param>
    /// <param name="binding">What an ID token has to belong to; null for nothing.</param>
    /// <param name="rejection">The verdict of the options, which stands if there is no such tenant.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    public async ValueTask<VerificationResult<TClaims>> VerifyAsync(
        string token, IdTokenBinding? binding, VerificationResult<TClaims> rejection, CancellationToken cancellationToken)
    {
        if (TenantKey.Read(token, maxTokenLength, clientClaim) is not { } key)
            return Count(rejection);

        var tenant = await tenants.FindAsync(key, cancellationToken).ConfigureAwait(false);
        if (Verify(tenant, token, binding, rejection, out var awaiting) is { } held)
            return held;

        var result = await awaiting!.VerifyAsync(token, cancellationToken).ConfigureAwait(false);
        return Admit(tenant, token, result);
    }

    private VerificationResult<TClaims>? Verify(
        Tenant<TClaims> tenant,
        ReadOnlySpan<char> token,
        IdTokenBinding? binding,
        VerificationResult<TClaims> rejection,
        out VerificationSteps<TClaims>.AwaitingKey? awaiting)
    {
        awaiting = null;
        return tenant.Steps is { } steps ? Admit(tenant, token, steps.Verify(token, binding, out awaiting)) : Reject(tenant, rejection);
    }

    [return: NotNullIfNotNull(nameof(result))]
    private VerificationResult<TClaims>? Admit(Tenant<TClaims> tenant, ReadOnlySpan<char> token, VerificationResult<TClaims>? result)
    {
        if (result is not { IsValid: true })
            return result;

        tenants.Admit(tenant);
        var end = TokenComparer.GetEnd(token);
        if (known.Find(end) is null)
            known.Add(end.ToString(), tenant.Key);
        return result;
    }

    private VerificationResult<TClaims> Reject(Tenant<TClaims> tenant, VerificationResult<TClaims> rejection) => Count(tenant.Problem is { } problem
        ? new VerificationResult<TClaims>(new TokenRejection(TokenRejectionReason.KeysNotAvailable, "the answer of FindTenant", $"none: {problem}"))
        : rejection);

    private VerificationResult<TClaims> Count(VerificationResult<TClaims> result)
    {
        instruments.CountVerdict(result.Rejection?.Reason, issuer: null);
        return result;
    }
}
