using System.Collections.Immutable;

namespace CognitoM2M.Emulator.Users;

/// <summary>The users of one pool, by name.</summary>
internal sealed class UserList(EmulatedUserPool pool)
{
    private volatile ImmutableDictionary<string, PoolUser> _users = ImmutableDictionary.Create<string, PoolUser>(StringComparer.Ordinal);

    public int Count => _users.Count;

    public IEnumerable<PoolUser> All => _users.Values;

    public PoolUser? Find(string username) => _users.GetValueOrDefault(KeyOf(username));

    /// <summary>Adds a user, or puts a newer state of it in place.</summary>
    public void Set(PoolUser user) => pool.Directory.Change(() => _users = _users.SetItem(KeyOf(user.Username), user));

    public void Remove(PoolUser user) => pool.Directory.Change(() => _users = _users.Remove(KeyOf(user.Username)));

    private string KeyOf(string username) =>
        pool.Settings.Members.Find("UsernameConfiguration", "CaseSensitive") is { ValueKind: System.Text.Json.JsonValueKind.False }
            ? username.ToLowerInvariant()
            : username;
}
