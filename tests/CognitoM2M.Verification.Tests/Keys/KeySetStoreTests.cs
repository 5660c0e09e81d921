using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Keys;

namespace CognitoM2M.Verification.Tests.Keys;

/// <summary>The key sets of all verifiers that share them, by address.</summary>
public sealed class KeySetStoreTests
{
    private static readonly Uri _address = new("https://issuer.example/keys");

    private readonly object _user = new();
    private readonly object _otherUser = new();
    private readonly List<(Uri Address, bool IsUsual)> _created = [];
    private readonly KeySetStore _store;

    public KeySetStoreTests() => _store = new KeySetStore((address, isUsual) =>
    {
        _created.Add((address, isUsual));
        return new FixedKeySet(new KeySetSnapshot([VerificationKey.CreateUnusable(TestKey.Access.Id, "no key")]));
    });

    [Fact]
    public void Address_has_one_key_set_for_all_users()
    {
        Assert.Null(_store.Find(_address));

        var first = _store.GetOrCreate(_user, _address, isUsual: true);
        var second = _store.GetOrCreate(_otherUser, new Uri("https://issuer.example/keys"), isUsual: false);

        Assert.Same(first, second);
        Assert.Same(first, _store.Find(_address));
        Assert.Equal([(_address, true)], _created);
    }

    [Fact]
    public void Key_set_is_dropped_with_its_last_user()
    {
        var shared = _store.GetOrCreate(_user, _address, isUsual: true);
        _store.GetOrCreate(_otherUser, _address, isUsual: true);

        _store.Keep(_user, []);
        Assert.Same(shared, _store.Find(_address));
        _store.Keep(_otherUser, []);

        Assert.Null(_store.Find(_address));
    }

    [Fact]
    public void User_who_never_used_a_key_set_drops_nothing()
    {
        var keySet = _store.GetOrCreate(_user, _address, isUsual: true);

        _store.Keep(_otherUser, []);
        _store.Keep(_user, [keySet]);

        Assert.Same(keySet, _store.Find(_address));
    }
}
