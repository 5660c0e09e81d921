using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Users;

/// <summary>The groups of users, and the claims that tell them.</summary>
internal static class GroupMembership
{
    private const string Precedence = "Precedence";
    private const string RoleArn = "RoleArn";

    /// <exception cref="RefusedException">The pool has a group with this name already.</exception>
    public static NamedSettings Create(EmulatedUserPool pool, string groupName, WireSettings members) => pool.Directory.Change(() =>
    {
        if (pool.GroupList.Find(groupName) is not null)
            throw new RefusedException("GroupExistsException", "A group with the name already exists.");

        var group = new NamedSettings(groupName, pool.Directory.TakeSequence(), members, pool.Directory.TimeProvider.GetUtcNow());
        pool.GroupList.Add(group);
        return group;
    });

    public static WireSettings CreateMembers(int? precedence, string? roleArn)
    {
        var members = new JsonObject();
        if (precedence is not null)
            members[Precedence] = precedence;
        if (roleArn is not null)
            members[RoleArn] = roleArn;
        return WireSettings.Create(members);
    }

    /// <summary>Deletes a group. Its members are then no longer in the group.</summary>
    /// <exception cref="RefusedException">The pool has no group with this name.</exception>
    public static void Delete(EmulatedUserPool pool, string groupName) => pool.Directory.Change(() =>
    {
        pool.GroupList.Remove(Require(pool, groupName));
        foreach (var member in ListMembers(pool, groupName).ToList())
            Remove(pool, member, groupName);
    });

    /// <exception cref="RefusedException">The pool has no group with this name.</exception>
    public static NamedSettings Require(EmulatedUserPool pool, string groupName) =>
        pool.GroupList.Find(groupName) ?? throw RefusedException.NotFound("Group not found.");

    /// <summary>Adds a user to a group. A user who is in the group already stays there.</summary>
    /// <exception cref="RefusedException">The pool has no group with this name.</exception>
    public static void Add(EmulatedUserPool pool, PoolUser user, string groupName)
    {
        Require(pool, groupName);
        if (!IsMember(user, groupName))
            pool.UserList.Set(user with { Groups = user.Groups.Add(groupName) });
    }

    public static void Remove(EmulatedUserPool pool, PoolUser user, string groupName) =>
        pool.UserList.Set(user with { Groups = user.Groups.Remove(groupName, StringComparer.Ordinal) });

    /// <summary>Oldest first.</summary>
    public static IEnumerable<PoolUser> ListMembers(EmulatedUserPool pool, string groupName) =>
        pool.UserList.All.Where(user => IsMember(user, groupName));

    /// <summary>The groups of a user, oldest first.</summary>
    public static IEnumerable<NamedSettings> ListGroups(EmulatedUserPool pool, PoolUser user) =>
        pool.GroupList.All.Where(group => IsMember(user, group.Name));

    /// <summary>Writes the groups into the claims of a token: the lowest precedence first, then groups without a precedence.</summary>
    /// <param name="pool">The user pool.</param>
    /// <param name="user">The user.</param>
    /// <param name="claims">The claims of the token.</param>
    /// <param name="withRoles">Whether the token names the roles of the groups, too. ID tokens do.</param>
    public static void AddClaims(EmulatedUserPool pool, PoolUser user, JsonObject claims, bool withRoles)
    {
        var groups = ListGroups(pool, user).OrderBy(GetPrecedence).ToList();
        if (groups.Count == 0)
            return;

        claims["cognito:groups"] = new JsonArray([.. groups.Select(group => group.Name)]);
        var withRole = groups.Where(group => group.Members.GetText(RoleArn) is not null).ToList();
        if (!withRoles || withRole.Count == 0)
            return;

        claims["cognito:roles"] = new JsonArray([.. ListRoles(withRole)]);
        // Groups of the same precedence with different roles: no role is preferred.
        var preferred = ListRoles(withRole.Where(group => GetPrecedence(group) == GetPrecedence(withRole[0]))).ToList();
        if (preferred is [var role])
            claims["cognito:preferred_role"] = role;
    }

    private static IEnumerable<string> ListRoles(IEnumerable<NamedSettings> groups) =>
        groups.Select(group => group.Members.GetText(RoleArn)!).Distinct(StringComparer.Ordinal);

    private static int GetPrecedence(NamedSettings group) => group.Members.Find(Precedence)?.GetInt32() ?? int.MaxValue;

    private static bool IsMember(PoolUser user, string groupName) => user.Groups.Contains(groupName, StringComparer.Ordinal);
}
