using System.Collections.Concurrent;

namespace CognitoM2M.Emulator.Tokens;

/// <summary>
/// Makes the signing keys of one emulator. To generate a key pair takes up to half a second. Therefore an emulator that ends leaves its key pairs to
/// later emulators of this process, which give them new key ids. Emulators that run at the same time never share a key pair.
/// </summary>
internal sealed class SigningKeySource
{
    private static readonly ConcurrentBag<SigningKey> _left = [];
    private readonly ConcurrentBag<SigningKey> _made = [];
    private Task<SigningKey>? _ahead;

    /// <summary>Starts to make a key before anybody asks for one, so that the first token need not wait for it.</summary>
    public void MakeAhead() => _ahead = StartAsync();

    /// <summary>Returns the key that was made ahead, once; makes a new key otherwise.</summary>
    public Task<SigningKey> MakeAsync() => Interlocked.Exchange(ref _ahead, null) ?? StartAsync();

    /// <summary>Leaves all key pairs to later emulators. To be called when the emulator has ended and has saved no key.</summary>
    public void LeaveKeys()
    {
        while (_made.TryTake(out var key))
            _left.Add(key);
    }

    private Task<SigningKey> StartAsync() =>
        _left.TryTake(out var left) ? Task.FromResult(Keep(left.WithNewId())) : Task.Run(() => Keep(SigningKey.Generate()));

    private SigningKey Keep(SigningKey key)
    {
        _made.Add(key);
        return key;
    }
}
