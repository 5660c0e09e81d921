namespace CognitoM2M.Emulator.Tokens;

/// <summary>
/// Key pairs of emulators that have ended, for later emulators of the same process: to generate a key pair takes up to half a second. A later emulator
/// gives a key pair a new key id, and never uses it for a user pool of an id that had this key pair before. So a token of the former user pool is
/// invalid, whichever keys a verifier tries.
/// </summary>
internal sealed class LeftKeys
{
    private readonly Lock _gate = new();
    private readonly List<(SigningKey Key, HashSet<string> UserPools)> _keys = [];

    /// <summary>The keys of this process.</summary>
    public static LeftKeys OfProcess { get; } = new();

    /// <summary>Takes a key pair, with a new key id, and the ids of the user pools that had the key pair. Null if no key pair is left that this user pool may use.</summary>
    public (SigningKey Key, HashSet<string> UserPools)? TryTake(string userPoolId)
    {
        lock (_gate)
        {
            var index = _keys.FindIndex(left => !left.UserPools.Contains(userPoolId));
            if (index < 0)
                return null;

            var (key, userPools) = _keys[index];
            _keys.RemoveAt(index);
            return (key.WithNewId(), userPools);
        }
    }

    public void Add(IEnumerable<(SigningKey Key, HashSet<string> UserPools)> keys)
    {
        lock (_gate)
            _keys.AddRange(keys);
    }
}
