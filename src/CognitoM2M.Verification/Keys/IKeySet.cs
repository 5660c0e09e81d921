namespace CognitoM2M.Verification.Keys;

/// <summary>The keys that an issuer signs with.</summary>
internal interface IKeySet
{
    /// <summary>Where they are read; null if they are fixed.</summary>
    Uri? Address { get; }

    /// <summary>The keys held, never waited for; null if there are none yet.</summary>
    KeySetSnapshot? Current { get; }

    /// <summary>What came of the last fetch.</summary>
    KeySetStatus Status { get; }

    /// <summary>Looks a key up, without waiting.</summary>
    /// <returns>False if the key set has to be fetched to tell, which is under way then.</returns>
    bool TryFind(string keyId, out KeyLookup lookup);

    /// <summary>Looks a key up, and fetches the key set if that can help.</summary>
    ValueTask<KeyLookup> FindAsync(string keyId, CancellationToken cancellationToken);

    /// <summary>Fetches the keys if none are held.</summary>
    /// <returns>Whether keys are held.</returns>
    ValueTask<bool> LoadAsync(CancellationToken cancellationToken);
}

/// <summary>What a key set says of a key id.</summary>
/// <param name="Keys">The keys looked through; null if there are none.</param>
/// <param name="Key">The key; null if it is not among them.</param>
/// <param name="Problem">Why the last fetch failed; null if it did not.</param>
internal readonly record struct KeyLookup(KeySetSnapshot? Keys, VerificationKey? Key, string? Problem = null);

/// <summary>How a key set fares.</summary>
/// <param name="UsableKeys">How many keys are held that can verify a token.</param>
/// <param name="FetchedAt">When they were last read; null if never.</param>
/// <param name="Problem">Why the last fetch failed; null if it did not.</param>
internal readonly record struct KeySetStatus(int UsableKeys, DateTimeOffset? FetchedAt, string? Problem);
