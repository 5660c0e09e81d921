using CognitoM2M.Verification.Keys;

namespace CognitoM2M.Verification;

/// <summary>How the key set of one issuer fares: for health checks and diagnosis.</summary>
public sealed class CognitoKeySetStatus
{
    internal CognitoKeySetStatus(string issuer, Uri? address, KeySetStatus status)
    {
        Issuer = issuer;
        Address = address;
        UsableKeys = status.UsableKeys;
        FetchedAt = status.FetchedAt;
        Problem = status.Problem;
    }

    /// <summary>Whose keys they are.</summary>
    public string Issuer { get; }

    /// <summary>Where they are read; null if they were given as text.</summary>
    public Uri? Address { get; }

    /// <summary>How many keys are held that can verify a token.</summary>
    public int UsableKeys { get; }

    /// <summary>When they were last read; null if they never were.</summary>
    public DateTimeOffset? FetchedAt { get; }

    /// <summary>Why the last attempt to read them failed; null if it did not, or there was none.</summary>
    public string? Problem { get; }
}
