using System.Security.Cryptography;
using System.Text;

namespace CognitoM2M.Shared;

/// <summary>The parameter SECRET_HASH, with which a caller of the user pools API proves that it knows the secret of an app client.</summary>
internal static class SecretHash
{
    /// <summary>Computes Base64(HMAC-SHA256(client secret, user name + client id)); all texts as UTF-8.</summary>
    /// <param name="clientSecret">The secret of the app client.</param>
    /// <param name="username">
    /// The user name in the same request. For a refresh token it is Cognito's own name of the user (the claim <c>username</c>), which differs from
    /// what the user signed in with if users sign in with an e-mail address or another alias.
    /// </param>
    /// <param name="clientId">The id of the app client.</param>
    public static string Compute(string clientSecret, string username, string clientId) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(clientSecret), Encoding.UTF8.GetBytes(username + clientId)));
}
