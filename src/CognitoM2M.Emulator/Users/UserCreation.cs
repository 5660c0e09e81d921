using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Users;

/// <summary>Creates and changes users by Cognito's rules.</summary>
internal static class UserCreation
{
    /// <summary>Creates a user.</summary>
    /// <param name="pool">The user pool.</param>
    /// <param name="username">
    /// The name, unique in the pool. If an attribute takes the place of user names in the pool, the value of this attribute.
    /// </param>
    /// <param name="sub">The id of the user; null to generate one.</param>
    /// <param name="given">The attributes.</param>
    /// <param name="takeAlias">Whether an alias that another user has is taken from that user.</param>
    /// <exception cref="RefusedException">
    /// The name, an alias or the id is taken, or the pool does not allow such a name, or an attribute does not conform to the schema.
    /// </exception>
    public static PoolUser Create(
        EmulatedUserPool pool, string username, string? sub, IReadOnlyCollection<UserAttribute> given, bool takeAlias = false) =>
        pool.Directory.Change(() =>
        {
            sub ??= Guid.NewGuid().ToString();
            var nameAttribute = UserNames.FindAttribute(pool, username);
            var attributes = nameAttribute is null ? given : AddName(given, new UserAttribute(nameAttribute, username));
            AttributeCheck.RequireNew(pool, attributes);
            var now = pool.Directory.TimeProvider.GetUtcNow();
            var user = new PoolUser
            {
                Username = nameAttribute is null ? username : sub,
                Sub = sub,
                Sequence = pool.Directory.TakeSequence(),
                Password = PasswordHash.Compute(PasswordPolicy.CreatePassword()),
                Status = PoolUser.MustChangePassword,
                PasswordSetAt = now,
                Attributes = [.. attributes],
                CreatedAt = now,
                LastModifiedAt = now,
            };

            var conflicts = pool.UserList.ListConflicts(user);
            if (nameAttribute is not null && conflicts is [var (_, taken), ..])
                throw new RefusedException("UsernameExistsException", $"An account with the given {taken} already exists.");
            if (pool.UserList.Find(username) is not null || pool.UserList.FindBySub(sub) is not null)
                throw new RefusedException("UsernameExistsException", "User account already exists");
            if (conflicts.FirstOrDefault(conflict => !takeAlias || !UserNames.CanBeTaken(conflict.Attribute)) is (not null, var alias))
                throw CreateAliasExists(alias);

            foreach (var (other, attribute) in conflicts)
                ReleaseAlias(pool, other, attribute);
            pool.UserList.Set(user);
            return user;
        });

    /// <summary>Sets the password of a user.</summary>
    /// <param name="pool">The user pool.</param>
    /// <param name="user">The user.</param>
    /// <param name="password">The new password.</param>
    /// <param name="isPermanent">False if the user must change the password at the next sign-in.</param>
    /// <exception cref="RefusedException">The password is too weak, or the user has had it before and the pool does not allow that.</exception>
    public static PoolUser SetPassword(EmulatedUserPool pool, PoolUser user, string password, bool isPermanent)
    {
        var policy = PasswordPolicy.Read(pool);
        policy.Check(password);
        policy.CheckHistory(password, user);
        var now = pool.Directory.TimeProvider.GetUtcNow();
        var changed = user with
        {
            Password = PasswordHash.Compute(password),
            PasswordSetAt = now,
            FormerPasswords = [.. user.FormerPasswords.Insert(0, user.Password).Take(PasswordPolicy.LongestHistory)],
            Status = isPermanent ? PoolUser.Confirmed : PoolUser.MustChangePassword,
            LastModifiedAt = now,
        };
        pool.UserList.Set(changed);
        return changed;
    }

    /// <exception cref="RefusedException">The attribute cannot be changed or does not conform to the schema, or is an alias that another user has.</exception>
    public static void SetAttribute(EmulatedUserPool pool, PoolUser user, UserAttribute attribute)
    {
        AttributeCheck.RequireChangeable(pool, attribute);
        var changed = user with
        {
            Attributes = [.. user.Attributes.Where(old => old.Name != attribute.Name), attribute],
            LastModifiedAt = pool.Directory.TimeProvider.GetUtcNow(),
        };
        RequireNoConflict(pool, changed);
        pool.UserList.Set(changed);
    }

    /// <exception cref="RefusedException">Another user has an alias of this user.</exception>
    public static void RequireNoConflict(EmulatedUserPool pool, PoolUser user)
    {
        if (pool.UserList.ListConflicts(user) is [var (_, alias), ..])
            throw CreateAliasExists(alias);
    }

    // A user whose alias is taken away keeps the attribute. It is no longer verified, and therefore no alias.
    private static void ReleaseAlias(EmulatedUserPool pool, PoolUser user, string alias) =>
        pool.UserList.Set(user with { Attributes = [.. user.Attributes.Where(attribute => attribute.Name != UserNames.GetVerifiedName(alias))] });

    private static RefusedException CreateAliasExists(string alias) =>
        new("AliasExistsException", $"An account with the {alias} already exists.");

    // The name may be given a second time as the attribute.
    private static IReadOnlyCollection<UserAttribute> AddName(IReadOnlyCollection<UserAttribute> given, UserAttribute name) =>
        given.FirstOrDefault(attribute => attribute.Name == name.Name) is { } other && other.Value != name.Value
            ? throw RefusedException.InvalidParameter($"The attribute {name.Name} must be the user name.")
            : [name, .. given.Where(attribute => attribute.Name != name.Name)];
}
