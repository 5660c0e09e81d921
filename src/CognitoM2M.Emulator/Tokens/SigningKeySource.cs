using System.Collections.Concurrent;

namespace CognitoM2M.Emulator.Tokens;

/// <summary>Makes the signing keys of one emulator. Two emulators that run at the same time have no key pair in common.</summary>
/// <param name="left">Key pairs of emulators that have ended.</param>
internal sealed class SigningKeySource(LeftKeys left)
{
    private readonly ConcurrentQueue<(SigningKey Key, HashSet<string> UserPools)> _made = new();
    private Task<SigningKey>? _ahead;

    /// <summary>Starts to generate a key before anybody asks for one, so that the first token need not wait for it.</summary>
    public void GenerateAhead() => _ahead = Task.Run(SigningKey.Generate);

    /// <summary>Returns the key that was generated ahead, once; otherwise a key pair of an emulator that has ended, or a new one.</summary>
    public async Task<SigningKey> MakeAsync(string userPoolId)
    {
        var ahead = Interlocked.Exchange(ref _ahead, null);
        if (ahead is null && left.TryTake(userPoolId) is var (key, userPools))
            return Keep(key, userPools, userPoolId);

        return Keep(await (ahead ?? Task.Run(SigningKey.Generate)).ConfigureAwait(false), [], userPoolId);
    }

    /// <summary>Leaves all key pairs to later emulators. To be called once, when the emulator has ended and has saved no key.</summary>
    public void LeaveKeys() => left.Add(_made);

    private SigningKey Keep(SigningKey key, HashSet<string> userPools, string userPoolId)
    {
        userPools.Add(userPoolId);
        _made.Enqueue((key, userPools));
        return key;
    }
}
