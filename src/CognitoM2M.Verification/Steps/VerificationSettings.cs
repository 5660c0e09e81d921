using CognitoM2M.Verification.Keys;

namespace CognitoM2M.Verification.Steps;

/// <summary>Whose tokens are verified, with which keys, and how many of them are kept.</summary>
internal sealed class VerificationSettings
{
    public required IEnumerable<TrustedUserPool> UserPools { get; init; }

    /// <summary>Finds the key set that is downloaded from an address. The second argument says whether it belongs to the form of issuer that a user pool usually has.</summary>
    public required Func<Uri, bool, IKeySet> FindKeySet { get; init; }

    /// <summary>How many verified tokens are kept.</summary>
    public required int CacheSize { get; init; }

    public required int MaxTokenLength { get; init; }

    /// <summary>Whether these are the tokens of a tenant that the application named at run time.</summary>
    public bool IsOfTenant { get; init; }

    /// <summary>Whether tenants are asked for tokens that are rejected because of their issuer or their app client.</summary>
    public bool LeavesToTenants { get; init; }
}
