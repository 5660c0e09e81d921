using System.Collections.Immutable;
using System.Text.Json;

namespace CognitoM2M.Emulator.Users;

/// <summary>The users of one pool. Upper and lower case are the same in user names if the pool says so.</summary>
internal sealed class UserList(EmulatedUserPool pool)
{
    private volatile Snapshot _users = new(
        ImmutableDictionary.Create<string, PoolUser>(StringComparer.Ordinal), ImmutableDictionary.Create<string, string>(StringComparer.Ordinal));

    public int Count => _users.BySub.Count;

    /// <summary>Oldest first.</summary>
    public IEnumerable<PoolUser> All => _users.BySub.Values.OrderBy(user => user.Sequence);

    /// <summary>Finds a user by name, by <c>sub</c>, or by an attribute that names users in this pool.</summary>
    public PoolUser? Find(string username)
    {
        var users = _users;
        return users.BySub.GetValueOrDefault(users.SubByName.GetValueOrDefault(GetKey(username)) ?? username)
            ?? users.BySub.Values.FirstOrDefault(user => UserNames.ListOtherNames(pool, user).Any(name => AreSame(name.Value, username)));
    }

    /// <summary>Lists the other users who have a name of this user, with the attributes that hold the names.</summary>
    public IReadOnlyList<(PoolUser User, string Attribute)> ListConflicts(PoolUser user) =>
    [
        .. from own in UserNames.ListOtherNames(pool, user)
           from other in _users.BySub.Values
           where other.Sub != user.Sub
               && UserNames.ListOtherNames(pool, other).Any(taken => taken.Name == own.Name && AreSame(taken.Value, own.Value))
           select (other, own.Name),
    ];

    public PoolUser? FindBySub(string sub) => _users.BySub.GetValueOrDefault(sub);

    /// <summary>Adds a user, or replaces the user with the same <c>sub</c>. The name of a user never changes.</summary>
    public void Set(PoolUser user) => pool.Directory.Change(() =>
        _users = new Snapshot(_users.BySub.SetItem(user.Sub, user), _users.SubByName.SetItem(GetKey(user.Username), user.Sub)));

    public void Remove(PoolUser user) => pool.Directory.Change(() =>
        _users = new Snapshot(_users.BySub.Remove(user.Sub), _users.SubByName.Remove(GetKey(user.Username))));

    private bool AreSame(string left, string right) => GetKey(left) == GetKey(right);

    private string GetKey(string username) =>
        pool.Settings.Members.Find("UsernameConfiguration", "CaseSensitive") is { ValueKind: JsonValueKind.False }
            ? username.ToLowerInvariant()
            : username;

    private sealed record Snapshot(ImmutableDictionary<string, PoolUser> BySub, ImmutableDictionary<string, string> SubByName);
}
