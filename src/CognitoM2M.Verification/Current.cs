using CognitoM2M.Verification.Diagnostics;
using CognitoM2M.Verification.Steps;
using CognitoM2M.Verification.Tenants;

namespace CognitoM2M.Verification;

/// <summary>What a verifier does with its present options: the steps for the user pools of the options, and the tenants beside them.</summary>
internal sealed class Current(VerificationSteps steps, TenantDirectory? tenants, int maxTokenLength, VerificationInstruments instruments)
{
    public VerificationSteps Steps { get; } = steps;

    public TenantDirectory? Tenants { get; } = tenants;

    /// <summary>Verifies a token of a tenant without waiting. Null if the resolver has to be asked, or a key set has to be downloaded.</summary>
    /// <param name="token">The token.</param>
    /// <param name="rejection">The verdict without tenants.</param>
    public VerificationResult? VerifyWithHeldTenant(ReadOnlySpan<char> token, VerificationResult rejection)
    {
        if (TenantKey.Read(token, maxTokenLength) is not { } key)
            return Count(rejection);
        return Tenants!.FindHeld(key) is not { } held ? null
            : held.Steps is { } steps ? steps.Verify(token, out _)
            : Count(rejection);
    }

    /// <summary>Verifies a token that the options do not accept, or whose key is not held.</summary>
    public async ValueTask<VerificationResult> VerifyWithTenantsAsync(string token, VerificationSteps.AwaitingKey? awaiting, CancellationToken cancellationToken)
    {
        var rejection = awaiting is null ? Steps.Verify(token, out awaiting) : null;
        rejection ??= await awaiting!.VerifyAsync(token, cancellationToken).ConfigureAwait(false);
        if (!VerificationSteps.IsForTenants(rejection))
            return rejection;
        if (TenantKey.Read(token, maxTokenLength) is not { } key)
            return Count(rejection);

        var tenant = await Tenants!.FindAsync(key, cancellationToken).ConfigureAwait(false);
        if (tenant.Problem is { } problem)
            return Count(new VerificationResult(new TokenRejection(TokenRejectionReason.KeysNotAvailable, "the answer of FindTenant", $"none: {problem}")));
        if (tenant.Steps is not { } steps)
            return Count(rejection);
        return steps.Verify(token, out var awaitingTenant) ?? await awaitingTenant!.VerifyAsync(token, cancellationToken).ConfigureAwait(false);
    }

    private VerificationResult Count(VerificationResult result)
    {
        instruments.CountVerdict(result, issuer: null);
        return result;
    }
}
