using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.SignIns;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator;

/// <content>The users and groups of the pool.</content>
public sealed partial class EmulatedUserPool
{
    /// <summary>The users who exist at this moment, oldest first.</summary>
    public IReadOnlyList<EmulatedUser> Users => [.. UserList.All.Select(user => new EmulatedUser(this, user))];

    internal UserList UserList { get; }

    internal NamedSettingsList GroupList { get; }

    internal SignInList SignIns { get; }

    /// <summary>Creates a user who can sign in with this password.</summary>
    /// <param name="username">
    /// 1 to 128 characters, without spaces and control characters. Unique in the pool. An email address or a phone number if users of the pool
    /// sign in with it; then the attribute is set.
    /// </param>
    /// <param name="password">A password that the pool's policy allows; by default 8 characters with upper case, lower case, digit and symbol.</param>
    /// <exception cref="ArgumentException">The name is taken or breaks the rules, or the password is too weak.</exception>
    public EmulatedUser CreateUser(string username, string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        return CreateUser(username, new EmulatedUserOptions { Password = password });
    }

    /// <summary>Creates a user with chosen attributes and groups.</summary>
    /// <param name="username">
    /// 1 to 128 characters, without spaces and control characters. Unique in the pool. An email address or a phone number if users of the pool
    /// sign in with it; then the attribute is set.
    /// </param>
    /// <param name="options">All other settings. Read once.</param>
    /// <exception cref="ArgumentException">
    /// The name or the id is taken, or breaks the rules, or the password is too weak, or a group does not exist.
    /// </exception>
    public EmulatedUser CreateUser(string username, EmulatedUserOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        TextShape.Username.Require(username, "Username");
        if (options.Sub is not null)
            TextShape.Username.Require(options.Sub, "Sub");
        if (options.Password is not null)
            TextShape.Password.Require(options.Password, "Password");
        var attributes = options.Attributes
            .Select(pair => new UserAttribute(
                TextShape.AttributeName.Require(pair.Key, "Name"), TextShape.AttributeValue.Require(pair.Value, "Value")))
            .ToList();

        return _directory.ChangeForCaller(() =>
        {
            // Everything that can be refused comes before the first change.
            if (options.Password is not null)
                PasswordPolicy.Read(this).Check(options.Password);
            foreach (var group in options.Groups)
                GroupMembership.Require(this, group);

            var user = UserCreation.Create(this, username, options.Sub, attributes);
            if (options.Password is not null)
                user = UserCreation.SetPassword(this, user, options.Password, isPermanent: !options.MustChangePassword);
            if (!options.IsConfirmed)
                UserList.Set(user = user with { Status = PoolUser.Unconfirmed });
            foreach (var group in options.Groups)
                GroupMembership.Add(this, UserList.FindBySub(user.Sub)!, group);
            return new EmulatedUser(this, user);
        });
    }

    /// <summary>Finds a user by name, by <c>sub</c>, or by an attribute that names users in this pool.</summary>
    /// <returns>Null if there is no such user.</returns>
    public EmulatedUser? FindUser(string username)
    {
        ArgumentNullException.ThrowIfNull(username);
        return UserList.Find(username) is { } user ? new EmulatedUser(this, user) : null;
    }

    /// <summary>Creates a group. Tokens of its members name the group in the claim <c>cognito:groups</c>.</summary>
    /// <param name="groupName">1 to 128 characters, without spaces and control characters. Unique in the pool.</param>
    /// <param name="precedence">At least 0. Tokens name groups with a low precedence first. Null puts the group behind all others.</param>
    /// <param name="roleArn">The ARN of an IAM role that ID tokens name in the claim <c>cognito:roles</c>; null for none.</param>
    /// <exception cref="ArgumentException">The name is taken, or an argument breaks the rules.</exception>
    public void CreateGroup(string groupName, int? precedence = null, string? roleArn = null)
    {
        TextShape.Username.Require(groupName, "GroupName");
        if (precedence is { } number)
            ArgumentOutOfRangeException.ThrowIfNegative(number, nameof(precedence));
        if (roleArn is not null)
            TextShape.Arn.Require(roleArn, "RoleArn");
        _directory.ChangeForCaller(() => GroupMembership.Create(this, groupName, GroupMembership.CreateMembers(precedence, roleArn)));
    }

    /// <summary>Deletes a group. Its members stay in the pool.</summary>
    /// <exception cref="ArgumentException">The pool has no group with this name.</exception>
    public void DeleteGroup(string groupName)
    {
        ArgumentNullException.ThrowIfNull(groupName);
        _directory.ChangeForCaller(() =>
        {
            GroupMembership.Delete(this, groupName);
            return true;
        });
    }

    /// <summary>Keeps a user from signing in, and revokes the user's tokens.</summary>
    internal void Disable(PoolUser user) => _directory.Change(() =>
    {
        UserStatus.SetEnabled(this, user, isEnabled: false);
        SignIns.RevokeAll(user.Sub);
    });

    /// <summary>Removes a user and the user's sign-ins.</summary>
    internal void Remove(PoolUser user) => _directory.Change(() =>
    {
        UserList.Remove(user);
        SignIns.RemoveAll(user.Sub);
    });
}
