using System.Security.Cryptography;
using System.Text.Json;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Users;

/// <summary>The password rules of a user pool.</summary>
internal sealed class PasswordPolicy
{
    private const string Symbols = "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ";
    private const int DefaultLength = 8;

    private readonly int _minimumLength;
    private readonly int _historySize;
    private readonly List<(string Name, Func<char, bool> Belongs)> _required = [];

    private PasswordPolicy(JsonElement? own)
    {
        _minimumLength = own is { } policy && policy.TryGetProperty("MinimumLength", out var length) ? length.GetInt32() : DefaultLength;
        _historySize = own is { } members && members.TryGetProperty("PasswordHistorySize", out var size) ? size.GetInt32() : 0;
        Require("RequireUppercase", "uppercase", char.IsAsciiLetterUpper);
        Require("RequireLowercase", "lowercase", char.IsAsciiLetterLower);
        Require("RequireNumbers", "numeric", char.IsAsciiDigit);
        Require("RequireSymbols", "symbol", Symbols.Contains);

        // A pool without its own policy requires all four kinds of characters.
        void Require(string flag, string name, Func<char, bool> belongs)
        {
            if (own is not { } settings || (settings.TryGetProperty(flag, out var value) && value.GetBoolean()))
                _required.Add((name, belongs));
        }
    }

    /// <summary>The largest number of passwords that a policy can forbid to use again.</summary>
    public const int LongestHistory = 24;

    public static PasswordPolicy Read(EmulatedUserPool pool) => new(pool.Settings.Members.Find("Policies", "PasswordPolicy"));

    /// <summary>Creates a random password that satisfies every possible policy.</summary>
    public static string CreatePassword() => $"Aa1!{RandomNumberGenerator.GetHexString(95)}";

    /// <exception cref="RefusedException">The password is too weak. The message does not repeat it.</exception>
    public void Check(string password)
    {
        const string Refusal = "Password did not conform with policy: Password";
        if (password.Length < _minimumLength)
            throw Invalid($"{Refusal} not long enough");
        foreach (var (name, belongs) in _required)
        {
            if (!password.Any(belongs))
                throw Invalid($"{Refusal} must have {name} characters");
        }
    }

    /// <exception cref="RefusedException">The password is one of the last ones of the user, the present one included. The message does not repeat it.</exception>
    public void CheckHistory(string password, PoolUser user)
    {
        if (user.FormerPasswords.Insert(0, user.Password).Take(_historySize).Any(former => former.Matches(password)))
            throw new RefusedException("PasswordHistoryPolicyViolationException", $"The password is one of the last {_historySize} passwords of the user.");
    }

    private static RefusedException Invalid(string message) => new("InvalidPasswordException", message);
}
