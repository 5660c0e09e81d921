using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator;

/// <summary>A user of a user pool. A change applies to the next token. All members are thread-safe.</summary>
/// <remarks>After the user was deleted, every member except <see cref="Username"/> and <see cref="Sub"/> throws an <see cref="InvalidOperationException"/>.</remarks>
public sealed class EmulatedUser
{
    private readonly EmulatedUserPool _pool;

    internal EmulatedUser(EmulatedUserPool pool, PoolUser user)
    {
        _pool = pool;
        Username = user.Username;
        Sub = user.Sub;
    }

    /// <summary>The user name (claims <c>username</c> and <c>cognito:username</c>).</summary>
    /// <value>The same as <see cref="Sub"/> if users of the pool sign in with an attribute.</value>
    public string Username { get; }

    /// <summary>The id of the user (claim <c>sub</c>).</summary>
    public string Sub { get; }

    /// <summary>The names of the groups that the user is in, in the order of joining.</summary>
    public IReadOnlyList<string> Groups => Require().Groups;

    /// <summary>The attributes by name, without <c>sub</c>.</summary>
    public IReadOnlyDictionary<string, string> Attributes =>
        Require().Attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value, StringComparer.Ordinal);

    /// <summary>Whether the user must change the password at the next sign-in.</summary>
    public bool MustChangePassword => Require().Status == PoolUser.MustChangePassword;

    /// <summary>Whether the user may sign in. True until <see cref="Disable"/>.</summary>
    public bool IsEnabled => Require().IsEnabled;

    /// <summary>Whether the account is confirmed. The user cannot sign in before.</summary>
    public bool IsConfirmed => Require().Status != PoolUser.Unconfirmed;

    /// <summary>Sets the password. Tokens that were issued before stay valid.</summary>
    /// <param name="password">A password that the pool's policy allows.</param>
    /// <param name="mustChangePassword">Whether the user must change it at the next sign-in.</param>
    /// <exception cref="ArgumentException">The password is too weak.</exception>
    public void SetPassword(string password, bool mustChangePassword = false)
    {
        TextShape.Password.Require(password, "Password");
        Change(user => UserCreation.SetPassword(_pool, user, password, isPermanent: !mustChangePassword));
    }

    /// <summary>Sets an attribute.</summary>
    /// <param name="name">At most 32 characters; not <c>sub</c>.</param>
    /// <param name="value">At most 2,048 characters.</param>
    /// <exception cref="ArgumentException">The name or the value breaks these rules, or another user has this alias.</exception>
    public void SetAttribute(string name, string value)
    {
        TextShape.AttributeName.Require(name, "Name");
        TextShape.AttributeValue.Require(value, "Value");
        Change(user => UserCreation.SetAttribute(_pool, user, new UserAttribute(name, value)));
    }

    /// <summary>Puts the user into a group. A user who is in the group already stays there.</summary>
    /// <exception cref="ArgumentException">The pool has no group with this name.</exception>
    public void AddToGroup(string groupName)
    {
        ArgumentNullException.ThrowIfNull(groupName);
        Change(user => GroupMembership.Add(_pool, user, groupName));
    }

    /// <summary>Removes the user from a group. Has no effect on a user who is not in the group.</summary>
    public void RemoveFromGroup(string groupName)
    {
        ArgumentNullException.ThrowIfNull(groupName);
        Change(user => GroupMembership.Remove(_pool, user, groupName));
    }

    /// <summary>
    /// Revokes all refresh tokens and access tokens of the user, as <c>AdminUserGlobalSignOut</c> does. APIs that verify access tokens without
    /// asking Cognito still accept them until they expire.
    /// </summary>
    public void SignOut() => Change(user => _pool.SignIns.RevokeAll(user.Sub));

    /// <summary>Keeps the user from signing in (<c>User is disabled.</c>), and revokes the user's tokens, as <c>AdminDisableUser</c> does.</summary>
    public void Disable() => Change(_pool.Disable);

    /// <summary>Lets the user sign in again, as <c>AdminEnableUser</c> does.</summary>
    public void Enable() => Change(user => UserStatus.SetEnabled(_pool, user, isEnabled: true));

    /// <summary>Makes the password unusable (<c>PasswordResetRequiredException</c>) until <see cref="SetPassword"/>, as <c>AdminResetUserPassword</c> does. No message is sent.</summary>
    /// <exception cref="ArgumentException">The user has never had a permanent password.</exception>
    public void ResetPassword() => Change(user => UserStatus.ResetPassword(_pool, user));

    /// <summary>Deletes the user. Tokens that were issued before stay valid until they expire, but no refresh token does.</summary>
    public void Delete() => Change(_pool.Remove);

    /// <summary>The user name.</summary>
    public override string ToString() => Username;

    private PoolUser Require() =>
        _pool.UserList.FindBySub(Sub) ?? throw new InvalidOperationException($"User '{Username}' was deleted from user pool {_pool}.");

    private void Change(Action<PoolUser> change) => _pool.Directory.ChangeForCaller(() =>
    {
        change(Require());
        return true;
    });
}
