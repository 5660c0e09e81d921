using System.Collections.Immutable;

namespace CognitoM2M.Emulator.Tokens;

/// <summary>The keys of one user pool. As in Cognito, ID tokens have a key of their own, published beside the others.</summary>
/// <remarks>Making a key takes a good part of a second, so a key is made when it is first asked for, and only its users wait.</remarks>
internal sealed class SigningKeySet
{
    private readonly Lock _gate = new();
    private Slot _accessToken = new();
    private readonly Slot _idToken = new();
    private ImmutableArray<Slot> _old = [];

    public SigningKeySet()
    {
    }

    public SigningKeySet(SigningKey? accessTokenKey, SigningKey? idTokenKey, IEnumerable<SigningKey> oldKeys)
    {
        _accessToken = new Slot(accessTokenKey);
        _idToken = new Slot(idTokenKey);
        _old = [.. oldKeys.Select(key => new Slot(key))];
    }

    /// <summary>Called when a key has been made, before anybody gets to see it.</summary>
    public Action Changed { get; set; } = () => { };

    /// <summary>The key that signs access tokens now.</summary>
    public Task<SigningKey> AccessTokenKeyAsync()
    {
        lock (_gate)
            return _accessToken.GetAsync(Changed);
    }

    public Task<SigningKey> IdTokenKeyAsync()
    {
        lock (_gate)
            return _idToken.GetAsync(Changed);
    }

    public Task<SigningKey[]> PublishedKeysAsync()
    {
        lock (_gate)
            return Task.WhenAll([.. new[] { _idToken, _accessToken }.Concat(_old).Select(slot => slot.GetAsync(Changed))]);
    }

    public void Rotate(bool withdrawOldKeys)
    {
        lock (_gate)
        {
            if (withdrawOldKeys)
                _old = [];
            else if (_accessToken.IsInUse)
                _old = _old.Add(_accessToken);
            _accessToken = new Slot();
        }
    }

    /// <summary>The keys that have been made so far.</summary>
    public (SigningKey? AccessTokenKey, SigningKey? IdTokenKey, IReadOnlyList<SigningKey> OldKeys) Export()
    {
        lock (_gate)
            return (_accessToken.Key, _idToken.Key, [.. _old.Select(slot => slot.Key).OfType<SigningKey>()]);
    }

    /// <summary>The place of one key, which may be empty yet.</summary>
    private sealed class Slot(SigningKey? key = null)
    {
        private volatile SigningKey? _key = key;
        private Task<SigningKey>? _making;

        public SigningKey? Key => _key;

        public bool IsInUse => _key is not null || _making is not null;

        public Task<SigningKey> GetAsync(Action changed)
        {
            // One that could not be saved is not handed out; whoever asks next makes another.
            if (_making is null or { IsFaulted: true })
                _making = _key is { } known && _making is null ? Task.FromResult(known) : Task.Run(() => Make(changed));
            return _making;
        }

        private SigningKey Make(Action changed)
        {
            var made = _key = SigningKey.Generate();
            changed();
            return made;
        }
    }
}
