using System.Collections.Immutable;
using System.Text.Json;

namespace CognitoM2M.Emulator.Users;

/// <summary>The users of one pool by name. Upper and lower case are the same if the pool says so.</summary>
internal sealed class UserList(EmulatedUserPool pool)
{
    private volatile ImmutableDictionary<string, PoolUser> _users = ImmutableDictionary.Create<string, PoolUser>(StringComparer.Ordinal);

    public int Count => _users.Count;

    public IEnumerable<PoolUser> All => _users.Values;

    public PoolUser? Find(string username) => _users.GetValueOrDefault(GetKey(username));

    /// <summary>Adds a user, or replaces the user of that name.</summary>
    public void Set(PoolUser user) => pool.Directory.Change(() => _users = _users.SetItem(GetKey(user.Username), user));

    public void Remove(PoolUser user) => pool.Directory.Change(() => _users = _users.Remove(GetKey(user.Username)));

    private string GetKey(string username) =>
        pool.Settings.Members.Find("UsernameConfiguration", "CaseSensitive") is { ValueKind: JsonValueKind.False }
            ? username.ToLowerInvariant()
            : username;
}
