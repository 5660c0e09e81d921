using System.Security.Cryptography;
using CognitoM2M.Emulator;

namespace CognitoM2M.Testing.Settings;

/// <summary>The users that services under test sign in, each with a password that the fixture chooses. All members are thread-safe.</summary>
internal sealed class FixtureUsers(EmulatedUserPool userPool)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _passwords = new(StringComparer.Ordinal);

    /// <summary>Returns the password of a user. A user whom the test has created keeps groups and attributes.</summary>
    /// <param name="username">The user name in the settings of the service.</param>
    public string GetPassword(string username)
    {
        lock (_gate)
        {
            if (_passwords.TryGetValue(username, out var known))
                return known;

            // One character of each kind that the password policy asks for.
            var password = $"Aa1!{RandomNumberGenerator.GetHexString(28)}";
            if (userPool.FindUser(username) is { } user)
                user.SetPassword(password);
            else
                userPool.CreateUser(username, password);
            return _passwords[username] = password;
        }
    }
}
