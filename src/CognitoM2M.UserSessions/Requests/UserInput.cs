using System.Diagnostics.CodeAnalysis;
using CognitoM2M.UserSessions.Errors;

namespace CognitoM2M.UserSessions.Requests;

/// <summary>Checks what users enter, before anything is sent: a missing password is a mistake of a user and not of the application.</summary>
internal static class UserInput
{
    public const int MaxUsernameLength = 128;
    public const int MaxPasswordLength = 256;
    public const int MaxCodeLength = 64;

    /// <exception cref="CognitoUserSessionException">The text is missing or too long.</exception>
    public static void Require(string operation, [NotNull] string? text, int maxLength)
    {
        if (string.IsNullOrEmpty(text) || text.Length > maxLength)
            throw SessionFailures.Create(OwnErrors.InvalidInput, operation);
    }
}
