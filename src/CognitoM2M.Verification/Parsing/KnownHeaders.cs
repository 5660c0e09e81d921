namespace CognitoM2M.Verification.Parsing;

/// <summary>
/// The encoded headers of tokens that were verified recently. All tokens of one key have the same header, so the header of most tokens need
/// not be decoded and parsed again. Only a token with a valid signature adds its header.
/// </summary>
internal sealed class KnownHeaders
{
    private const int Capacity = 16;

    private volatile Entry[] _entries = [];

    /// <summary>Returns the key id that a header names; null if the header is not known.</summary>
    public string? FindKeyId(ReadOnlySpan<char> header)
    {
        foreach (var entry in _entries)
        {
            if (header.SequenceEqual(entry.Header))
                return entry.KeyId;
        }

        return null;
    }

    /// <summary>Keeps a header. When there are too many, the oldest is dropped.</summary>
    public void Add(ReadOnlySpan<char> header, string keyId)
    {
        var entries = _entries;
        // If another thread adds a header at the same time, one of the two is added later.
        if (FindKeyId(header) is null)
            _entries = [new Entry(header.ToString(), keyId), .. entries.Take(Capacity - 1)];
    }

    private sealed record Entry(string Header, string KeyId);
}
