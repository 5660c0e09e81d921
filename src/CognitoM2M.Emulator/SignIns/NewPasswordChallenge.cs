using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Tokens;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.SignIns;

/// <summary>The challenge of a user who knows the temporary password and must choose a new one.</summary>
internal sealed class NewPasswordChallenge(UserPoolDirectory userPools, SealedText seals)
{
    public const string Name = "NEW_PASSWORD_REQUIRED";

    private const string Purpose = "session";

    private static readonly TimeSpan _defaultLifetime = TimeSpan.FromMinutes(3);

    /// <summary>Creates the session that answers the challenge. The session can be used once.</summary>
    public string CreateSession(EmulatedAppClient client, PoolUser user) => seals.Seal(Purpose, new JsonObject
    {
        ["client"] = client.ClientId,
        ["sub"] = user.Sub,
        ["changed"] = user.LastModifiedAt.ToUnixTimeMilliseconds(),
        ["expires"] = (userPools.TimeProvider.GetUtcNow() + GetLifetime(client)).ToUnixTimeSeconds(),
    });

    /// <summary>Sets the new password.</summary>
    /// <param name="client">The app client.</param>
    /// <param name="username">The user who answers; null to take the user of the session.</param>
    /// <param name="session">The session of the challenge.</param>
    /// <param name="newPassword">The new password.</param>
    /// <param name="attributes">The attributes that the user gives besides.</param>
    /// <exception cref="RefusedException">
    /// The session is of another user or client, has expired or was answered before, or the password is too weak, or a required attribute is
    /// missing or wrong.
    /// </exception>
    public PoolUser Answer(
        EmulatedAppClient client, string? username, string? session, string newPassword, IReadOnlyCollection<UserAttribute> attributes) =>
        userPools.Change(() =>
        {
            var user = FindUser(client, username, session) ?? throw RefusedException.NotAuthorized("Invalid session for the user.");
            return UserCreation.SetPassword(client.UserPool, ChallengeAttributes.Add(client, user, attributes), newPassword, isPermanent: true);
        });

    /// <summary>Finds the user who has to answer.</summary>
    /// <returns>Null if the session is of another user or client, has expired or was answered before.</returns>
    public PoolUser? FindUser(EmulatedAppClient client, string? username, string? session)
    {
        var content = session is null ? null : seals.Open(Purpose, session);
        // The session is bound to the last change of the user. Answering the challenge changes the user, so a session can be used once.
        return content is { } opened
            && client.UserPool.UserList.FindBySub(opened.GetProperty("sub").GetString()!) is { Status: PoolUser.MustChangePassword, IsEnabled: true } user
            && (username is null || client.UserPool.UserList.Find(username)?.Sub == user.Sub)
            && opened.GetProperty("client").ValueEquals(client.ClientId)
            && opened.GetProperty("changed").GetInt64() == user.LastModifiedAt.ToUnixTimeMilliseconds()
            && opened.GetProperty("expires").GetInt64() > userPools.TimeProvider.GetUtcNow().ToUnixTimeSeconds()
                ? user
                : null;
    }

    private static TimeSpan GetLifetime(EmulatedAppClient client) =>
        client.Settings.Others.Find("AuthSessionValidity")?.GetInt32() is { } minutes ? TimeSpan.FromMinutes(minutes) : _defaultLifetime;
}
