using CognitoM2M.Verification.Steps;

namespace CognitoM2M.Verification.Tenants;

/// <summary>What the resolver says about a tenant, and how long that counts.</summary>
internal sealed record Tenant<TClaims>(TenantKey Key)
    where TClaims : CognitoTokenClaims
{
    /// <summary>The user pool that the resolver returned; null if the resolver does not know the tenant, or could not be asked.</summary>
    public TrustedUserPool? Pool { get; init; }

    /// <summary>Verifies the tokens of the tenant; null if the resolver does not know the tenant, or could not be asked.</summary>
    public VerificationSteps<TClaims>? Steps { get; init; }

    /// <summary>Why the resolver could not be asked, as a clause; null if it answered.</summary>
    public string? Problem { get; init; }

    /// <summary>From here on, a call starts a question in the background.</summary>
    public TimeSpan RenewsAt { get; init; } = TimeSpan.MaxValue;

    /// <summary>From here on, calls wait for a question.</summary>
    public TimeSpan EndsAt { get; init; }

    /// <summary>Until here, the tenant stays trusted if questions fail.</summary>
    public TimeSpan KeptUntil { get; init; }
}
