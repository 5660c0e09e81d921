using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Users;

/// <summary>What keeps users from signing in although their password is right, and how administrators change that.</summary>
internal static class UserStatus
{
    /// <exception cref="RefusedException">The user is disabled.</exception>
    public static void RequireEnabled(PoolUser user)
    {
        if (!user.IsEnabled)
            throw RefusedException.NotAuthorized("User is disabled.");
    }

    /// <exception cref="RefusedException">The user has signed up, and has not confirmed it.</exception>
    public static void RequireConfirmed(PoolUser user)
    {
        if (user.Status == PoolUser.Unconfirmed)
            throw new RefusedException("UserNotConfirmedException", "User is not confirmed.");
    }

    /// <exception cref="RefusedException">An administrator has reset the password.</exception>
    public static void RequireNoReset(PoolUser user)
    {
        if (user.Status == PoolUser.MustResetPassword)
            throw new RefusedException("PasswordResetRequiredException", "Password reset required for the user");
    }

    /// <summary>Enables or disables a user.</summary>
    public static void SetEnabled(EmulatedUserPool pool, PoolUser user, bool isEnabled) => Set(pool, user with { IsEnabled = isEnabled });

    /// <summary>Makes a user who has signed up able to sign in.</summary>
    /// <exception cref="RefusedException">The user is not waiting for a confirmation.</exception>
    public static void Confirm(EmulatedUserPool pool, PoolUser user)
    {
        if (user.Status != PoolUser.Unconfirmed)
            throw RefusedException.NotAuthorized($"User cannot be confirmed. Current status is {user.Status}");
        Set(pool, user with { Status = PoolUser.Confirmed });
    }

    /// <summary>Makes the password unusable until another one is set.</summary>
    /// <exception cref="RefusedException">The user has never had a permanent password.</exception>
    public static void ResetPassword(EmulatedUserPool pool, PoolUser user)
    {
        if (user.Status is not (PoolUser.Confirmed or PoolUser.MustResetPassword))
            throw RefusedException.NotAuthorized("User password cannot be reset in the current state.");
        Set(pool, user with { Status = PoolUser.MustResetPassword });
    }

    private static void Set(EmulatedUserPool pool, PoolUser user) => pool.UserList.Set(user with { LastModifiedAt = pool.Directory.TimeProvider.GetUtcNow() });
}
