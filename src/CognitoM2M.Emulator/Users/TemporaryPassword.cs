using System.Text.Json;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Users;

/// <summary>How long a temporary password works.</summary>
internal static class TemporaryPassword
{
    private const int DefaultDays = 7;

    /// <exception cref="RefusedException">The user has a temporary password that has expired.</exception>
    public static void RequireUnexpired(EmulatedUserPool pool, PoolUser user)
    {
        if (user.Status == PoolUser.MustChangePassword
            && pool.Directory.TimeProvider.GetUtcNow() - user.PasswordSetAt >= TimeSpan.FromDays(GetDays(pool)))
            throw RefusedException.NotAuthorized("Temporary password has expired and must be reset by an administrator.");
    }

    // The setting of the password policy has taken the place of the older one. Zero means the default.
    private static int GetDays(EmulatedUserPool pool) =>
        Read(pool.Settings.Members.Find("Policies", "PasswordPolicy", "TemporaryPasswordValidityDays"))
        ?? Read(pool.Settings.Members.Find("AdminCreateUserConfig", "UnusedAccountValidityDays"))
        ?? DefaultDays;

    private static int? Read(JsonElement? days) => days?.GetInt32() is > 0 and var number ? number : null;
}
