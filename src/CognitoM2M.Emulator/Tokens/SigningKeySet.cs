using System.Collections.Immutable;

namespace CognitoM2M.Emulator.Tokens;

/// <summary>The keys of one user pool. As in Cognito, ID tokens have a key of their own, published beside the others.</summary>
/// <remarks>Making a key takes a good part of a second, so a key is made when it is first asked for, and only its users wait.</remarks>
internal sealed class SigningKeySet
{
    private readonly Lock _gate = new();
    private Task<SigningKey>? _accessTokenKey;
    private Task<SigningKey>? _idTokenKey;
    private ImmutableArray<Task<SigningKey>> _oldKeys = [];

    /// <summary>The key that signs access tokens now.</summary>
    public Task<SigningKey> AccessTokenKeyAsync()
    {
        lock (_gate)
            return _accessTokenKey ??= GenerateAsync();
    }

    public Task<SigningKey[]> PublishedKeysAsync()
    {
        lock (_gate)
        {
            _accessTokenKey ??= GenerateAsync();
            _idTokenKey ??= GenerateAsync();
            return Task.WhenAll([_idTokenKey, _accessTokenKey, .. _oldKeys]);
        }
    }

    public void Rotate(bool withdrawOldKeys)
    {
        lock (_gate)
        {
            if (withdrawOldKeys)
                _oldKeys = [];
            else if (_accessTokenKey is not null)
                _oldKeys = _oldKeys.Add(_accessTokenKey);
            _accessTokenKey = null;
        }
    }

    private static Task<SigningKey> GenerateAsync() => Task.Run(SigningKey.Generate);
}
