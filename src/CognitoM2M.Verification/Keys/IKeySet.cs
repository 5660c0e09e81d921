namespace CognitoM2M.Verification.Keys;

/// <summary>The keys that an issuer signs its tokens with.</summary>
internal interface IKeySet
{
    /// <summary>The address that the keys are downloaded from; null if the keys are fixed.</summary>
    Uri? JwksUri { get; }

    /// <summary>The keys that are held now; null if there are none. Nobody waits: if a download is due, it starts in the background.</summary>
    KeySetSnapshot? Current { get; }

    /// <summary>The keys held and the outcome of the last download.</summary>
    KeySetStatus Status { get; }

    /// <summary>Looks a key up in the keys that are held.</summary>
    /// <returns>Null if the answer depends on a download. In that case the download has started.</returns>
    KeyLookup? FindHeld(string keyId);

    /// <summary>Looks a key up, after a download if the answer depends on one.</summary>
    ValueTask<KeyLookup> FindAsync(string keyId, CancellationToken cancellationToken);

    /// <summary>Downloads the keys if none are held.</summary>
    /// <returns>Whether keys are held.</returns>
    ValueTask<bool> LoadAsync(CancellationToken cancellationToken);
}

/// <summary>What a key set knows about a key id.</summary>
/// <param name="Keys">The keys that were searched; null if none are held.</param>
/// <param name="Key">The key; null if it is not among the keys.</param>
/// <param name="Problem">Why the last download failed; null if it succeeded.</param>
internal readonly record struct KeyLookup(KeySetSnapshot? Keys, VerificationKey? Key, string? Problem = null);

/// <summary>The state of a key set, for health checks.</summary>
/// <param name="UsableKeys">How many of the held keys can verify a token.</param>
/// <param name="FetchedAt">When the keys were last downloaded; null if they never were.</param>
/// <param name="Problem">Why the last download failed; null if it succeeded.</param>
internal readonly record struct KeySetStatus(int UsableKeys, DateTimeOffset? FetchedAt, string? Problem);
