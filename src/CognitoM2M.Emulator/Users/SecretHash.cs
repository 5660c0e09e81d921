using System.Security.Cryptography;
using System.Text;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Users;

/// <summary>
/// The parameter SECRET_HASH, with which an app client proves that it knows its secret: Base64(HMAC-SHA256(secret, user name + client id)).
/// </summary>
internal static class SecretHash
{
    /// <param name="client">The app client.</param>
    /// <param name="presented">The hash in the request; null if there is none.</param>
    /// <param name="usernames">The user names that the hash may be made with.</param>
    /// <exception cref="RefusedException">The client has a secret and the hash is missing or wrong.</exception>
    public static void Check(EmulatedAppClient client, string? presented, params ReadOnlySpan<string> usernames)
    {
        var secrets = client.Settings.Secrets;
        if (secrets.IsEmpty)
            return;
        if (presented is null)
            throw RefusedException.NotAuthorized($"Client {client.ClientId} is configured for secret but secret was not received");

        foreach (var username in usernames)
        {
            if (secrets.Any(secret => ConstantTime.AreEqual(Compute(secret, username, client.ClientId), presented)))
                return;
        }

        throw RefusedException.NotAuthorized($"Unable to verify secret hash for client {client.ClientId}");
    }

    private static string Compute(ClientSecret secret, string username, string clientId) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret.Value), Encoding.UTF8.GetBytes(username + clientId)));
}
