using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.SignIns;

/// <summary>Checks the user name and the password of a sign-in.</summary>
internal static class PasswordCheck
{
    /// <exception cref="RefusedException">The user does not exist, or the password is wrong.</exception>
    public static PoolUser RequireUser(EmulatedAppClient client, string username, string password)
    {
        var user = client.UserPool.UserList.Find(username);
        if (user is null && !client.Settings.HidesUnknownUsers())
            throw new RefusedException("UserNotFoundException", "User does not exist.");

        return user?.Password.Matches(password) == true ? user : throw RefusedException.NotAuthorized("Incorrect username or password.");
    }
}
