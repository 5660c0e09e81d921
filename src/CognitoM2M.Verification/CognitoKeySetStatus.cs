namespace CognitoM2M.Verification;

/// <summary>Status of the key set of one issuer, for health checks and diagnosis.</summary>
public sealed class CognitoKeySetStatus
{
    /// <summary>The issuer that signs with these keys.</summary>
    public required string Issuer { get; init; }

    /// <summary>The address that the keys are downloaded from.</summary>
    /// <value>Null if the keys were given as text (<see cref="TrustedUserPool.Jwks"/>).</value>
    public Uri? JwksUri { get; init; }

    /// <summary>How many of the held keys can verify a token.</summary>
    /// <value>Zero if no keys are held.</value>
    public int UsableKeys { get; init; }

    /// <summary>When the keys were last downloaded.</summary>
    /// <value>Null if they never were.</value>
    public DateTimeOffset? FetchedAt { get; init; }

    /// <summary>Why the last download failed.</summary>
    /// <value>Null if it succeeded, or if there was no download yet.</value>
    public string? Problem { get; init; }
}
