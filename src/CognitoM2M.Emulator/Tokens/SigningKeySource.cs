namespace CognitoM2M.Emulator.Tokens;

/// <summary>Generates signing keys.</summary>
internal sealed class SigningKeySource
{
    private Task<SigningKey>? _ahead;

    /// <summary>Starts to generate a key before anybody asks for one. Generating takes up to half a second, which the first token then need not wait for.</summary>
    public void GenerateAhead() => _ahead = Task.Run(SigningKey.Generate);

    /// <summary>Returns the key that was generated ahead, once; generates a new key otherwise.</summary>
    public Task<SigningKey> GenerateAsync() => Interlocked.Exchange(ref _ahead, null) ?? Task.Run(SigningKey.Generate);
}
