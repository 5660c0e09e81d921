using System.Security.Cryptography;
using System.Text;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Users;

/// <summary>How an app client proves its secret without sending it: Base64(HMAC-SHA256(secret, username + client id)).</summary>
internal static class SecretHash
{
    /// <param name="client">The app client.</param>
    /// <param name="presented">Null if none came.</param>
    /// <param name="usernames">The names that may have gone into the hash.</param>
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
            if (secrets.Any(secret => ConstantTime.AreEqual(Of(secret, username, client.ClientId), presented)))
                return;
        }

        throw RefusedException.NotAuthorized($"Unable to verify secret hash for client {client.ClientId}");
    }

    private static string Of(ClientSecret secret, string username, string clientId) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret.Value), Encoding.UTF8.GetBytes(username + clientId)));
}
