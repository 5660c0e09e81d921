using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Shared;

namespace CognitoM2M.Emulator.Users;

/// <summary>Checks the parameter SECRET_HASH of sign-ins.</summary>
internal static class SecretHashCheck
{
    /// <param name="client">The app client.</param>
    /// <param name="presented">The hash in the request; null if there is none.</param>
    /// <param name="usernames">The user names that the hash may be made with.</param>
    /// <exception cref="RefusedException">The client has a secret and the hash is missing or wrong.</exception>
    public static void Require(EmulatedAppClient client, string? presented, params ReadOnlySpan<string> usernames)
    {
        var secrets = client.Settings.Secrets;
        if (secrets.IsEmpty)
            return;
        if (presented is null)
            throw RefusedException.NotAuthorized($"Client {client.ClientId} is configured for secret but secret was not received");

        foreach (var username in usernames)
        {
            if (secrets.Any(secret => ConstantTime.AreEqual(SecretHash.Compute(secret.Value, username, client.ClientId), presented)))
                return;
        }

        throw RefusedException.NotAuthorized($"Unable to verify secret hash for client {client.ClientId}");
    }
}
