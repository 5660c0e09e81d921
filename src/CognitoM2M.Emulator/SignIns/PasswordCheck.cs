using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.SignIns;

/// <summary>Checks the user name and the password of a sign-in, and makes users wait after wrong passwords.</summary>
internal static class PasswordCheck
{
    /// <exception cref="RefusedException">
    /// The user does not exist, is disabled or not confirmed, or must wait; or the password is wrong, has expired or was reset; or the pool
    /// requires a second factor.
    /// </exception>
    public static PoolUser RequireUser(EmulatedAppClient client, string username, string password)
    {
        var pool = client.UserPool;
        var user = pool.UserList.Find(username);
        if (user is null && !client.Settings.HidesUnknownUsers())
            throw new RefusedException("UserNotFoundException", "User does not exist.");
        if (user is null)
            throw CreateRefusal();
        UserStatus.RequireNoReset(user);

        // The hash takes milliseconds on purpose, so it is computed outside the lock.
        var isRight = user.Password.Matches(password);
        var (current, refusal) = pool.Directory.Change(() => Judge(pool, user.Sub, isRight));
        if (refusal is not null)
            throw refusal;
        UserStatus.RequireEnabled(current);
        UserStatus.RequireConfirmed(current);
        if (pool.Settings.MfaMode == UserPoolSettings.MfaForAll)
        {
            throw RefusedException.InvalidParameter(
                "MfaConfiguration of the user pool is ON, and the emulator does not support a second factor: users cannot sign in. Set it to OFF or OPTIONAL.");
        }

        TemporaryPassword.RequireUnexpired(pool, current);
        return current;
    }

    private static (PoolUser User, RefusedException? Refusal) Judge(EmulatedUserPool pool, string sub, bool isRight)
    {
        // The user may have been deleted while the hash was computed.
        var user = pool.UserList.FindBySub(sub) ?? throw CreateRefusal();
        var now = pool.Directory.TimeProvider.GetUtcNow();
        var lockout = user.Lockout.AfterAttempt(now);
        if (lockout.IsLockedAt(now))
            return (Set(lockout), RefusedException.NotAuthorized("Password attempts exceeded"));

        return isRight ? (Set(Lockout.None), null) : (Set(lockout.AfterWrongPassword(now)), CreateRefusal());

        PoolUser Set(Lockout changed)
        {
            if (changed != user.Lockout)
                pool.UserList.Set(user = user with { Lockout = changed });
            return user;
        }
    }

    private static RefusedException CreateRefusal() => RefusedException.NotAuthorized("Incorrect username or password.");
}
