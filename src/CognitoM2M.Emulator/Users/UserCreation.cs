using System.Collections.Immutable;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Users;

/// <summary>Creates and changes users by Cognito's rules.</summary>
internal static class UserCreation
{
    /// <summary>Creates a user.</summary>
    /// <param name="pool">The user pool.</param>
    /// <param name="username">The name, unique in the pool.</param>
    /// <param name="sub">The id of the user; null to generate one.</param>
    /// <param name="attributes">The attributes. A value for <c>sub</c> is ignored, and so is a second value for the same name.</param>
    /// <exception cref="RefusedException">The name or the id is taken.</exception>
    public static PoolUser Create(EmulatedUserPool pool, string username, string? sub, IEnumerable<UserAttribute> attributes) =>
        pool.Directory.Change(() =>
        {
            sub ??= Guid.NewGuid().ToString();
            if (pool.UserList.Find(username) is not null || pool.UserList.FindBySub(sub) is not null)
                throw new RefusedException("UsernameExistsException", "User account already exists");

            var now = pool.Directory.TimeProvider.GetUtcNow();
            var user = new PoolUser
            {
                Username = username,
                Sub = sub,
                Sequence = pool.Directory.TakeSequence(),
                Password = PasswordHash.Compute(PasswordPolicy.CreatePassword()),
                Status = PoolUser.MustChangePassword,
                Attributes = CleanAttributes(attributes),
                CreatedAt = now,
                LastModifiedAt = now,
            };
            pool.UserList.Set(user);
            return user;
        });

    /// <summary>Sets the password of a user.</summary>
    /// <param name="pool">The user pool.</param>
    /// <param name="user">The user.</param>
    /// <param name="password">The new password.</param>
    /// <param name="isPermanent">False if the user must change the password at the next sign-in.</param>
    /// <exception cref="RefusedException">The password is too weak.</exception>
    public static PoolUser SetPassword(EmulatedUserPool pool, PoolUser user, string password, bool isPermanent)
    {
        PasswordPolicy.Read(pool).Check(password);
        var changed = user with
        {
            Password = PasswordHash.Compute(password),
            Status = isPermanent ? PoolUser.Confirmed : PoolUser.MustChangePassword,
            LastModifiedAt = pool.Directory.TimeProvider.GetUtcNow(),
        };
        pool.UserList.Set(changed);
        return changed;
    }

    /// <exception cref="RefusedException">The attribute is the id of the user.</exception>
    public static void SetAttribute(EmulatedUserPool pool, PoolUser user, UserAttribute attribute)
    {
        if (attribute.Name == PoolUser.SubAttribute)
            throw RefusedException.InvalidParameter("Cannot modify an already provided sub");

        pool.UserList.Set(user with
        {
            Attributes = [.. user.Attributes.Where(old => old.Name != attribute.Name), attribute],
            LastModifiedAt = pool.Directory.TimeProvider.GetUtcNow(),
        });
    }

    private static ImmutableArray<UserAttribute> CleanAttributes(IEnumerable<UserAttribute> attributes) =>
    [
        .. attributes
            .Where(attribute => attribute.Name != PoolUser.SubAttribute)
            .DistinctBy(attribute => attribute.Name, StringComparer.Ordinal),
    ];
}
