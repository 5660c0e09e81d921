using System.Collections.Immutable;

namespace CognitoM2M.Emulator.Tokens;

/// <summary>
/// The signing keys of one user pool. As in Cognito, one key signs access tokens and another one ID tokens; both are published.
/// </summary>
/// <remarks>
/// To generate a key takes up to half a second. Therefore a key is made at its first use, and only callers who need the key wait.
/// </remarks>
internal sealed class SigningKeySet
{
    private readonly Lock _gate = new();
    private readonly Func<Task<SigningKey>> _make;
    private readonly Slot _idToken;
    private Slot _accessToken;
    private ImmutableArray<Slot> _old;

    public SigningKeySet(SigningKeySource source, string userPoolId)
        : this(source, userPoolId, accessTokenKey: null, idTokenKey: null, [])
    {
    }

    public SigningKeySet(SigningKeySource source, string userPoolId, SigningKey? accessTokenKey, SigningKey? idTokenKey, IEnumerable<SigningKey> oldKeys)
    {
        _make = () => source.MakeAsync(userPoolId);
        _accessToken = new Slot(_make, accessTokenKey);
        _idToken = new Slot(_make, idTokenKey);
        _old = [.. oldKeys.Select(key => new Slot(_make, key))];
    }

    /// <summary>Called when a key was generated, before the key is used.</summary>
    public Action Changed { get; set; } = () => { };

    /// <summary>Gets the key that signs access tokens now.</summary>
    public Task<SigningKey> GetAccessTokenKeyAsync()
    {
        lock (_gate)
            return _accessToken.GetAsync(Changed);
    }

    /// <summary>Gets the key that signs ID tokens.</summary>
    public Task<SigningKey> GetIdTokenKeyAsync()
    {
        lock (_gate)
            return _idToken.GetAsync(Changed);
    }

    /// <summary>Gets the keys of the published key set.</summary>
    public Task<SigningKey[]> GetPublishedKeysAsync()
    {
        lock (_gate)
            return Task.WhenAll([.. new[] { _idToken, _accessToken }.Concat(_old).Select(slot => slot.GetAsync(Changed))]);
    }

    /// <summary>Replaces the key that signs access tokens.</summary>
    /// <param name="withdrawOldKeys">Whether the former keys leave the published key set.</param>
    public void Rotate(bool withdrawOldKeys)
    {
        lock (_gate)
        {
            if (withdrawOldKeys)
                _old = [];
            else if (_accessToken.IsInUse)
                _old = _old.Add(_accessToken);
            _accessToken = new Slot(_make);
        }
    }

    /// <summary>The keys that have been generated so far.</summary>
    public (SigningKey? AccessTokenKey, SigningKey? IdTokenKey, IReadOnlyList<SigningKey> OldKeys) Export()
    {
        lock (_gate)
            return (_accessToken.Key, _idToken.Key, [.. _old.Select(slot => slot.Key).OfType<SigningKey>()]);
    }

    /// <summary>Holds one key. The key is made at its first use.</summary>
    private sealed class Slot(Func<Task<SigningKey>> make, SigningKey? key = null)
    {
        private volatile SigningKey? _key = key;
        private Task<SigningKey>? _generation;

        public SigningKey? Key => _key;

        public bool IsInUse => _key is not null || _generation is not null;

        public Task<SigningKey> GetAsync(Action changed)
        {
            // A key that could not be saved to the state file is not used. The next caller generates another one.
            if (_generation is null or { IsFaulted: true })
                _generation = _key is { } known && _generation is null ? Task.FromResult(known) : Task.Run(() => GenerateAsync(changed));
            return _generation;
        }

        private async Task<SigningKey> GenerateAsync(Action changed)
        {
            var generated = _key = await make().ConfigureAwait(false);
            changed();
            return generated;
        }
    }
}
